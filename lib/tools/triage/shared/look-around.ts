/**
 * What changed around an onset, in waves: alarms, dashboards and configuration; then the metrics near them; then the logs of
 * what moved. Inside a wave all parts run side by side, and each may fail alone.
 */
import { runInSlices } from '../../../domain/async/slices.ts';
import type { ChosenMetric } from '../../../domain/investigation/choose-metrics.ts';
import { findDensestOnset } from '../../../domain/investigation/densest-onset.ts';
import type { Change, Suspect } from '../../../domain/investigation/finding.ts';
import type { LogFinding } from '../../../domain/investigation/log-links.ts';
import type { MetricShift } from '../../../domain/investigation/metric-shift.ts';
import { type ConfigChange, type Evidence, rankSuspects } from '../../../domain/investigation/rank-suspects.ts';
import { type MetricName, nameWithoutOwner, resourceOf } from '../../../domain/investigation/resource.ts';
import { HOUR_MS, MINUTE_MS } from '../../../domain/time.ts';
import { choosePlaces, type LogPlace } from './choose-log-groups.ts';
import { listAround } from './list-around.ts';
import { planAlarmWave, planMetricWave } from './plan-calls.ts';
import { describeChanged, metricsOf, readAlarmChanges, toAlarmChanges } from './read-alarm-changes.ts';
import { readConfigChanges } from './read-config-changes.ts';
import { readDashboardMarks } from './read-dashboards.ts';
import { readLogs } from './read-logs.ts';
import { readShifts, type ShiftWindow } from './read-shifts.ts';
import type { Session } from './session.ts';
import { toConfigChange, toLogChanges, toMetricChange } from './to-changes.ts';

export interface Question {
  /** Metrics of the alarm itself, and its statistics by metric key. */
  readonly own: readonly MetricName[];
  readonly statistics: ReadonlyMap<string, string>;
  /** The alarm whose changes are told elsewhere. */
  readonly alarmName?: string;
  /** Left out: when most of what moved began to move. */
  readonly onsetEpochMs?: number | undefined;
  /** When the alarm changed, or the end of what is asked for. */
  readonly atEpochMs: number;
  readonly window: ShiftWindow;
  readonly daysBack?: readonly number[];
  readonly isRecurring: boolean;
  /** What is known of the alarm's own series before others are looked at. */
  readonly ownShift?: MetricShift | undefined;
  readonly scope?: string | undefined;
  readonly dimensions?: MetricName['dimensions'] | undefined;
  /** Log groups that the question names. */
  readonly logPlaces: readonly LogPlace[];
  readonly maxScanGb: number;
}

export interface Around {
  readonly onsetEpochMs: number;
  readonly changes: readonly Change[];
  readonly suspects: readonly Suspect[];
  /** When the first suspect moved, where something ties it to what is asked for. */
  readonly firstEpochMs?: number;
  readonly alarmsAround: readonly string[];
  readonly unchanged: readonly ChosenMetric[];
  readonly shifts: readonly MetricShift[];
  readonly logs: readonly LogFinding[];
}

const ALARMS_MS = HOUR_MS;
/** Alarms that changed so near are looked into. */
const NEAR_MS = 30 * MINUTE_MS;

export async function lookAround(session: Session, question: Question): Promise<Around> {
  const { atEpochMs } = question;
  const aboutEpochMs = question.onsetEpochMs ?? question.window.usualEndEpochMs;
  const { nowEpochMs } = session.context;
  const range = {
    startEpochMs: Math.min(aboutEpochMs, question.window.usualEndEpochMs) - ALARMS_MS,
    endEpochMs: Math.min(nowEpochMs, Math.max(atEpochMs, question.window.endEpochMs, aboutEpochMs) + ALARMS_MS),
  };
  const recent = { ...range, startEpochMs: Math.max(range.startEpochMs, range.endEpochMs - 24 * HOUR_MS) };
  const { historyPages, dashboards } = planAlarmWave(session.callsLeft());
  const [alarmChanges, marks] = await Promise.all([
    readAlarmChanges(session, recent, atEpochMs, historyPages),
    readDashboardMarks(session, question.own.map(resourceOf).map(nameWithoutOwner), recent, dashboards),
  ]);
  const others = alarmChanges.changes.filter(({ alarmName }) => alarmName !== question.alarmName);
  const near = others.filter(
    ({ epochMs }) => Math.abs(epochMs - atEpochMs) <= NEAR_MS || Math.abs(epochMs - aboutEpochMs) <= NEAR_MS,
  );
  const described = await describeChanged(session, near, atEpochMs);
  const surroundings = {
    own: question.own,
    near: described.flatMap(metricsOf),
    scope: question.scope,
    dimensions: question.dimensions,
  };
  const known = [...surroundings.own, ...surroundings.near];
  const resources = known.filter(({ accountId }) => accountId === undefined).map(resourceOf);
  if (resources.length < known.length)
    session.notLookedAt.push('changes that CloudTrail recorded in the linked accounts: only those of this one');
  const { named, trail } = planMetricWave(session.callsLeft());
  const [read, configChanges] = await Promise.all([
    listAround(session, surroundings, named).then((metrics) => readShifts(session, metrics, question)),
    readConfigChanges(session, recent, resources, trail),
  ]);
  const shifts = withOwn(read.shifts, question.ownShift);
  const onsetEpochMs = question.onsetEpochMs ?? findDensestOnset(shifts) ?? aboutEpochMs;
  const evidence: Evidence = {
    onsetEpochMs,
    shifts,
    logs: [],
    configChanges: [...marks.map(toMarked), ...configChanges],
    isRecurring: question.isRecurring,
    own: question.own.map(resourceOf),
    resources: [...shifts.map(({ metric }) => metric), ...read.unchanged].map(({ resource }) => resource),
  };
  const places = await choosePlaces(session, evidence, question.logPlaces);
  const logs = await readLogs(session, places, {
    onsetEpochMs: question.ownShift?.isSlow === true ? atEpochMs : onsetEpochMs,
    endEpochMs: Math.min(nowEpochMs, Math.max(question.window.endEpochMs, atEpochMs)),
    maxScanGb: question.maxScanGb,
  });
  const suspects = await runInSlices(rankSuspects({ ...evidence, logs }));
  const [first] = suspects;
  const firstEpochMs = first?.isTied === true ? first.atEpochMs : undefined;
  return {
    onsetEpochMs,
    changes: [
      ...shifts.map(toMetricChange),
      ...logs.flatMap(toLogChanges),
      ...toAlarmChanges(alarmChanges, question.alarmName),
      ...marks,
      ...configChanges.map((change) => toConfigChange(change, onsetEpochMs)),
    ].sort((a, b) => a.atEpochMs - b.atEpochMs),
    suspects,
    ...(firstEpochMs !== undefined && { firstEpochMs }),
    alarmsAround: [...new Set(others.map(({ alarmName }) => alarmName))],
    unchanged: read.unchanged,
    shifts,
    logs,
  };
}

/** The alarm's own series is judged on more data than its neighbours are. */
function withOwn(shifts: readonly MetricShift[], own: MetricShift | undefined): readonly MetricShift[] {
  if (own === undefined) return shifts;
  const isSame = ({ metric }: MetricShift) =>
    metric.resource === own.metric.resource &&
    metric.metricName === own.metric.metricName &&
    metric.namespace === own.metric.namespace;
  const seen = shifts.find(isSame);
  if (seen !== undefined && !own.isSlow)
    return shifts.map((one) => (one === seen ? { ...one, isRegular: false } : one));
  return [...shifts.filter((one) => !isSame(one)), own];
}

/** A mark tells by its words what it is of. */
function toMarked({ atEpochMs, subject }: Change): ConfigChange {
  return { atEpochMs, name: `a mark "${subject}"`, text: subject, resources: [] };
}
