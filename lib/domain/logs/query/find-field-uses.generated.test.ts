/** Queries put together at random from the words of each language: what is told of them stays the same. */
import { it } from 'vitest';
import { createRandom, type Random } from '../../../../test/analysis/random.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findFieldUses } from './find-field-uses.ts';
import type { QueryDialect } from './token.ts';

const pick = (random: Random, ...items: readonly string[]): string =>
  items[Math.floor(random.uniform() * items.length)] ?? '';
const FIELDS = ['a', 'b', 'c.d', '@message', '@requestId', '@@own', '`x y`', 'level', 't.a', 'r.b'];

function value(random: Random): string {
  return pick(
    random,
    '1',
    '-5',
    "'x'",
    '"y z"',
    'true',
    'null',
    pick(random, ...FIELDS),
    'lower(a)',
    '1 + 2',
    "'it''s'",
  );
}

function comparison(random: Random): string {
  const field = pick(random, ...FIELDS);
  const sign = pick(random, '=', '=', '=', '==', '!=', '<>', '<', '>=', '=~');
  return pick(
    random,
    `${field} ${sign} ${value(random)}`,
    `${field} ${sign} ${value(random)}`,
    `${value(random)} = ${field}`,
    `${field} in [${value(random)}, ${value(random)}]`,
    `${field} not in (${value(random)})`,
    `${field} like ${value(random)}`,
    `${field} not like '%x%'`,
    `${field} between 1 and 5`,
    `${field} is not null`,
    `ispresent(${field})`,
    `case when ${field} = 1 then 'x' end = 'x'`,
    `cast(${field} as int) = 2`,
    field,
  );
}

function condition(random: Random, depth = 0): string {
  if (depth > 2 || random.uniform() < 0.4) return comparison(random);
  const [left, right] = [condition(random, depth + 1), condition(random, depth + 1)];
  return pick(
    random,
    `${left} and ${right}`,
    `${left} or ${right}`,
    `(${left} or ${right})`,
    `not (${left} and ${right})`,
    `not ${left}`,
    `${left} xor ${right}`,
  );
}

function pipedCommand(random: Random, depth = 0): string {
  const [field, other] = [pick(random, ...FIELDS), pick(random, ...FIELDS)];
  const inner = depth > 1 ? 'x' : `SOURCE 'in' | ${pipedCommand(random, depth + 1)}`;
  return pick(
    random,
    `filter ${condition(random)}`,
    `filter ${condition(random)}`,
    `where ${condition(random)}`,
    `filterindex ${comparison(random)}`,
    `fields ${field}, ${other} as n, ${field} + 1 as m`,
    `rename ${field} as n`,
    `eval n = ${field}, m = ${field} * 2, ${other}`,
    `parse @message '* *' as n, m`,
    `parse @message /(?<n>\\d+) (?P<m>x)/`,
    `grok msg '%{IP:n} %{WORD:verb}'`,
    `stats count(*) as a, max(${field}) as m by ${other}`,
    `sort ${field} desc`,
    `dedup ${field}`,
    `limit 5`,
    `unnest ${field} into n`,
    `lookup t ${field} as ${other} output b`,
    `flatten ${field} as (n, m)`,
    `fillnull with 0 in ${field}, ${other}`,
    `fillnull value=0`,
    `expand ${field} as n`,
    `join left=t right=r where t.a = r.b and ${comparison(random)} (${inner})`,
    `LEFT JOIN left=t, right=r on t.a = r.b other`,
    `join on a = b [ source = two | where ${comparison(random)} ]`,
    `filter ${field} in (${inner})`,
  );
}

function piped(random: Random): string {
  const first = pick(
    random,
    '',
    '',
    "SOURCE 'one' | ",
    "SOURCE `one`, 'two' START=-1h END=0s | ",
    "source logGroups(namePrefix: ['x']) | ",
    'source = one | ',
    'source = [lg:`one`, lg:`two`] | ',
    'source = [`aws:fieldIndex`="a", `b` = 1] c = 2 | ',
    'search source = one a = 1 | ',
  );
  const commands = Array.from({ length: 1 + Math.floor(4 * random.uniform()) }, () => pipedCommand(random));
  return `${first}${commands.join(' | ')}`;
}

function select(random: Random, depth = 0): string {
  const table = (): string =>
    pick(
      random,
      '`one`',
      'two t',
      '`two` as r',
      "`filterIndex('a' = 1, 'b' = 2)`",
      "logGroups(logGroupIdentifier: ['one', 'tw''o']) as t",
      `(${depth > 1 ? 'select 1' : select(random, depth + 1)}) t`,
      'e',
    );
  const items = pick(
    random,
    '*',
    'a, b',
    'distinct a',
    'a as n, b m',
    'count(*) as a',
    't.a, r.b as a',
    'all a as b, upper(b) as a',
    'case a when 1 then b end',
    'left(a, 3) x',
  );
  const join = pick(
    random,
    '',
    '',
    '',
    `, ${table()}`,
    ` inner join ${table()} on t.a = r.b`,
    ` left outer join ${table()} using (a)`,
  );
  const where = pick(
    random,
    '',
    ` where ${condition(random)}`,
    ` where ${condition(random)}`,
    ` where a in (${depth > 1 ? '1' : select(random, depth + 1)})`,
    ` where exists (${depth > 1 ? 'select 1' : select(random, depth + 1)}) and b = 1`,
  );
  const tail = pick(
    random,
    '',
    '',
    ` group by a having ${comparison(random)}`,
    ' order by a limit 5',
    ';',
    ` union all ${depth > 1 ? 'select 1' : select(random, depth + 1)}`,
  );
  const start =
    depth === 0 ? pick(random, '', '', '', `with e as (${select(random, 2)}), f as (select a as b from e) `, '(') : '';
  return `${start}select ${items} from ${table()}${join}${where}${tail}`;
}

/** Words in no order: whatever it is, it is read to its end. */
function soup(random: Random): string {
  const words = [
    'filter',
    'where',
    'select',
    'from',
    'join',
    'and',
    'or',
    'not',
    'in',
    'as',
    'case',
    'end',
    'between',
    'source',
    '(',
    ')',
    '[',
    ']',
    ',',
    '|',
    '=',
    '<',
    ';',
    'a',
    'b',
    '1',
    "'x'",
    '.',
    'on',
    'stats',
    'by',
    'with',
  ];
  return Array.from({ length: 3 + Math.floor(12 * random.uniform()) }, () => pick(random, ...words)).join(' ');
}

it('is told as before', async () => {
  const random = createRandom(11);
  const rows = (dialect: QueryDialect, count: number, make: (random: Random) => string) =>
    Array.from({ length: count }, () => {
      const query = make(random);
      const uses = findFieldUses(query, dialect).map(
        ({ field, reason, logGroups }) =>
          `${field}${logGroups === undefined ? '' : `@${logGroups.join('+')}`}${reason === undefined ? '' : `: ${reason}`}`,
      );
      return [`${dialect} ${query}`, uses.join(', ')] as const;
    });
  const deep = [5, 25, 55, 65, 80].flatMap((depth) =>
    ['not (', '(a = 1 or (', 'b = 2 and not ('].map((open) => {
      const close = ')'.repeat((open.match(/\(/g) ?? []).length * depth);
      return [`${depth} × ${open}`, findFieldUses(`filter ${open.repeat(depth)}c = 3${close}`, 'CWLI')] as const;
    }),
  );
  await expectTable('field-uses.deep', deep);
  await expectTable('field-uses', [
    ...rows('CWLI', 160, piped),
    ...rows('PPL', 160, piped),
    ...rows('SQL', 240, select),
    ...rows('CWLI', 60, soup),
    ...rows('SQL', 100, soup),
  ]);
});
