import { z } from 'zod';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { type AlarmJudgement, judgeAlarm } from '../../../domain/investigation/judge-alarm.ts';
import { layerOf, roleOf } from '../../../domain/investigation/metric-role.ts';
import type { MetricShift } from '../../../domain/investigation/metric-shift.ts';
import { metricKey, resourceOf } from '../../../domain/investigation/resource.ts';
import { RETENTION_MS } from '../../../domain/metrics/period.ts';
import { DAY_MS, formatTime, MINUTE_MS, parseDuration, parseTime } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { where } from '../../../tool/params.ts';
import { MAX_NAME_OR_ARN_CHARS, resolveAlarm } from '../../alarms/shared/find-alarm.ts';
import { chooseScanBudget, scanBudget } from '../../logs/shared/arguments-query.ts';
import { type Around, lookAround } from '../shared/look-around.ts';
import { suggestNext } from '../shared/next-calls.ts';
import { metricsOf } from '../shared/read-alarm-changes.ts';
import { windowAround } from '../shared/read-shifts.ts';
import { type Session, startSession } from '../shared/session.ts';
import { answerInvestigation } from './answer.ts';
import { investigationOutput } from './output.ts';
import { readAlarm } from './read-alarm.ts';
import { readOwnSeries } from './read-own-series.ts';

const MAX_LOOKBACK_MS = DAY_MS;
/** A change of the first suspect is part of the same story when it came so long before. */
const STORY_MS = 10 * MINUTE_MS;

const inputSchema = z.object({
  alarm_name: z.string().min(1).max(MAX_NAME_OR_ARN_CHARS).describe('Name or ARN'),
  at: z.string().min(1).max(40).optional().describe('Time of the trouble; default: its last change into ALARM'),
  lookback: z.string().min(2).max(20).default('2h').describe('How long before to look, at most 24h; default 2h'),
  max_scan_gb: scanBudget('Gigabytes of logs to scan at most'),
  ...where,
});

export const investigateAlarm = defineTool({
  name: 'investigate_alarm',
  title: 'Investigate an alarm',
  description:
    'First call when an alarm fires: one page on why. Since when (first unusual datapoint), what changed around it in order of time – metrics, log patterns and fields such as a new version or one host, other alarms, dashboard marks, configuration –, where to look first, or that it recurs or is chance; who was told, what was not looked at.',
  toolset: 'triage',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: investigationOutput,
  isShared: true,
  async handler(input, context) {
    const { target } = await resolveAlarm(context, input);
    const lookbackMs = readLookback(input.lookback);
    const askedEpochMs = input.at === undefined ? undefined : readAt(input.at, context.nowEpochMs);
    const session = await startSession(context, target);
    return investigate(session, { ...input, askedEpochMs, lookbackMs }).finally(session.end);
  },
});

interface Asked {
  readonly alarm_name: string;
  /** The time that was given. */
  readonly askedEpochMs: number | undefined;
  readonly lookbackMs: number;
  readonly max_scan_gb?: number | undefined;
}

async function investigate(session: Session, asked: Asked) {
  const { alarm_name: name, askedEpochMs, lookbackMs, max_scan_gb: maxScanGb } = asked;
  const { context, target } = session;
  const budget = chooseScanBudget(maxScanGb, context.config.maxScanGb);
  const facts = await readAlarm(session, name, target, askedEpochMs);
  const series = await readOwnSeries(session, facts.watched, facts.atEpochMs);
  const judgement = series === undefined ? NOT_JUDGED : judgeAlarm(series);
  const { onsetEpochMs: ownEpochMs = facts.atEpochMs, verdict } = judgement;
  // What began days ago is looked at where it hurts.
  const centerEpochMs = Math.max(ownEpochMs, facts.atEpochMs - lookbackMs);
  const window = windowAround(centerEpochMs, facts.atEpochMs, context.nowEpochMs, lookbackMs);
  const around = await lookAround(session, {
    own: [facts.watched, ...facts.others].flatMap(metricsOf),
    statistics: statisticsOf(facts.watched),
    alarmName: facts.alarm.name,
    onsetEpochMs: ownEpochMs,
    atEpochMs: facts.atEpochMs,
    window,
    isRecurring: verdict === 'recurring',
    ownShift: toOwnShift(facts.watched, judgement, ownEpochMs),
    logPlaces: logPlacesOf(facts.watched),
    maxScanGb: budget.gb,
  });
  const isMoved = verdict === 'changed' || verdict === 'recurring';
  const found = {
    session,
    facts,
    series,
    judgement,
    window,
    // What others do explains nothing where nothing happened here; an alarm without a series is another matter.
    around: isMoved || series === undefined ? around : { ...around, suspects: [] },
    onsetEpochMs: findOnset(judgement, around),
    nextCalls: suggestNext(session, around, window),
    warnings: budget.warnings,
  };
  return answerInvestigation(found, target);
}

const NOT_JUDGED: AlarmJudgement = { verdict: 'insufficient_data', why: 'it has no series that could be read' };

/** @throws AppError `invalid_input` for a time of which there can be no metrics: yet to come, or older than CloudWatch keeps them */
function readAt(text: string, nowEpochMs: number): number {
  const epochMs = parseTime(text, nowEpochMs, 'at');
  const fault =
    epochMs > nowEpochMs + MINUTE_MS
      ? 'lies in the future'
      : epochMs < nowEpochMs - RETENTION_MS
        ? 'is longer ago than the 455 days for which CloudWatch keeps metrics'
        : undefined;
  if (fault === undefined) return epochMs;
  throw new AppError(
    'invalid_input',
    `at ${JSON.stringify(text)} (${formatTime(epochMs)}) ${fault} → give the time of the trouble, or leave at out for the alarm's last change into ALARM.`,
  );
}

/** @throws AppError `invalid_input` */
function readLookback(text: string): number {
  const lookbackMs = parseDuration(text.replace(/^-/, ''));
  if (lookbackMs !== undefined && lookbackMs >= MINUTE_MS && lookbackMs <= MAX_LOOKBACK_MS) return lookbackMs;
  throw new AppError(
    'invalid_input',
    `lookback ${JSON.stringify(text)} is not a length of time from 1m to 24h → use one such as 2h or 90m.`,
  );
}

/** The first suspect may have moved before the alarm's own series did. */
function findOnset({ verdict, onsetEpochMs, isSlow }: AlarmJudgement, { firstEpochMs }: Around): number | undefined {
  if (onsetEpochMs === undefined || verdict === 'nothing_unusual') return undefined;
  const isEarlier =
    firstEpochMs !== undefined && firstEpochMs < onsetEpochMs && firstEpochMs >= onsetEpochMs - STORY_MS;
  return isEarlier && isSlow !== true ? firstEpochMs : onsetEpochMs;
}

function statisticsOf({ watch }: Alarm): ReadonlyMap<string, string> {
  return watch.type === 'metric' ? new Map([[metricKey(watch.metric), watch.metric.statistic]]) : new Map();
}

function toOwnShift({ watch }: Alarm, judgement: AlarmJudgement, atEpochMs: number): MetricShift | undefined {
  const { verdict, before = 0, after = 0, isStopped, isSlow = false, endedEpochMs, onsetEpochMs } = judgement;
  const isMoved = (verdict === 'changed' || verdict === 'recurring') && onsetEpochMs !== undefined;
  if (watch.type !== 'metric' || !isMoved) return undefined;
  const { metric } = watch;
  const direction = isStopped === true ? 'stopped' : after >= before ? 'up' : 'down';
  return {
    metric: {
      ...metric,
      resource: resourceOf(metric),
      role: roleOf(metric.metricName),
      layer: layerOf(metric),
      distance: 0,
    },
    statistic: metric.statistic,
    shift: { index: 0, before, after, deviations: 10, direction },
    atEpochMs,
    periodMs: MINUTE_MS,
    ...(endedEpochMs !== undefined && { endedEpochMs }),
    isRegular: false,
    isSlow,
  };
}

function logPlacesOf({ watch, name }: Alarm) {
  return watch.type === 'log' ? watch.logGroups.map((group) => ({ group, resource: name })) : [];
}
