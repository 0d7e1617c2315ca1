import { HISTORY_MS } from '../../scenario.ts';
import { RecentlyMade } from '../recently-made.ts';
import { type IncidentPhase, type LogWorld, MINUTE_MS, phaseAt } from './incident.ts';
import type { LogEvent } from './log-group.ts';
import { integerBetween, type Random, randomFor } from './random.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Since then every minute has all its events: the last hours can be compared with the same hours of yesterday. */
const COMPLETE_MS = 26 * HOUR_MS;
/** Before, only every tenth minute has events, all of them, so that a query over weeks stays quick. */
const THINNING_MINUTES = 10;

/** What a generator gets to write one minute of a group. */
export interface MinuteWriter {
  readonly minuteEpochMs: number;
  readonly random: Random;
  readonly phase: IncidentPhase;
  /** Adds an event at an offset into the minute, 0 to 59,999 ms. */
  readonly write: (offsetMs: number, logStream: string, message: string) => void;
}

/** About 35 MB: three hours of the busiest group are 80,000 events. */
const MAX_RECENT_EVENTS = 200_000;
/** Equal worlds of one process write equal minutes. */
const recentMinutes = new RecentlyMade<readonly LogEvent[]>(MAX_RECENT_EVENTS);

/** Makes a group's `eventsOfMinute` from a generator that writes one minute; `groupName` is its own in the world. */
export function generateByMinute(
  world: LogWorld,
  groupName: string,
  writeMinute: (writer: MinuteWriter) => void,
): (minuteEpochMs: number) => readonly LogEvent[] {
  const { seed, anchorEpochMs } = world;
  return (minuteEpochMs) => {
    const ageMs = anchorEpochMs - minuteEpochMs;
    const minute = Math.floor(minuteEpochMs / MINUTE_MS);
    if (ageMs > HISTORY_MS || (ageMs > COMPLETE_MS && minute % THINNING_MINUTES !== 0)) {
      return [];
    }
    return recentMinutes.read(`${seed}/${anchorEpochMs}/${groupName}/${minuteEpochMs}`, () => {
      const random = randomFor(seed, groupName, minute);
      return writeEvents(world, minuteEpochMs, random, writeMinute);
    });
  };
}

function writeEvents(
  world: LogWorld,
  minuteEpochMs: number,
  random: Random,
  writeMinute: (writer: MinuteWriter) => void,
): readonly LogEvent[] {
  const events: LogEvent[] = [];
  writeMinute({
    minuteEpochMs,
    random,
    phase: phaseAt(world, minuteEpochMs),
    write: (offsetMs, logStream, message) => {
      const timestampEpochMs = minuteEpochMs + Math.min(MINUTE_MS - 1, Math.max(0, Math.floor(offsetMs)));
      const ingestionEpochMs = timestampEpochMs + integerBetween(random, 200, 2_000);
      events.push(Object.freeze({ timestampEpochMs, ingestionEpochMs, logStream, message, index: events.length }));
    },
  });
  return Object.freeze(events.sort((a, b) => a.timestampEpochMs - b.timestampEpochMs));
}

/** Share of the usual traffic at an instant, 0.35 (night) to 1 (evening), as a shop has it. */
export function trafficAt(epochMs: number): number {
  const hour = (epochMs % DAY_MS) / HOUR_MS;
  return 0.675 + 0.325 * Math.sin(((hour - 11) / 24) * 2 * Math.PI);
}
