-- Q3: named campaigns, from first to last seen
SELECT name, kind_label AS kind, organ, first_seen, last_seen, articles, figures FROM programme_timeline ORDER BY figures DESC, name
