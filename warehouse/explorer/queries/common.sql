-- Whether more than half of the sentences hold the words.
SELECT 2 * count(*) FILTER (contains(quote, $words)) > count(*) FROM measure;
