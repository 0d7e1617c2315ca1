import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { MINUTE_MS } from '../time.ts';
import type { AlarmState } from './alarm.ts';
import { findInvestigationWindows } from './alarm-windows.ts';

const NOW = 1_000 * MINUTE_MS;
const SPAN = { periodSeconds: 60, evaluationPeriods: 3 };

const change = (minute: number, to: AlarmState = 'ALARM', alarmName = 'a') => ({
  alarmName,
  epochMs: minute * MINUTE_MS,
  to,
});
const minutes = (changes: readonly ReturnType<typeof change>[]): (readonly number[])[] =>
  findInvestigationWindows(changes, () => SPAN, NOW).map(({ startEpochMs, endEpochMs, changes: count }) => [
    startEpochMs / MINUTE_MS,
    endEpochMs / MINUTE_MS,
    count,
  ]);

describe('findInvestigationWindows', () => {
  it('reaches from 5 × period × evaluation periods before to 2 × period after', () => {
    expect(minutes([change(100)])).toEqual([[85, 102, 1]]);
  });

  it('merges windows that touch, and leaves others apart', () => {
    expect(minutes([change(117), change(100), change(300)])).toEqual([
      [85, 119, 2],
      [285, 302, 1],
    ]);
  });

  it('does not reach into the future', () => {
    expect(minutes([change(999)])).toEqual([[984, 1000, 1]]);
  });

  it('leaves out recoveries by themselves, unless there is nothing else', () => {
    expect(minutes([change(100), change(300, 'OK')])).toEqual([[85, 102, 1]]);
    expect(minutes([change(300, 'OK')])).toEqual([[285, 302, 1]]);
  });

  it('takes each alarm by its own period, and names the first to change first', () => {
    const windows = findInvestigationWindows(
      [change(100, 'ALARM', 'slow'), change(98, 'ALARM', 'fast')],
      (name) => (name === 'slow' ? { periodSeconds: 300, evaluationPeriods: 1 } : SPAN),
      NOW,
    );
    expect(windows).toEqual([
      { startEpochMs: 75 * MINUTE_MS, endEpochMs: 110 * MINUTE_MS, changes: 2, alarmNames: ['fast', 'slow'] },
    ]);
  });

  it('gives disjoint windows in order that hold every change into ALARM', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 100, max: 1000 }), fc.constantFrom<AlarmState>('OK', 'ALARM'))),
        (steps) => {
          const changes = steps.map(([minute, to]) => change(minute, to));
          const windows = findInvestigationWindows(changes, () => SPAN, NOW);
          for (const [index, window] of windows.entries()) {
            expect(window.startEpochMs).toBeLessThan(window.endEpochMs);
            expect(window.endEpochMs).toBeLessThanOrEqual(NOW);
            expect(window.startEpochMs).toBeGreaterThan(windows[index - 1]?.endEpochMs ?? 0);
          }
          for (const { epochMs } of changes.filter(({ to }) => to === 'ALARM')) {
            expect(windows.some((window) => window.startEpochMs <= epochMs && epochMs <= window.endEpochMs)).toBe(true);
          }
        },
      ),
    );
  });
});
