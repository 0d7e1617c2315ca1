/** Incidents in a metric's history: left out of what is usual, and what an advised alarm has to see. Pure. */
import type { Incident } from '../../metrics/series-analysis/baseline.ts';
import { DAY_MS, type TimeRange } from '../../time.ts';
import type { Direction } from './alarm-rule.ts';
import type { PeriodValues } from './period-values.ts';

export interface KnownIncident extends TimeRange {
  /** Which way the metric went; undefined where only an alarm on the same resource tells of it. */
  readonly side?: Direction;
  /** How far it went, with its sign. */
  readonly jump?: number;
  /** That was in ALARM; undefined where the metric's own course tells. */
  readonly alarmName?: string;
}

/** What comes more often is usual: a nightly job is no incident. */
const MAX_PER_WEEK = 2;
const LEAST_MOST = 3;
/** An alarm that is in ALARM for a larger part of the range marks no incidents. */
const MAX_ALARM_SHARE = 0.2;
/** With less left nothing would be known of what is usual. */
const MIN_LEFT_SHARE = 0.5;

export interface AlarmTime extends TimeRange {
  readonly alarmName: string;
}

/** Of a joined incident, before it has the side of its parts. */
const MIN_SIDED_SHARE = 0.5;
const MIN_LARGER = 3;

export interface IncidentSources {
  /** By the shared rule of the series analysis. */
  readonly own: readonly Incident[];
  /** Times in which alarms on the same resource were in ALARM. */
  readonly alarmTimes: readonly AlarmTime[];
  readonly range: TimeRange;
}

/** Those of both sources, joined where they overlap, in time order; never more than half of the range. */
export function joinIncidents({ own, alarmTimes, range }: IncidentSources): KnownIncident[] {
  const weeks = (range.endEpochMs - range.startEpochMs) / (7 * DAY_MS);
  const most = Math.max(LEAST_MOST, MAX_PER_WEEK * weeks);
  const ownRare = [...Map.groupBy(own, ({ kind }) => kind).values()]
    .filter((some) => some.length <= most)
    .flat()
    .map(
      ({ startEpochMs, endEpochMs = range.endEpochMs, jump }): KnownIncident => ({
        startEpochMs,
        endEpochMs,
        side: jump > 0 ? 'above' : 'below',
        jump,
      }),
    );
  const told = [...Map.groupBy(alarmTimes, ({ alarmName }) => alarmName).values()]
    .filter(
      (some) => some.length <= most && lengthOf(some) <= (range.endEpochMs - range.startEpochMs) * MAX_ALARM_SHARE,
    )
    .flat();
  const both = join([...ownRare, ...told], range);
  if (leavesEnough(both, range)) return both;
  const without = join(ownRare, range);
  return leavesEnough(without, range) ? without : [];
}

function join(incidents: readonly KnownIncident[], range: TimeRange): KnownIncident[] {
  const joined: KnownIncident[] = [];
  const within = incidents
    .map((one) => ({
      ...one,
      startEpochMs: Math.max(one.startEpochMs, range.startEpochMs),
      endEpochMs: Math.min(one.endEpochMs, range.endEpochMs),
    }))
    .filter(({ startEpochMs, endEpochMs }) => endEpochMs > startEpochMs)
    .sort((a, b) => a.startEpochMs - b.startEpochMs);
  for (const one of within) {
    const last = joined.at(-1);
    // What begins as another ends is the same only where it went the same way.
    const isApart =
      last === undefined ||
      one.startEpochMs > last.endEpochMs ||
      (one.startEpochMs === last.endEpochMs && one.side !== last.side);
    if (isApart) joined.push(one);
    else if (isLarger(one, last)) joined.splice(-1, 1, ...until(last, one.startEpochMs), one);
    else joined[joined.length - 1] = merge(last, one);
  }
  return joined;
}

/** A large step within a small one that lasts is an incident of its own, and not as long as the small one. */
function isLarger({ side, jump }: KnownIncident, { side: otherSide, jump: other }: KnownIncident): boolean {
  if (jump === undefined || other === undefined || side !== otherSide) return false;
  return Math.abs(jump) >= MIN_LARGER * Math.abs(other);
}

function until(incident: KnownIncident, endEpochMs: number): KnownIncident[] {
  return incident.startEpochMs < endEpochMs ? [{ ...incident, endEpochMs }] : [];
}

function merge(a: KnownIncident, b: KnownIncident): KnownIncident {
  const endEpochMs = Math.max(a.endEpochMs, b.endEpochMs);
  const sided = [a, b].filter(({ side }) => side !== undefined);
  const [side, other] = new Set(sided.map((one) => one.side));
  // An ALARM that began long before a shift was found is not of its side.
  const isMostly = lengthOf(sided) >= (endEpochMs - a.startEpochMs) * MIN_SIDED_SHARE;
  const [jump] = [a.jump, b.jump].filter((one) => one !== undefined).sort((x, y) => Math.abs(y) - Math.abs(x));
  const alarmName = a.alarmName ?? b.alarmName;
  return {
    startEpochMs: a.startEpochMs,
    endEpochMs,
    ...(side !== undefined && other === undefined && isMostly && { side, ...(jump !== undefined && { jump }) }),
    ...(alarmName !== undefined && { alarmName }),
  };
}

function leavesEnough(incidents: readonly KnownIncident[], range: TimeRange): boolean {
  return lengthOf(incidents) <= (range.endEpochMs - range.startEpochMs) * (1 - MIN_LEFT_SHARE);
}

function lengthOf(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, { startEpochMs, endEpochMs }) => sum + endEpochMs - startEpochMs, 0);
}

/** The datapoints outside of incidents, ascending by value. */
export function sortUsual(
  { values, startEpochMs, periodMs }: PeriodValues,
  incidents: readonly KnownIncident[],
): Float64Array {
  return values
    .filter((value, at) => !Number.isNaN(value) && incidentAt(incidents, startEpochMs + at * periodMs) === undefined)
    .sort();
}

/** The incident at a time. */
export function incidentAt(incidents: readonly KnownIncident[], epochMs: number): KnownIncident | undefined {
  return incidents.find(({ startEpochMs, endEpochMs }) => epochMs >= startEpochMs && epochMs < endEpochMs);
}
