/** PPL queries and the fields that they filter on. */
import { describe, expect, it } from 'vitest';
import { type CorpusCase, summarizeUses } from '../../../../test/support/field-uses.ts';

const CASES: readonly CorpusCase[] = [
  ['where a = 1', 'a'],
  ['where a=1 | fields a', 'a'],
  ['WHERE (a = "x") AND b = \'y\'', 'a b'],
  ['where `a-b` = 1 and `@requestId` = "x"', '@requestId a-b'],
  ['where a == 1', 'a'],
  ['where a in (1, 2) and b not in (3)', 'a', 'b:negation'],
  ['where not a = 1', '', 'a:negation'],
  ['where a != 1 and b <> 2 and c > 3 and d<4', '', 'a:comparison b:comparison c:comparison d:comparison'],
  ['where a between 1 and 5 and b = 2', 'b', 'a:comparison'],
  ["where a like '%x%' or a = 'y'", '', 'a:pattern'],
  ["where like(a, 'b = 1')", '', 'a:function'],
  ['where isnull(a) and b = 1', 'b', 'a:function'],
  ["where cidrmatch(ip, '10.0.0.0/8')", '', 'ip:function'],
  ["where a = 'it''s and b = 1' and c = 2", 'a c'],
  ['where a = 1 xor b = 2', '', 'a:negation b:negation'],
  ['where a = 1 or b = 2', 'a b'],
  ['where a = 1 or b > 2', '', 'a:or b:comparison'],
  ['where a = 1 | where b = 2', 'a b'],
  ['where a = b', '', 'a:two-fields b:two-fields'],
  ['eval x = a * 2 | where x = 4 and b = 1', 'b'],
  ['eval x = a | where x = 4', '', 'a:alias'],
  ['eval x = a + 1, y = b | where y = 4', '', 'b:alias'],
  ['rename a as z | where z = 1 and b = 2', 'b', 'a:alias'],
  ["parse msg '(?<user>\\w+) = (?<n>\\d+)' | where user = 'x' and a = 1", 'a'],
  ["grok msg '%{IP:client} %{WORD:verb}' | where client = 'x' and a = 1", 'a'],
  ["where case(a = 1, 'x' else 'y') = 'x'", '', 'a:function'],
  ['where a = 1 | stats count() as n by b | where n > 5 and b = 1', 'a', 'b:later-command'],
  ['where a = 1 | head 10 | where b = 2', 'a', 'b:later-command'],
  ['eventstats avg(x) as m by h | where m = 1 and a = 1', '', 'a:later-command'],
  ['fillnull with 0 in a, c | where a = 0 and b = 1', 'b'],
  ['expand items as item | where item = 1 and a = 1', 'a', 'items:alias'],
  ['flatten s as (x, y) | where x = 1 and a = 1', 'a'],
  ['where a = 1 // and b = 2\n| where c = 3', 'a c'],
  ['/* where a = 1 | */ where b = 2', 'b'],
  ['source = logs | where a = 1', 'a@logs'],
  ['source = [lg:`/aws/lambda/one`, lg:`two`] | where a = 1', 'a@/aws/lambda/one+two'],
  ['search source = logs a = 1 | where b = 2', 'a@logs b@logs'],
  ['source = [`aws:fieldIndex`="region", `region` = "us-west-2"] | where status = 200 | head 10', 'region status'],
  ['source = [`aws:fieldIndex` IN ("status", "region"), `status` = 200] | head 10', 'region status'],
  ['where id in [ source = other | where kind = 1 | fields id ] | where a = 1', 'a kind@other', 'id:sub-query'],
  ['where exists [ source = other | where kind = 1 ]', 'kind@other'],
  ['where a = 1 | LEFT JOIN left=l, right=r on l.id = r.id `other` | fields l.a', 'a', 'id:join id@other:join'],
  [
    'join left=l right=r on l.id = r.id [ source = other | where kind = 1 ] | where r.b = 1',
    'kind@other',
    'b@other:join id:join id@other:join',
  ],
  ['where a = 1 | dedup b | sort - c | fields d', 'a'],
];

describe('PPL', () => {
  it.each([...CASES])('%s', (query = '', indexable = '', others = '') => {
    expect(summarizeUses(query, 'PPL')).toEqual([indexable, others]);
  });
});
