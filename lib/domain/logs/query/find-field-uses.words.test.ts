/** Every word of the three languages that changes what a filter asks, one by one. */
import { describe, expect, it } from 'vitest';
import { type CorpusCase, summarizeUses } from '../../../../test/support/field-uses.ts';
import type { QueryDialect } from './token.ts';

type Row = readonly [dialect: QueryDialect, query: string, indexable: string, others: string];

/** One row a word, put in place of `_`. */
const each = (words: string, dialect: QueryDialect, [query, indexable, others = '']: CorpusCase): Row[] =>
  words.split(' ').map((word) => [dialect, query.replace('_', word), indexable, others]);

const OPERATORS: readonly Row[] = [
  ...each('= ==', 'CWLI', ['filter a _ 1 and b = 2', 'a b']),
  ...each('!= <> < > <= >= between', 'CWLI', ['filter a _ 1', '', 'a:comparison']),
  ...each('=~ like ilike rlike regexp', 'CWLI', ['filter a _ "x"', '', 'a:pattern']),
  ...each('is', 'CWLI', ['filter a _ null', '', 'a:presence']),
  ...each('true false null -1 +1 2.5 "x" ("x")', 'CWLI', ['filter a = _', 'a']),
  ...each('in not', 'CWLI', ['filter _', '']),
  ...each('date timestamp interval', 'SQL', ["select * from `g` where a = _ '5'", 'a@g']),
  ...each('datetime', 'SQL', ["select * from `g` where a = _ '5'", '', 'a@g:function datetime@g:function']),
];

/** Words of expressions are no fields. */
const NO_FIELDS: readonly Row[] = each(
  'true false null and or not xor like ilike rlike regexp between is as present exists when then else end distinct escape',
  'CWLI',
  ['filter f(a _) > 1', '', 'a:comparison'],
);

const PIPED: readonly Row[] = [
  ...each(
    'stats eventstats streamstats pattern patterns diff anomaly top rare dedup limit head tail trendline fieldsummary',
    'CWLI',
    ['_ x | filter a = 1', '', 'a:later-command'],
  ),
  ...each('sort display fields unmask', 'CWLI', ['_ x | filter a = 1', 'a']),
  ...each('into', 'CWLI', ['unnest x _ a | filter a = 1 and x = 2', 'x']),
  ...each('output outputnew append replace', 'CWLI', [
    'lookup t k _ a, b as c | filter a = 1 and c = 2 and k = 3',
    'k',
  ]),
  ...each('as', 'CWLI', ['flatten x _ a | filter a = 1 and x = 2', 'x']),
  ...each('in', 'CWLI', ['fillnull with 0 _ a | filter a = 1 and x = 2', 'x']),
  ...each('into as in', 'CWLI', ['sort x _ a | filter a = 1', 'a']),
  ...each('filter filterindex where FILTER', 'CWLI', ['_ a = 1', 'a']),
  ...each('fields display rename expand', 'CWLI', ['_ x as a | filter a = 1', '', 'x:alias']),
  ...each('parse grok rex', 'PPL', [
    "_ m '(?<a>.)(?P<b>.)%{WORD:c}%{INT:d:int}' | where a=1 and b=1 and c=1 and d=1 and e=1",
    'e',
  ]),
  ...each('where on', 'PPL', ['join left=l right=r _ l.i = r.k `t` | where x = 1', '', 'i:join k@t:join x:join']),
  ...each('join', 'PPL', ['left _ left=l right=r on l.i = r.k `t` | where x = 1', '', 'i:join k@t:join x:join']),
  ...each('source search', 'PPL', ['where a in [ _ source=t ]', '', 'a:sub-query']).slice(1),
  ...each('START start END end', 'CWLI', ["source 'g' _=-1h | filter a = 1", 'a@g']),
];

const SQL: readonly Row[] = [
  ...each('count sum avg min max first last collect_list collect_set', 'SQL', [
    'select * from (select _(x) as n from `g`) where a = 1',
    '',
    'a@g:later-command',
  ]),
  ...each('upper', 'SQL', ['select * from (select _(x) as n from `g`) where a = 1', 'a@g']),
  ...each('distinct', 'SQL', ['select * from (select _ a from `g`) where a = 1', '', 'a@g:later-command']),
  ...each('all', 'SQL', ['select * from (select _ a from `g`) where a = 1', 'a@g']),
  ...each('limit', 'SQL', ['select * from (select a from `g` _ 5) where a = 1', '', 'a@g:later-command']),
  ...each('union intersect except minus', 'SQL', [
    'select x from `g` where a = 1 _ select x from `h` where b = 1',
    'a@g b@h',
  ]),
  ...each('all distinct', 'SQL', ['select x from `g` where a = 1 union _ select x from `h` where b = 1', 'a@g b@h']),
  ...each('group having order limit window offset', 'SQL', ['select x from `g` where a = 1 _ b', 'a@g']).filter(
    ([, query]) => !query.includes('having'),
  ),
  ...each('inner left right full outer cross semi anti natural lateral', 'SQL', [
    'select x from `g` _ join `h` on i = k where a = 1',
    'a@g+h',
    'i@g+h:join k@g+h:join',
  ]),
  ...each('on', 'SQL', ['select x from `g` p join `h` as q _ p.i = q.k where q.a = 1', 'a@h', 'i@g:join k@h:join']),
  ...each('left right', 'SQL', ['select x from `g` where _(b, 1) = 2 and a = 1', 'a@g', 'b@g:function']),
  ...each('left right', 'SQL', ['select x from `g` p join `h` q on _(p.i, 1) = 2 where q.a = 1', 'a@h', 'i@g:join']),
  ...each('select with', 'SQL', ['select x from `g` where i in (_ y from `h`)', '', 'i@g:sub-query']),
];

describe.each([
  ['operators and constants', OPERATORS],
  ['words that are no fields', NO_FIELDS],
  ['commands of CWLI and PPL', PIPED],
  ['clauses and calls of SQL', SQL],
])('%s', (_, rows) => {
  it.each([...rows])('%s: %s', (dialect, query, indexable, others) => {
    expect(summarizeUses(query, dialect)).toEqual([indexable, others]);
  });
});
