-- The key of an official value named its meter point before its month or day, so that each reading of a round had a page of the
-- index to itself. It is the other way round now: kind, then month or day, then meter point (0x1f stands between them).
DROP INDEX item_official_once;
UPDATE item SET official_key = 'regular' || char(31) || substr(official_key, length(official_key) - 6)
        || substr(official_key, 8, length(official_key) - 15)
    WHERE official_key LIKE 'regular' || char(31) || '%';
UPDATE item SET official_key = kind_name || char(31) || substr(official_key, length(official_key) - 9)
        || substr(official_key, length(kind_name) + 1, length(official_key) - length(kind_name) - 11)
    FROM (SELECT 'move_in' AS kind_name UNION ALL SELECT 'move_out') names
    WHERE official_key LIKE names.kind_name || char(31) || '%';
CREATE UNIQUE INDEX item_official_once ON item (official_key)
    WHERE official_key IS NOT NULL AND state IN ('received', 'approved', 'estimated');
