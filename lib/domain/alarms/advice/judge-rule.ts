/** A rule tried on a history with incidents: what it would have done at usual times, and which incidents it would have seen. Pure. */
import { DAY_MS } from '../../time.ts';
import { directionOf } from './alarm-rule.ts';
import type { KnownIncident } from './known-incidents.ts';
import type { PeriodValues } from './period-values.ts';
import { EXTRA_PERIODS, type Replay, type ReplayRule, replayAlarm } from './replay-alarm.ts';

/** The first level that would have fired no more than this at usual times is taken. */
const MAX_ALARMS_PER_WEEK = 1;
const MAX_ALARM_SHARE = 0.01;
const WEEK_MS = 7 * DAY_MS;

export interface UsualTimes {
  readonly lengthMs: number;
  readonly alarms: number;
  readonly alarmsPerWeek: number;
  /** Share of the time in ALARM, 0 … 1. */
  readonly alarmShare: number;
}

export interface Verdict {
  /** The replay of the whole history, incidents and all. */
  readonly whole: Replay;
  /** Outside of incidents, and of the time that the rule takes to leave ALARM after them. */
  readonly usual: UsualTimes;
  readonly seen: readonly KnownIncident[];
  /** During which, and shortly after, it would not have been in ALARM. */
  readonly missed: readonly KnownIncident[];
}

/** @param incidents disjoint; those that went to the other side are not asked for */
export function judgeRule(
  history: PeriodValues,
  rule: ReplayRule,
  threshold: number,
  incidents: readonly KnownIncident[],
): Verdict {
  const whole = replayAlarm(history, rule, threshold);
  const graceMs = (rule.evaluationPeriods + EXTRA_PERIODS) * history.periodMs;
  const firstEpochMs = history.startEpochMs + graceMs;
  const endEpochMs = history.startEpochMs + history.values.length * history.periodMs;
  const tried = incidents.filter((one) => one.endEpochMs > history.startEpochMs && one.startEpochMs < endEpochMs);
  const asked = tried.filter(({ side }) => side === undefined || side === directionOf(rule));
  const isSeen = (one: KnownIncident): boolean =>
    whole.spans.some((span) => span.startEpochMs < one.endEpochMs + graceMs && span.endEpochMs > one.startEpochMs);
  return {
    whole,
    usual: judgeUsual(whole, tried, { graceMs, firstEpochMs, endEpochMs }),
    seen: asked.filter(isSeen),
    missed: asked.filter((one) => !isSeen(one)),
  };
}

interface Frame {
  readonly graceMs: number;
  readonly firstEpochMs: number;
  readonly endEpochMs: number;
}

function judgeUsual(
  whole: Replay,
  incidents: readonly KnownIncident[],
  { graceMs, firstEpochMs, endEpochMs }: Frame,
): UsualTimes {
  const outside = (fromMs: number, toMs: number): number => {
    let leftMs = 0;
    let atMs = fromMs;
    for (const { startEpochMs, endEpochMs: end } of incidents) {
      leftMs += Math.max(0, Math.min(toMs, startEpochMs) - atMs);
      atMs = Math.max(atMs, Math.min(toMs, end + graceMs));
    }
    return leftMs + Math.max(0, toMs - atMs);
  };
  const lengthMs = outside(firstEpochMs, endEpochMs);
  const alarms = whole.spans.filter(
    ({ startEpochMs }) =>
      !incidents.some((one) => startEpochMs >= one.startEpochMs && startEpochMs <= one.endEpochMs + graceMs),
  ).length;
  const inAlarmMs = whole.spans.reduce((sum, { startEpochMs, endEpochMs: end }) => sum + outside(startEpochMs, end), 0);
  return {
    lengthMs,
    alarms,
    alarmsPerWeek: lengthMs <= 0 ? 0 : (alarms * WEEK_MS) / lengthMs,
    alarmShare: lengthMs <= 0 ? 0 : Math.min(1, inAlarmMs / lengthMs),
  };
}

/** Whether a rule is quiet enough at usual times to be advised. */
export function isQuiet({ alarmsPerWeek, alarmShare }: UsualTimes): boolean {
  return alarmsPerWeek <= MAX_ALARMS_PER_WEEK && alarmShare <= MAX_ALARM_SHARE;
}
