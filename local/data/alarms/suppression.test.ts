/** User Guide, "Suppressing composite alarm actions": wait and extension period, in the order in which things happen. */
import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { planSuppressedActions, suppressionAt } from './suppression.ts';
import type { Transition } from './transition.ts';

const SUPPRESSOR = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:maintenance';
const WAIT_MS = 120_000;
const EXTENSION_MS = 180_000;

type Moment = readonly [second: number, to: StateValue];

/** Changes at seconds. */
function changes(...list: readonly Moment[]): readonly Transition[] {
  return list.map(([second, to], index) => ({
    epochMs: second * 1_000,
    from: list[index - 1]?.[1] ?? 'OK',
    to,
    reason: '',
    reasonData: undefined,
  }));
}

function settings(...list: readonly Moment[]) {
  return { arn: SUPPRESSOR, transitions: changes(...list), waitMs: WAIT_MS, extensionMs: EXTENSION_MS };
}

/** State, second of the execution or of the decision, and what suppressed it. */
function plan(alarm: readonly Transition[], suppressor: ReturnType<typeof settings>) {
  return planSuppressedActions(alarm, suppressor).map(({ transition, epochMs, suppression }) => [
    transition.to,
    epochMs / 1_000,
    suppression?.by,
  ]);
}

describe('actions of an alarm with a suppressor', () => {
  it.each([
    ['wait for the suppressor, which does not come', changes([100, 'ALARM']), settings(), [['ALARM', 220, undefined]]],
    [
      'are suppressed when the suppressor comes within the wait period',
      changes([100, 'ALARM']),
      settings([219, 'ALARM']),
      [['ALARM', 219, 'Alarm']],
    ],
    [
      'are executed when it comes later',
      changes([100, 'ALARM']),
      settings([221, 'ALARM']),
      [['ALARM', 220, undefined]],
    ],
    [
      'are not executed when the alarm recovers within the wait period',
      changes([100, 'ALARM'], [150, 'OK']),
      settings(),
      [
        ['ALARM', 150, 'WaitPeriod'],
        ['OK', 150, undefined],
      ],
    ],
    [
      'are suppressed while the suppressor is in ALARM, and come when it has recovered and the extension is over',
      changes([100, 'ALARM']),
      settings([50, 'ALARM'], [400, 'OK']),
      [['ALARM', 580, undefined]],
    ],
    [
      'never come when the alarm recovers within the extension period',
      changes([100, 'ALARM'], [500, 'OK']),
      settings([50, 'ALARM'], [400, 'OK']),
      [
        ['ALARM', 100, 'Alarm'],
        ['OK', 500, 'ExtensionPeriod'],
      ],
    ],
    [
      'are held back in the extension period too',
      changes([450, 'ALARM'], [460, 'OK']),
      settings([50, 'ALARM'], [400, 'OK']),
      [
        ['ALARM', 450, 'ExtensionPeriod'],
        ['OK', 460, 'ExtensionPeriod'],
      ],
    ],
    [
      'are executed at once after it',
      changes([581, 'OK']),
      settings([50, 'ALARM'], [400, 'OK']),
      [['OK', 581, undefined]],
    ],
    [
      'do not come between two alarms of the suppressor',
      changes([100, 'ALARM']),
      settings([50, 'ALARM'], [400, 'OK'], [500, 'ALARM']),
      [['ALARM', 100, 'Alarm']],
    ],
  ])('%s', (_what, alarm, suppressor, expected) => {
    expect(plan(alarm, suppressor)).toEqual(expected);
  });

  it('say at each instant what holds them back', () => {
    const alarm = changes([100, 'ALARM']);
    const suppressor = settings([150, 'ALARM'], [400, 'OK']);
    const by = [99, 100, 149, 150, 399, 400, 579, 580].map(
      (second) => suppressionAt(second * 1_000, alarm, suppressor)?.by,
    );
    expect(by).toEqual([
      undefined,
      'WaitPeriod',
      'WaitPeriod',
      'Alarm',
      'Alarm',
      'ExtensionPeriod',
      'ExtensionPeriod',
      undefined,
    ]);
    expect(suppressionAt(200_000, alarm, suppressor)?.reason).toContain(SUPPRESSOR);
  });
});
