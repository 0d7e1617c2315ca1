import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import { findFieldUses } from './find-field-uses.ts';
import type { QueryDialect } from './token.ts';

const DIALECTS: readonly QueryDialect[] = ['CWLI', 'PPL', 'SQL'];
const PIECES = (
  'filter where select from source search join with as on left in not and or xor between case when end like is ' +
  'parse stats fields eval limit group by having union a b.c 1 \'x\' "y" `z` /r/ | ( ) [ ] , ; = != > =~ # -- /* */ \n lg :'
).split(' ');

describe('findFieldUses', () => {
  it.each(['__proto__', 'constructor', 'toString x | hasOwnProperty y'])('knows no command %s', (query) => {
    for (const dialect of DIALECTS) expect(() => findFieldUses(query, dialect)).not.toThrow();
  });

  it('survives any text, and names only fields that stand in it', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(' ')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...DIALECTS), (query, dialect) => {
        for (const { field } of findFieldUses(query, dialect)) {
          expect(query.replaceAll('`', '')).toContain(field.slice(field.lastIndexOf('.') + 1));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('finds every equality of a conjunction, however it is written', () => {
    const name = fc.stringMatching(/^f_[a-z]{1,6}$/);
    const blank = fc.constantFrom('', ' ', '\n ');
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
        blank,
        fc.boolean(),
        (names, gap, isWrapped) => {
          const parts = names.map((field, index) => `${field}${gap}=${gap}"v${index} and x = 1"`);
          const condition = parts.map((part) => (isWrapped ? `(${gap}${part})` : part)).join(' and ');
          const found = (query: string, dialect: QueryDialect) =>
            findFieldUses(query, dialect)
              .filter(({ reason }) => reason === undefined)
              .map(({ field }) => field);
          expect(found(`filter ${condition}`, 'CWLI')).toEqual(names);
          expect(found(`where ${condition}`, 'PPL')).toEqual(names);
          expect(found(`select * from t where ${condition}`, 'SQL')).toEqual(names);
          expect(found(`filter not (${condition})`, 'CWLI')).toEqual([]);
        },
      ),
    );
  });

  const inSource = (query: string, field: string) => `filter ${field} in (source lg | ${query})`;
  const inTable = (query: string, field: string) => `source = t | where ${field} in [ ${query} ]`;
  const inSelect = (query: string, field: string) => `select x from t where ${field} in (${query})`;
  const fromSelect = (query: string, field: string) => `select x from (${query}) as ${field}`;
  it.each([
    ['CWLI', 5, 'filter deep = 1', inSource],
    ['PPL', 5, 'source = t | where deep = 1', inTable],
    ['SQL', 20, 'select x from t where deep = 1', inSelect],
    ['SQL', 20, 'select x from t where deep = 1', fromSelect],
  ] as const)('follows sub-queries of %s %i deep, and no further', (dialect, depth, innermost, wrap) => {
    const nest = (levels: number) =>
      Array.from({ length: levels }, (_, level) => `a${level}`).reduce<string>(wrap, innermost);
    const found = (query: string) => findFieldUses(query, dialect).map(({ field }) => field);
    expect(found(nest(depth))).toContain('deep');
    expect(found(nest(depth + 1))).not.toContain('deep');
    expect(found(nest(depth + 40))).not.toContain('deep');
  });

  it('takes a condition apart 60 deep, and names the fields of what is deeper as not understood', () => {
    const reasonsAt = (nots: number) =>
      findFieldUses(`filter ${'not '.repeat(nots)}deep = 1`, 'CWLI').map(({ field, reason }) => [field, reason]);
    expect(reasonsAt(60)).toEqual([['deep', 'negation']]);
    expect(reasonsAt(61)).toEqual([['deep', 'function']]);
    expect(reasonsAt(2_000)).toEqual([['deep', 'function']]);
  });

  it('gets through text made to be slow or deep', () => {
    const units = [
      '(',
      'not ',
      'a = 1 or ',
      '(a = 1 and ',
      'in (select ',
      'a in (source x | ',
      'case ',
      ', ',
      '/[',
      '"\\',
      '`.',
    ];
    for (const unit of units) {
      for (const dialect of DIALECTS) {
        const start = dialect === 'SQL' ? 'select * from t where ' : dialect === 'PPL' ? 'where ' : 'filter ';
        expect(Array.isArray(findFieldUses(start + unit.repeat(10_000 / unit.length), dialect))).toBe(true);
      }
    }
  });
});
