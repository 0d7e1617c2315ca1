import { describe, expect, it } from 'vitest';
import type { DashboardVariable } from './dashboard.ts';
import { patternsOf, propertyDefaults, readVariables } from './variables.ts';

const property = (more: object = {}) => ({ type: 'property', property: 'region', id: 'r', ...more });
const firstOf = (entry: unknown) => readVariables([entry]).variables[0];

describe('readVariables', () => {
  it('reads what a variable says', () => {
    const entry = {
      type: 'pattern',
      pattern: 'prod',
      inputType: 'radio',
      id: 'stage',
      label: 'Stage\n',
      defaultValue: 'dev',
      values: [{ value: 'dev', label: 'x' }, { label: 'no value' }, 7, { value: 'prod' }],
    };
    expect(readVariables([entry])).toEqual({
      variables: [
        {
          id: 'stage',
          type: 'pattern',
          target: 'prod',
          choices: ['dev', 'prod'],
          isApplied: true,
          label: 'Stage',
          inputType: 'radio',
          defaultValue: 'dev',
        },
      ],
      problems: [],
    });
    expect(firstOf({ property: 'region' })).toEqual({
      id: 'region',
      type: 'property',
      target: 'region',
      choices: [],
      isApplied: false,
    });
    expect(firstOf(property({ search: '{AWS/Lambda}', values: [{ value: 'a' }] }))?.choices).toEqual(['{AWS/Lambda}']);
  });

  it('says what it could not read', () => {
    expect(readVariables(undefined)).toEqual({ variables: [], problems: [] });
    expect(readVariables([])).toEqual({ variables: [], problems: [] });
    expect(readVariables({})).toEqual({ variables: [], problems: ['variables is not a list'] });
    expect(readVariables([property(), 7, {}, { type: 'pattern', property: 'x' }]).problems).toEqual([
      '3 of 4 variables could not be read',
    ]);
  });

  it('keeps to its bounds', () => {
    const many = (count: number) => readVariables(Array.from({ length: count }, () => property()));
    expect([24, 25, 26].map((count) => [many(count).variables.length, ...many(count).problems])).toEqual([
      [24],
      [25],
      [25, '1 of 26 variables could not be read'],
    ]);
    const choices = (count: number) =>
      firstOf(property({ values: Array.from({ length: count }, (_, index) => ({ value: `v${index}` })) }))?.choices
        .length;
    expect([99, 100, 101].map(choices)).toEqual([99, 100, 100]);
    const long = firstOf({ property: 'p'.repeat(300) });
    expect([long?.id.length, long?.target.length]).toEqual([255, 300]);
  });

  it.each([
    [property({ defaultValue: 'eu' }), true],
    [property(), false],
    [{ type: 'pattern', pattern: 'prod', defaultValue: 'dev' }, true],
    [{ type: 'pattern', pattern: 'prod' }, false],
    [{ type: 'pattern', pattern: 'pr.d', defaultValue: 'dev' }, false],
    [{ type: 'pattern', pattern: '\\$\\{stage\\}', defaultValue: 'dev' }, true],
    [{ type: 'pattern', pattern: 'a\\.b', defaultValue: 'dev' }, true],
    [{ type: 'pattern', pattern: 'a\\d', defaultValue: 'dev' }, false],
    [{ type: 'pattern', pattern: '(a|b)', defaultValue: 'dev' }, false],
    [{ type: 'other', property: 'x', defaultValue: 'dev' }, false],
  ])('%j is applied: %s', (entry, isApplied) => {
    expect(firstOf(entry)?.isApplied).toBe(isApplied);
  });
});

const pattern = (target: string, defaultValue?: string, type = 'pattern'): DashboardVariable => ({
  id: target,
  type,
  target,
  choices: [],
  isApplied: true,
  ...(defaultValue !== undefined && { defaultValue }),
});
const apply = (widgets: unknown, ...variables: readonly DashboardVariable[]) => {
  const patterns = patternsOf(variables);
  return { widgets: patterns.apply(widgets), isWhole: patterns.isWhole() };
};

describe('patternsOf', () => {
  it('puts defaults into all texts, one after the other, and leaves everything else', () => {
    const widgets = [{ title: 'prod of prod', n: 1, list: ['prod', null, { prod: 'a.b' }], is: true }];
    expect(apply(widgets, pattern('prod', 'dev'), pattern('a\\.b', 'c'), pattern('dev of', '-'))).toEqual({
      widgets: [{ title: '- dev', n: 1, list: ['dev', null, { prod: 'c' }], is: true }],
      isWhole: true,
    });
  });

  it('changes nothing for others', () => {
    const widgets = [{ title: 'prod' }];
    const others = [pattern('prod'), pattern('prod', 'prod'), pattern('p.*', 'x'), pattern('prod', 'x', 'property')];
    const same = apply(widgets, ...others);
    expect(same).toEqual({ widgets, isWhole: true });
    expect(same.widgets).toBe(widgets);
  });

  it('goes twelve levels deep', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'prod' : [nested(levels - 1)]);
    const of = (levels: number) =>
      JSON.stringify(apply(nested(levels), pattern('prod', 'dev')).widgets).includes('dev');
    expect([0, 11, 12, 13, 14].map(of)).toEqual([true, true, true, false, false]);
  });

  it('makes no text longer than 20,000 characters, and looks at none', () => {
    const grown = (count: number, by: string) => {
      const { widgets, isWhole } = apply('a'.repeat(count), pattern('a', by));
      return [String(widgets).length, isWhole];
    };
    expect([grown(10_000, 'bb'), grown(10_001, 'bb'), grown(6_666, 'bbb'), grown(6_667, 'bbb')]).toEqual([
      [20_000, true],
      [10_001, false],
      [19_998, true],
      [6_667, false],
    ]);
    expect([grown(20_000, 'b'), grown(20_000, ''), grown(20_001, 'b'), grown(20_001, '')]).toEqual([
      [20_000, true],
      [0, true],
      [20_001, true],
      [20_001, true],
    ]);
  });

  it('lets all texts together grow by 200,000 characters', () => {
    const grown = (count: number, last: number) => {
      const texts = [...Array(count).fill('a'.repeat(10_000)), 'a'.repeat(last)];
      const { widgets, isWhole } = apply(texts, pattern('a', 'bb'));
      return [(widgets as string[]).filter((text) => text.startsWith('b')).length, isWhole];
    };
    expect([grown(19, 10_000), grown(20, 1), grown(20, 0), grown(25, 1)]).toEqual([
      [20, true],
      [20, false],
      [20, true],
      [20, false],
    ]);
    // What became shorter gives nothing back.
    const texts = [...Array(20).fill('a'.repeat(10_000)), 'ccccc'.repeat(100), 'a'];
    expect(apply(texts, pattern('ccccc', ''), pattern('a', 'bb')).isWhole).toBe(false);
  });

  it('finds a pattern 250,000 times', () => {
    const found = (...counts: number[]) => {
      const { widgets, isWhole } = apply(
        counts.map((count) => 'a'.repeat(count)),
        pattern('a', 'b'),
      );
      return [(widgets as string[]).filter((text) => text.startsWith('b')).length, isWhole];
    };
    const most = Array<number>(25).fill(10_000);
    expect([found(...most), found(...most, 1), found(...most.slice(1), 10_001, 1), found(...most, 0)]).toEqual([
      [25, true],
      [25, false],
      [24, false],
      [25, true],
    ]);
  });

  it('searches four million characters', () => {
    const searched = (texts: number) => {
      const { widgets, isWhole } = apply(Array(texts).fill(`${'x'.repeat(19_999)}a`), pattern('a', 'b'));
      return [(widgets as string[]).filter((text) => text.endsWith('b')).length, isWhole];
    };
    expect([searched(199), searched(200), searched(201)]).toEqual([
      [199, true],
      [200, true],
      [200, false],
    ]);
  });
});

it('gives the defaults of properties by their names', () => {
  const variables = [pattern('region', 'eu', 'property'), pattern('a', 'b'), pattern('stage', undefined, 'property')];
  expect([...propertyDefaults(variables)]).toEqual([['region', 'eu']]);
});
