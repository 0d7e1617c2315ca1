import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { readChartQueries } from './chart-queries.ts';

describe('readChartQueries', () => {
  it('reads queries with label and step', () => {
    const properties = {
      title: 't',
      data: {
        queries: [{ id: 'a', type: 'cloudwatch-metrics', language: 'PromQL', query: 'up', label: 'x', step: 60 }],
      },
    };
    expect(readChartQueries(properties)).toEqual({
      queries: [{ query: 'up', label: 'x', stepSeconds: 60 }],
      details: ['x'],
      problems: [],
    });
  });

  it('knows which queries are hidden or asked elsewhere, and that another source is not understood', () => {
    const queries = [
      { query: 'a', hidden: true },
      { query: 'b', region: 'eu-west-1', accountId: '222233334444' },
      { query: 'c', type: 'x-ray' },
    ];
    expect(readChartQueries({ data: { queries } })).toEqual({
      queries: [
        { query: 'a', isHidden: true },
        { query: 'b', region: 'eu-west-1', accountId: '222233334444' },
      ],
      details: ['1 of 3 queries hidden'],
      problems: ['query 3 asks "x-ray", which is not understood here'],
    });
  });

  it.each([
    [{}, 'it has no query'],
    [{ data: { queries: [{ query: 'a', language: 'CWLI' }] } }, 'query 1 is written in CWLI'],
    [{ data: { queries: [{}] } }, 'query 1 has no text'],
    [{ data: { queries: [{ query: 'a', rotate: 1 }] } }, 'query 1 has "rotate", which is not understood here'],
    [
      { overlays: [], data: { queries: [{ query: 'a' }], joins: 1 } },
      'it has "overlays", which is not understood here',
    ],
  ])('names what it does not understand of %j', (properties, problem) => {
    expect(readChartQueries(properties).problems).toContain(problem);
  });

  it('loses no query without a word, whatever stands there', () => {
    const entry = fc.oneof(
      fc.record({ query: fc.string(), language: fc.constantFrom('PromQL', 'promql', 'SQL', 7) }, { requiredKeys: [] }),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
        const { queries, problems } = readChartQueries({ data: { queries: entries } });
        expect(queries.length + problems.length).toBeGreaterThanOrEqual(entries.length);
      }),
    );
  });
});
