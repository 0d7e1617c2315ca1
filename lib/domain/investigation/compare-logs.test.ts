import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { compareLogs } from './compare-logs.ts';
import { type LogLine, readLogLine } from './log-sample.ts';

const ONSET = Date.UTC(2026, 4, 20, 14, 0);
const HOSTS = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];

function lines(count: number, fromEpochMs: number, write: (index: number) => object): LogLine[] {
  return Array.from({ length: count }, (_, index) =>
    readLogLine(fromEpochMs + index * 5_000, JSON.stringify(write(index))),
  );
}

const fine = (index: number, more: object = {}) => ({
  level: 'INFO',
  message: 'request finished',
  host: HOSTS[index % HOSTS.length],
  version: '2.1.8',
  requestId: `r-${index}`,
  ...more,
});
const before = lines(600, ONSET - 3_600_000, fine);
const compare = (after: readonly LogLine[]) => finish(compareLogs(before, after, 2, ONSET));

describe('compareLogs', () => {
  it('names a version that is new and an error that is', () => {
    const after = lines(300, ONSET, (index) =>
      index % 3 === 0
        ? { ...fine(index, { version: '2.2.0' }), level: 'ERROR', message: 'TypeError: amount' }
        : fine(index, { version: '2.2.0' }),
    );
    const { patterns, fields, errorsBefore, errorsAfter } = compare(after);
    expect(patterns).toMatchObject([{ template: 'ERROR TypeError: amount', change: 'new', isError: true, after: 100 }]);
    expect(fields).toMatchObject([{ name: 'version', value: '2.2.0', change: 'new' }]);
    expect([errorsBefore, errorsAfter]).toEqual([0, 100]);
  });

  it('names the one host that has the errors', () => {
    const after = lines(300, ONSET, (index) =>
      index % 6 === 2 ? fine(index, { level: 'ERROR', message: 'write EIO' }) : fine(index + (index % 6 === 2 ? 1 : 0)),
    );
    expect(compare([...after, ...lines(60, ONSET, (index) => fine(index))]).fields).toMatchObject([
      { name: 'host', value: 'c3', change: 'concentrated' },
    ]);
  });

  it('finds nothing in more of the same, nor in single lines far from the onset', () => {
    const chance = lines(1, ONSET + 900_000, () => ({ level: 'WARN', message: 'locale not found' }));
    expect(compare([...lines(300, ONSET, fine), ...chance])).toMatchObject({ patterns: [], fields: [] });
  });

  it('hears one line at the onset, an error that grew, and one that went', () => {
    const warn = (index: number) => ({ level: 'ERROR', message: 'connection reset', n: index });
    const old = [
      ...before,
      ...lines(20, ONSET - 3_600_000, warn),
      ...lines(60, ONSET - 3_600_000, () => ({ level: 'INFO', message: 'heartbeat' })),
    ];
    const note = lines(1, ONSET - 60_000, () => ({ level: 'INFO', message: 'settings loaded: timeoutMs=50' }));
    const { patterns } = finish(
      compareLogs(old, [...lines(300, ONSET, fine), ...lines(90, ONSET, warn), ...note], 2, ONSET),
    );
    expect(patterns.map(({ template, change }) => `${change} ${template}`).sort()).toEqual([
      'gone INFO heartbeat',
      'grown ERROR connection reset',
      'new INFO settings loaded: timeoutMs=<*>',
    ]);
  });

  it('survives empty samples', () => {
    expect(finish(compareLogs([], [], 1, ONSET))).toEqual({
      patterns: [],
      fields: [],
      errorsBefore: 0,
      errorsAfter: 0,
      patternsLeft: 0,
    });
  });
});
