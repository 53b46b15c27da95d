-- The newest day of publication of each site, and how many articles there are.
SELECT site, max(published_on), count(*) FROM article WHERE site IS NOT NULL GROUP BY site ORDER BY site
