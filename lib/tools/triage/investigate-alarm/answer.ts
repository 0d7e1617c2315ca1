/** The page on one alarm: the headline answers, then what changed and where to look first. */
import type { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { summarizeActivity } from '../../../domain/alarms/alarm-activity.ts';
import { describeHistoryItem } from '../../../domain/alarms/alarm-history.ts';
import { describeRhythm } from '../../../domain/alarms/alarm-rhythm.ts';
import { COMPARISON_SIGNS } from '../../../domain/alarms/alarm-watch.ts';
import { alarmLink } from '../../../domain/console-links.ts';
import type { AlarmJudgement } from '../../../domain/investigation/judge-alarm.ts';
import { formatNumber } from '../../../domain/metrics/metric-value.ts';
import { cleanLine, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import { DAY_MS, formatDuration, formatTime, MINUTE_MS, SECOND_MS } from '../../../domain/time.ts';
import type { Answer, Section } from '../../../tool/types.ts';
import {
  describeCost,
  describeUnchanged,
  type Findings,
  listChanges,
  structureFindings,
  writeSections,
} from '../shared/answer-findings.ts';
import type { investigationOutput } from './output.ts';
import type { AlarmFacts } from './read-alarm.ts';
import type { OwnSeries } from './read-own-series.ts';

export interface Investigation extends Findings {
  readonly facts: AlarmFacts;
  readonly series: OwnSeries | undefined;
  readonly judgement: AlarmJudgement;
  readonly onsetEpochMs: number | undefined;
  readonly warnings: readonly string[];
}

const MAX_TOLD = 3;
const TOLD_MS = 5 * MINUTE_MS;
const MAX_NAMES = 6;

export function answerInvestigation(found: Investigation, target: Target): Answer<z.input<typeof investigationOutput>> {
  const { facts, judgement, around, session, window } = found;
  const moved = new Set(around.shifts.map(({ metric }) => metric.resource));
  const unchanged = describeUnchanged(around.unchanged, moved);
  return {
    headline: describeHeadline(found),
    targets: [target],
    facts: [
      `Usual: ${formatTime(window.startEpochMs)} – ${formatTime(window.usualEndEpochMs)}, and the same hours a day and a week before.`,
      describePast(found),
      ...(unchanged.length === 0
        ? []
        : [
            `Unchanged: ${listSome(unchanged.map(inlineName), MAX_NAMES)} (${countOf(around.unchanged.length, 'metric')}).`,
          ]),
      describeCost(session),
    ],
    list: listChanges(around.changes),
    sections: [tellNotified(facts), ...writeSections(found)],
    warnings: found.warnings,
    link: alarmLink(target.region, facts.alarm.name),
    structured: () => ({
      alarm: facts.alarm.name,
      state: facts.alarm.state,
      verdict: judgement.verdict,
      onset: found.onsetEpochMs === undefined ? null : formatTime(found.onsetEpochMs),
      ...structureFindings(found),
    }),
  };
}

function describeHeadline(found: Investigation): string {
  const { facts, judgement, onsetEpochMs, around, session } = found;
  const { alarm, watched } = facts;
  const since = stateSinceEpochMs(alarm);
  const forLong =
    since === 0 ? '' : ` since ${formatTime(since)} (${formatDuration(session.context.nowEpochMs - since)})`;
  const by = watched.name === alarm.name ? '' : `, by ${inlineName(watched.name)}`;
  const state = `${inlineName(alarm.name)} is ${alarm.state}${forLong}${by}`;
  const [suspect] = around.suspects;
  const look = suspect === undefined ? '' : ` Look first at ${inlineName(suspect.resource)}.`;
  const value = describeValue(found);
  switch (judgement.verdict) {
    case 'changed':
      return `${state}. It began ${describeOnset(judgement, onsetEpochMs, suspect?.resource)}${judgement.why}${value}.${look}`;
    case 'recurring':
      return `${state}. This recurs: ${judgement.why}${value}.${look}`;
    case 'nothing_unusual': {
      // Of an alarm that has fired for days, its beginning may lie before all data.
      const isLasting = alarm.state === 'ALARM' && session.context.nowEpochMs - since >= DAY_MS;
      const verdict = isLasting ? 'No change was found, which is no all-clear' : 'Nothing unusual';
      return `${state}. ${verdict}: ${judgement.why}${value}.`;
    }
    case 'insufficient_data':
      return `${state}. Whether it is unusual cannot be judged: ${judgement.why}${value}.${look}`;
  }
}

/** Its own series moves later than that of what it waits for: both times are told. */
function describeOnset(
  { onsetEpochMs: ownEpochMs }: AlarmJudgement,
  onsetEpochMs: number | undefined,
  resource: string | undefined,
): string {
  if (onsetEpochMs === undefined) return 'at an unknown time: ';
  const time = `at ${formatTime(onsetEpochMs)}`;
  const laterMs = (ownEpochMs ?? onsetEpochMs) - onsetEpochMs;
  if (laterMs <= 0 || resource === undefined) return `${time}: `;
  return `${time} with ${inlineName(resource)}; ${formatDuration(laterMs)} later `;
}

/** E.g. `, 0.3 → 93, now 88 (threshold > 15), falling`. */
function describeValue({ judgement, series, facts }: Investigation): string {
  if (series === undefined) return '';
  const { before, after } = judgement;
  const course =
    before === undefined || after === undefined || judgement.isStopped === true
      ? ''
      : ` (${formatNumber(before)} → ${formatNumber(after)})`;
  const { condition } = facts.watched;
  const isSamePeriod = (condition.periodSeconds ?? 60) * SECOND_MS === series.recentPeriodMs || !series.isCount;
  const { values } = series.recent;
  const last = values.at(-1);
  if (last === undefined) return course;
  const sign = COMPARISON_SIGNS[condition.operator ?? ''];
  const limit =
    sign === undefined || condition.threshold === undefined || !isSamePeriod
      ? ''
      : ` (alarms ${sign} ${formatNumber(condition.threshold)})`;
  const { endedEpochMs } = judgement;
  // Of what is usual again there is no course to tell.
  const how = endedEpochMs === undefined ? describeCourse(values) : `, usual again since ${formatTime(endedEpochMs)}`;
  return `${course}, last ${formatNumber(last)}${limit}${how}`;
}

const RECENT = 5;

function describeCourse(values: readonly number[]): string {
  const mean = (part: readonly number[]): number =>
    part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
  const [now, before] = [mean(values.slice(-RECENT)), mean(values.slice(-2 * RECENT, -RECENT))];
  if (Math.abs(now - before) <= 0.1 * Math.max(Math.abs(now), Math.abs(before))) return ', steady';
  return now > before ? ', rising' : ', falling';
}

function describePast({ facts, session }: Investigation): string {
  if (!facts.isHistoryKnown) return 'Whether it fired before is not known.';
  const { nowEpochMs } = session.context;
  const range = { startEpochMs: nowEpochMs - 30 * DAY_MS, endEpochMs: nowEpochMs };
  const { firings, rhythm, flapping } = summarizeActivity(facts.changes, range);
  const how = rhythm === undefined ? (flapping === undefined ? '' : ', it flaps') : `, ${describeRhythm(rhythm)}`;
  const earlier = facts.changes
    .filter(({ to }) => to === 'ALARM')
    .map(({ epochMs }) => formatTime(epochMs))
    .at(-2);
  return `Fired ${countOf(firings, 'time')} in 30 days${how}${earlier === undefined ? '' : `; before this at ${earlier}`}.`;
}

/** Who was told of the change, and why nobody was. */
function tellNotified({ alarm, items, isHistoryKnown, atEpochMs, mutedBy, parents }: AlarmFacts): Section {
  const actions = items
    .filter(
      ({ type, epochMs }) => type === 'Action' && epochMs >= atEpochMs - MINUTE_MS && epochMs <= atEpochMs + TOLD_MS,
    )
    .slice(0, MAX_TOLD)
    .map((item) => clip(describeHistoryItem(item), 160));
  const reasons = [
    ...(alarm.actionsEnabled ? [] : ['its actions are switched off']),
    ...(alarm.alarmActions.length === 0 ? ['it has no action for ALARM'] : []),
    ...mutedBy.map((rule) => `muted by ${rule}`),
    ...(alarm.suppression?.suppressedBy === undefined ? [] : [`suppressed by ${alarm.suppression.suppressedBy}`]),
  ];
  const above = parents.length === 0 ? [] : [`above it: ${listSome(parents, MAX_TOLD)}`];
  const nothing = isHistoryKnown ? 'no action is recorded' : 'not known, since its history could not be read';
  const told = actions.length === 0 && reasons.length === 0 ? [nothing] : [...actions, ...reasons];
  return { title: 'Who was told:', items: [cleanLine([...told, ...above].join('; '))], isUntrusted: true };
}
