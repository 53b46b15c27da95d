-- Q5: problems of the eight-point rule in the nation: totals of a year so far turned into increments, and increments as told
SELECT period_start AS from_, period_end AS to_, value::BIGINT AS n FROM ytd_increment
WHERE category = 'issue_conduct_investigated' AND region = '000000' AND problem IS NULL AND rank IS NULL AND fault IS NULL
UNION
SELECT period_start, period_end, value::BIGINT FROM addable
WHERE category = 'issue_conduct_investigated' AND region = '000000' AND problem IS NULL AND rank IS NULL AND period_start IS NOT NULL
ORDER BY 1, 2
