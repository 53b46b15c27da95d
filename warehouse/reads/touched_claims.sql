-- How many claims the touched cells hold now.
SELECT (SELECT count(*) FROM standing_claim WHERE kept) + (SELECT count(*) FROM told) + (SELECT count(*) FROM derived)
