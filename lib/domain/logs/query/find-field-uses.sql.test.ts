/** SQL queries and the fields that they filter on. */
import { describe, expect, it } from 'vitest';
import { type CorpusCase, summarizeUses } from '../../../../test/support/field-uses.ts';

const CASES: readonly CorpusCase[] = [
  ["SELECT * FROM `lg` WHERE a = 'x'", 'a@lg'],
  ['select `@message`, a from `lg` where (a=1)', 'a@lg'],
  ["SELECT * FROM `lg` WHERE `a-b` = 'x' AND `@logStream` = 's'", '@logStream@lg a-b@lg'],
  ["SELECT * FROM `lg` WHERE a IN ('x', 'y') AND b NOT IN (1)", 'a@lg', 'b@lg:negation'],
  ['SELECT * FROM `lg` WHERE NOT (a = 1 OR b = 2)', '', 'a@lg:negation b@lg:negation'],
  ['SELECT * FROM `lg` WHERE a > 1 AND b<>2 AND c = 3', 'c@lg', 'a@lg:comparison b@lg:comparison'],
  ["SELECT * FROM `lg` WHERE a LIKE '%b = 1%' AND c = 2", 'c@lg', 'a@lg:pattern'],
  ['SELECT * FROM `lg` WHERE a BETWEEN 1 AND 5 AND b = 2', 'b@lg', 'a@lg:comparison'],
  ['SELECT * FROM `lg` WHERE a IS NOT NULL AND b = 1', 'b@lg', 'a@lg:presence'],
  ["SELECT * FROM `lg` WHERE lower(a) = 'x' AND b = 1", 'b@lg', 'a@lg:function'],
  ['SELECT * FROM `lg` WHERE a = b', '', 'a@lg:two-fields b@lg:two-fields'],
  ["SELECT * FROM `lg` WHERE a = 'it''s AND b = 1'", 'a@lg'],
  ["SELECT * FROM `lg` WHERE a = DATE '2026-01-01'", 'a@lg'],
  [
    "SELECT * FROM `lg` WHERE CASE WHEN a = 1 AND b = 2 THEN 'x' END = 'x' AND c = 3",
    'c@lg',
    'a@lg:function b@lg:function',
  ],
  ['SELECT * FROM `lg` WHERE CAST(a AS INT) = 1', '', 'a@lg:function'],
  ['SELECT * FROM `lg` -- WHERE a = 1\nWHERE b = 2', 'b@lg'],
  ['SELECT * FROM `lg` /* WHERE a = 1 */ WHERE b = 2;', 'b@lg'],
  ['SELECT a, count(*) FROM `lg` WHERE a = 1 GROUP BY a HAVING count(*) > 5 ORDER BY a LIMIT 5', 'a@lg'],
  ['SELECT a FROM `lg` GROUP BY a HAVING a = 1', '', 'a@lg:later-command'],
  ['SELECT t.a FROM `lg` AS t WHERE t.a = 1', 'a@lg'],
  ['SELECT t.a FROM `lg` t WHERE t.`b-c` = 1', 'b-c@lg'],
  ["SELECT * FROM `lg` WHERE kubernetes.pod_name = 'x'", 'kubernetes.pod_name@lg'],
  [
    "SELECT l.a FROM `one` l INNER JOIN `two` AS r ON l.id = r.id WHERE l.a = 1 AND r.b = 'x'",
    'a@one b@two',
    'id@one:join id@two:join',
  ],
  ['SELECT * FROM `one`, `two` WHERE a = 1', 'a@one+two'],
  ['SELECT * FROM `lg` WHERE id IN (SELECT id FROM `two` WHERE b = 1)', 'b@two', 'id@lg:sub-query'],
  ['SELECT * FROM `lg` WHERE EXISTS (SELECT 1 FROM `two` WHERE b = 1) AND a = 1', 'a@lg b@two'],
  ['SELECT * FROM (SELECT a, b AS c FROM `lg` WHERE a = 1) x WHERE x.c = 2', 'a@lg', 'b@lg:alias'],
  ['SELECT * FROM (SELECT a, count(*) AS n FROM `lg` GROUP BY a) WHERE n > 2 AND a = 1', '', 'a@lg:later-command'],
  ['SELECT * FROM (SELECT upper(a) AS a FROM `lg`) WHERE a = 1', ''],
  ['SELECT * FROM (SELECT a FROM `lg`) WHERE a = 1', 'a@lg'],
  ['WITH e AS (SELECT a, b FROM `lg` WHERE a = 1), f AS (SELECT b FROM e) SELECT * FROM f WHERE b = 2', 'a@lg b@lg'],
  ['SELECT a FROM `one` WHERE a = 1 UNION ALL SELECT b FROM `two` WHERE b = 2', 'a@one b@two'],
  ["SELECT * FROM `filterIndex('region' = 'us-east-1')` WHERE status = 200 LIMIT 10;", 'region status'],
  ["SELECT * FROM `logGroups(logGroupIdentifier: ['one', 'two'])` WHERE a = 1", 'a@one+two'],
  ["SELECT * FROM logGroups(logGroupIdentifier: ['one']) AS t WHERE t.a = 1", 'a@one'],
  ['SELECT left(a, 3) FROM `lg` WHERE left(a, 3) = 1 AND b = 2', 'b@lg', 'a@lg:function'],
  ['SELECT * FROM `lg`', ''],
  ['SELECT 1', ''],
  ['', ''],
  ['SELECT * FROM', ''],
  ['SELECT * FROM (((', ''],
];

describe('SQL', () => {
  it.each([...CASES])('%s', (query = '', indexable = '', others = '') => {
    expect(summarizeUses(query, 'SQL')).toEqual([indexable, others]);
  });
});
