import { DEFAULT_REGION } from '../../scenario.ts';
import type { World } from '../../world.ts';
import { createMetricFactory } from '../metric-factory.ts';
import { createStory } from '../story.ts';
import { countErrors, listProfiles, measureDurations } from './function-profiles.ts';

/** The invocations of a function in one minute, as its metrics count them and as its log holds them. */
export interface Invocations {
  /** Milliseconds, one of each invocation, ascending: what the metric `Duration` is made of. */
  readonly durationsMs: readonly number[];
  /** How many end with an error. */
  readonly failedCount: number;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

export type ReadInvocations = (minuteEpochMs: number) => Invocations;

/** Tells what a function of the shop does in a minute, by the same metrics that the service serves. */
export function createInvocations(world: World): (functionName: string) => ReadInvocations {
  const make = createMetricFactory(world, `prod/${DEFAULT_REGION}`);
  const profiles = new Map(listProfiles(createStory(world)).map((profile) => [profile.name, profile]));
  return (functionName) => {
    const profile = profiles.get(functionName);
    if (profile === undefined) throw new Error(`${functionName} is no function of the shop`);
    const [durations, errors] = [measureDurations(make, profile), countErrors(make, profile)];
    return (minuteEpochMs) => {
      const durationsMs: number[] = [];
      durations.emit(minuteEpochMs, (value, weight) => {
        for (let index = 0; index < weight; index += 1) durationsMs.push(value);
      });
      let failedCount = 0;
      errors.emit(minuteEpochMs, (value, weight) => {
        failedCount += value * weight;
      });
      return { durationsMs: durationsMs.sort((a, b) => a - b), failedCount, timeoutMs: profile.timeoutMs };
    };
  };
}
