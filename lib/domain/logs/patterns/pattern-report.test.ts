import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import type { PatternLook } from './log-pattern.ts';
import { toTemplate } from './message-template.ts';
import { reportPatterns } from './pattern-report.ts';

type Rows = Readonly<Record<string, number>>;

function look(window: 'now' | 'before', rows: Rows, more: Partial<PatternLook> = {}): PatternLook {
  return {
    window,
    isErrorsOnly: false,
    isWhole: true,
    eventsPerSample: 1,
    rows: Object.entries(rows).map(([text, count]) => ({ texts: [text], template: toTemplate(text), count })),
    ...more,
  };
}

const brief = (looks: readonly PatternLook[]) =>
  finish(reportPatterns(looks)).map(({ template, now, before, change }) => [template, now, before, change]);

describe('reportPatterns', () => {
  it('compares two windows, whatever numbers CloudWatch gave the tokens', () => {
    const looks = [
      look('now', { 'job <Token-1> done': 20, 'disk error': 3 }),
      look('before', { 'job <Number-4> done': 21, 'all quiet': 8 }),
    ];
    expect(brief(looks)).toEqual([
      ['job <*> done', 20, 21, 'steady'],
      ['disk error', 3, 0, 'new'],
      ['all quiet', 0, 8, 'vanished'],
    ]);
  });

  it('counts an event once that both lists of a window have', () => {
    const errors = { isErrorsOnly: true };
    const looks = [
      look('now', { 'disk error': 7, fine: 9 }),
      look('now', { 'disk error': 7, 'rare failure': 1 }, errors),
      look('before', { fine: 9 }),
      look('before', { 'rare failure': 1 }, errors),
    ];
    expect(brief(looks)).toEqual([
      ['fine', 9, 9, 'steady'],
      ['disk error', 7, 0, 'new'],
      ['rare failure', 1, 1, 'steady'],
    ]);
  });

  it('compares nothing with a window that is missing or not whole', () => {
    const now = look('now', { 'disk error': 3 });
    expect(brief([now])).toEqual([['disk error', 3, undefined, undefined]]);
    expect(brief([now, look('before', {}, { isWhole: false })])).toEqual([['disk error', 3, undefined, undefined]]);
    expect(brief([now, look('before', {})])).toEqual([['disk error', 3, 0, 'new']]);
  });

  it('still compares errors where only the lists of all patterns are missing', () => {
    const errors = { isErrorsOnly: true };
    const looks = [
      look('now', { 'disk error': 3, fine: 4 }, { isWhole: false }),
      look('now', { 'disk error': 3 }, errors),
      look('before', {}, errors),
    ];
    expect(brief(looks)).toEqual([
      ['fine', 4, undefined, undefined],
      ['disk error', 3, 0, 'new'],
    ]);
  });

  it('estimates what was sampled, and prefers the finer sample', () => {
    const looks = [
      look('now', { 'disk error': 4, fine: 50 }, { eventsPerSample: 100 }),
      look('now', { 'disk error': 90 }, { isErrorsOnly: true, eventsPerSample: 2 }),
      look('before', { fine: 48 }, { eventsPerSample: 100 }),
      look('before', {}, { isErrorsOnly: true }),
    ];
    expect(brief(looks)).toEqual([
      ['fine', 5_000, 4_800, 'steady'],
      ['disk error', 180, 0, 'new'],
    ]);
  });

  it('is empty for nothing', () => {
    expect(finish(reportPatterns([]))).toEqual([]);
    expect(finish(reportPatterns([look('now', {}), look('before', {})]))).toEqual([]);
  });
});
