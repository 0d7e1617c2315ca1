import { TIMELINE } from '../scenario.ts';
import type { World } from '../world.ts';
import { type Level, piecewise } from './levels.ts';

const MINUTE_MS = 60_000;
/** A queue keeps messages for four days by default (SQS Developer Guide), so none gets older. */
const QUEUE_RETENTION_SECONDS = 4 * 86_400;

/**
 * How the incident moves the metrics. Each level is 1 (or 0 for additions) before it and stays at its last value after
 * the moment of the story, so that a server that runs for hours still shows an open incident.
 */
export interface Story {
  readonly anchorEpochMs: number;
  /** Factor on the duration of the checkout function. */
  readonly checkoutSlowdown: Level;
  /** Share of checkout requests that time out, 0..1. */
  readonly checkoutFailures: Level;
  /** Share of the way from the usual number of database connections to the maximum, 0..1. */
  readonly connectionsFilled: Level;
  /** Seconds the oldest order has waited because of the stuck consumer. */
  readonly queueAgeSeconds: Level;
  /** Share of orders still placed and shipped, 1 = all. */
  readonly ordersPlaced: Level;
  /** Share of the queue's messages that are still taken off, 1 = all. */
  readonly ordersConsumed: Level;
  /** 1 while the search function is slow: 25 minutes every four hours, not now. */
  readonly searchFlaps: Level;
  /** 1 in a past incident of payments that recovered. */
  readonly paymentIncident: Level;
  /** 1 in an incident of the order queue nine days ago. */
  readonly pastQueueIncident: Level;
}

export function createStory({ anchorEpochMs }: World): Story {
  const ago = (minutes: number): number => anchorEpochMs - minutes * MINUTE_MS;
  const after = (startAgoMs: number, points: readonly (readonly [number, number])[]): Level =>
    piecewise(points.map(([minutes, value]) => [anchorEpochMs - startAgoMs + minutes * MINUTE_MS, value]));
  const between = (fromMinutesAgo: number, toMinutesAgo: number): Level => {
    return (epochMs) => (epochMs >= ago(fromMinutesAgo) && epochMs < ago(toMinutesAgo) ? 1 : 0);
  };
  return {
    anchorEpochMs,
    // Alarms see 3 of 3 minutes (2 of 2 for errors): each breach begins that much before the alarm of the timeline.
    checkoutSlowdown: after(TIMELINE.deployAgoMs, [
      [-1, 1],
      [0, 1.7],
      [2, 3.1],
      [3, 8],
      [11, 26],
      [30, 34],
    ]),
    checkoutFailures: after(TIMELINE.errorsAlarmAgoMs, [
      [-3, 0],
      [-2, 0.12],
      [4, 0.28],
      [20, 0.36],
    ]),
    connectionsFilled: after(TIMELINE.connectionsFillingAgoMs, [
      [-1, 0],
      [0, 0.12],
      [7, 0.86],
      [12, 1],
    ]),
    queueAgeSeconds: (epochMs) =>
      Math.min(
        QUEUE_RETENTION_SECONDS,
        Math.max(0, (epochMs - (anchorEpochMs - TIMELINE.queueAlarmAgoMs - 8.5 * MINUTE_MS)) / 1000),
      ),
    ordersPlaced: after(TIMELINE.errorsAlarmAgoMs, [
      [-3, 1],
      [5, 0.45],
      [20, 0.3],
    ]),
    ordersConsumed: after(TIMELINE.queueAlarmAgoMs, [
      [-9, 1],
      [-8, 0.02],
    ]),
    searchFlaps: (epochMs) => {
      const minutesAgo = (anchorEpochMs - epochMs) / MINUTE_MS;
      const phase = ((minutesAgo % 240) + 240) % 240;
      return minutesAgo > 0 && phase > 100 && phase <= 125 ? 1 : 0;
    },
    paymentIncident: between(330, 312),
    pastQueueIncident: between(9 * 1440 + 50, 9 * 1440 + 5),
  };
}
