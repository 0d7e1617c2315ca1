import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import type { Answer } from './types.ts';
import { type CallMade, keepUsable, keepUsableError } from './usable-answer.ts';

const known = new Set(['get_metric_data', 'list_metrics', 'describe_log_groups', 'get_active_alarms']);
const call: CallMade = {
  known,
  isOffered: (name) => name !== 'describe_log_groups',
  tool: 'list_metrics',
  input: { recently_active: false, regions: ['all'], period: 60, name: 'a b' },
};

function answerWith(more: Partial<Answer<object>>): Answer<object> {
  return { headline: '', targets: [], structured: () => ({}), ...more };
}
const hintsOf = (...hints: string[]) => keepUsable(answerWith({ hints }), call).hints;

describe('what an answer suggests', () => {
  it.each([
    ['list_metrics finds it.', ['list_metrics finds it.']],
    ['describe_log_groups finds it.', []],
    ['One. describe_log_groups finds it; get_metric_data reads it.', ['One. get_metric_data reads it.']],
    ['Widen it, or look (describe_log_groups lists them) again.', ['Widen it, or look again.']],
    ['get_metric_data reads it; describe_log_groups finds it.', ['get_metric_data reads it.']],
    ['Names such as `describe_log_groups; x. y` are names.', []],
    ['Near names: `a.b; c`. list_metrics finds it.', ['Near names: `a.b; c`. list_metrics finds it.']],
    ['Version 1.2 is none.', ['Version 1.2 is none.']],
  ])('has only tools that are switched on: %s', (hint, kept) => {
    expect(hintsOf(hint)).toEqual(kept);
  });

  it.each([
    ['recently_active=false adds rare ones.', []],
    ['recently_active=true leaves them out.', ['recently_active=true leaves them out.']],
    ['regions=["all"] asks everywhere else; list_metrics counts.', ['list_metrics counts.']],
    ['regions=["all"] with recently_active=false asks.', []],
    ['regions=["all"] with recently_active=true asks.', ['regions=["all"] with recently_active=true asks.']],
    ['get_metric_data with recently_active=false reads it.', ['get_metric_data with recently_active=false reads it.']],
    ['list_metrics with regions=["all"] reads it.', []],
    ['period=60 cut the rows: raise it.', ['period=60 cut the rows: raise it.']],
    ['namespace=x narrows it.', ['namespace=x narrows it.']],
  ])('is not what was just done: %s', (hint, kept) => {
    expect(hintsOf(hint)).toEqual(kept);
  });

  it('has no ready call of a tool that is switched off, in text and JSON, and keeps lines that only look like one elsewhere', () => {
    const items = ['title\n   get_metric_data {"a":1}\n   describe_log_groups {"b":2}'];
    const calls = [
      { tool: 'describe_log_groups', arguments: '{}' },
      { tool: 'get_metric_data', arguments: '{}' },
    ];
    const { list, sections, structured } = keepUsable(
      answerWith({
        list: { noun: 'widget', items, hasCalls: true },
        sections: [
          { items: ['describe_log_groups {"b":2}'], hasCalls: true },
          { items: ['describe_log_groups {"b":2}'], isUntrusted: true },
        ],
        structured: () => ({ widgets: [{ calls }], tool: 'describe_log_groups' }),
      }),
      call,
    );
    expect(list?.items).toEqual(['title\n   get_metric_data {"a":1}']);
    expect(sections?.map((section) => section.items)).toEqual([[], ['describe_log_groups {"b":2}']]);
    expect(structured({ shown: 1 })).toEqual({ widgets: [{ calls: calls.slice(1) }], tool: 'describe_log_groups' });
  });

  it('is the same in errors, which always say what to do next', () => {
    expect(keepUsableError('It is unknown → describe_log_groups lists them.', call)).toBe(
      'It is unknown → ask the administrator.',
    );
    expect(keepUsableError('Denied → ask another region (describe_log_groups shows them).', call)).toBe(
      'Denied → ask another region.',
    );
    expect(keepUsableError('Gone → list_metrics lists them.', call)).toBe('Gone → list_metrics lists them.');
    expect(keepUsableError('Gone.', call)).toBe('Gone.');
  });

  it('leaves every other text as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 5 }), (hints) => {
        expect(hintsOf(...hints)).toEqual(hints);
      }),
      { numRuns: 200 },
    );
  });
});
