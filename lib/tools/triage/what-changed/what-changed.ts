import { z } from 'zod';
import { MAX_WIDE_TARGETS, type Target } from '../../../aws/ports/targets.ts';
import { alarmsLink } from '../../../domain/console-links.ts';
import { type LogGroupId, parseLogGroupIds, regionOfLogGroups } from '../../../domain/logs/log-group-id.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import {
  DAY_MS,
  formatTime,
  HOUR_MS,
  MINUTE_MS,
  resolveRange,
  SECOND_MS,
  type TimeRange,
} from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, whereMany } from '../../../tool/params.ts';
import type { Answer } from '../../../tool/types.ts';
import {
  describeCost,
  type Findings,
  listChanges,
  structureFindings,
  writeSections,
} from '../shared/answer-findings.ts';
import type { LogPlace } from '../shared/choose-log-groups.ts';
import { lookAround } from '../shared/look-around.ts';
import { suggestNext } from '../shared/next-calls.ts';
import { findingsOutput } from '../shared/output.ts';
import type { ShiftWindow } from '../shared/read-shifts.ts';
import { type Session, startSession } from '../shared/session.ts';
import { countAlarmChanges } from './read-targets.ts';

const MAX_RANGE_MS = DAY_MS;
/** Minutes before the range tell what is usual, at least so many. */
const MIN_USUAL_MS = HOUR_MS;
const DAYS_BACK: Readonly<Record<string, readonly number[]>> = { previous: [1, 7], '1d': [1], '7d': [7] };

const inputSchema = z.object({
  ...timeRange('-1h'),
  baseline: z.enum(['previous', '1d', '7d']).default('previous').describe('Days whose course is usual; previous: both'),
  scope: z.string().min(1).max(200).optional().describe('Part of a name of metric or resource'),
  log_group_names: z.array(z.string().min(1).max(512)).max(3).optional().describe('Whose logs to compare'),
  dimensions: z
    .array(z.object({ name: z.string().min(1).max(255), value: z.string().min(1).max(1_024) }))
    .max(10)
    .optional()
    .describe('Only metrics with all of these'),
  ...whereMany,
});
type Input = z.output<typeof inputSchema>;

const outputSchema = z.object({
  start_time: z.string(),
  end_time: z.string(),
  onset: z.string().nullable(),
  ...findingsOutput,
  other_targets: z.array(z.object({ account: z.string(), region: z.string(), alarm_changes: z.int() })),
});

export const whatChanged = defineTool({
  name: 'what_changed',
  title: 'Say what changed',
  description:
    'What changed in a time, without an alarm to begin with: metrics, log patterns and fields, alarms, dashboard marks and configuration in order of time, and where to look first; in the account and region with the most changes of alarms, with the number of those in the others.',
  toolset: 'triage',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  isShared: true,
  async handler(input, context) {
    const range = resolveRange(input.start_time, input.end_time, context.nowEpochMs);
    refuseLong(range);
    const groups = parseLogGroupIds(input.log_group_names ?? [], []);
    const place =
      input.regions === undefined ? { region: regionOfLogGroups(groups, input.region) ?? input.region } : {};
    const targets = context.targets.many({ ...input, ...place }, MAX_WIDE_TARGETS);
    const { answers, warnings } = await askTargets(context.signal, targets, (target) =>
      countAlarmChanges(context, target, { range, isOneOfMany: targets.length > 1 }),
    );
    const [most, ...others] = [...answers].sort((a, b) => b.value - a.value);
    const target = most?.target ?? context.targets.one({ ...input, ...place });
    const session = await startSession(context, target);
    return look(session, input, range, groups)
      .then((findings) => toAnswer(findings, range, others, warnings))
      .finally(session.end);
  },
});

/** @throws AppError `invalid_input` */
function refuseLong({ startEpochMs, endEpochMs }: TimeRange): void {
  if (endEpochMs - startEpochMs <= MAX_RANGE_MS) return;
  throw new AppError(
    'invalid_input',
    'what_changed looks at 24 hours at most → narrow start_time and end_time to when the trouble began.',
  );
}

async function look(
  session: Session,
  input: Input,
  { startEpochMs, endEpochMs }: TimeRange,
  groups: readonly LogGroupId[],
): Promise<Findings> {
  const minute = (epochMs: number): number => Math.floor(epochMs / MINUTE_MS) * MINUTE_MS;
  const { nowEpochMs, config } = session.context;
  const window: ShiftWindow = {
    startEpochMs: minute(startEpochMs - Math.max(MIN_USUAL_MS, endEpochMs - startEpochMs)),
    usualEndEpochMs: minute(startEpochMs),
    // The newest minutes are not final.
    endEpochMs: minute(Math.min(endEpochMs, nowEpochMs - 3 * MINUTE_MS)),
  };
  const around = await lookAround(session, {
    own: [],
    statistics: new Map(),
    atEpochMs: Math.min(endEpochMs, nowEpochMs),
    window,
    daysBack: DAYS_BACK[input.baseline] ?? [1],
    isRecurring: false,
    scope: input.scope,
    dimensions: input.dimensions,
    logPlaces: groups.flatMap((group) => placeOf(session, group)),
    maxScanGb: config.maxScanGb,
  });
  return { session, around, window, nextCalls: suggestNext(session, around, window) };
}

/** A log group that is named by ARN may be one of a linked account, or of another region than the one that is looked at. */
function placeOf({ target, notLookedAt }: Session, { name, region, accountId }: LogGroupId): readonly LogPlace[] {
  if (region !== undefined && region !== target.region) {
    notLookedAt.push(`logs of ${name}: it lies in ${region}`);
    return [];
  }
  const owner = accountId === target.accountId ? {} : { accountId };
  return [{ group: name, ...owner, resource: name.slice(name.lastIndexOf('/') + 1) }];
}

function toAnswer(
  findings: Findings,
  { startEpochMs, endEpochMs }: TimeRange,
  others: readonly { readonly target: Target; readonly value: number }[],
  warnings: readonly string[],
): Answer<z.input<typeof outputSchema>> {
  const { session, around, window } = findings;
  const changed = others.filter(({ value }) => value > 0);
  const isQuiet = around.shifts.length === 0;
  const [suspect] = around.suspects;
  const [from, until] = [startEpochMs, endEpochMs].map((epochMs) =>
    formatTime(Math.floor(epochMs / SECOND_MS) * SECOND_MS),
  );
  const times = `${from} – ${until}`;
  const first = suspect === undefined ? '' : `; look first at ${inlineName(suspect.resource)}`;
  return {
    headline: isQuiet
      ? `No metric left its usual in ${times}; ${countOf(around.changes.length, 'other change')}.`
      : `${countOf(around.changes.length, 'change')} in ${times}, most since ${formatTime(around.onsetEpochMs)}${first}.`,
    targets: [session.target],
    facts: [
      `Usual: ${formatTime(window.startEpochMs)} – ${formatTime(window.usualEndEpochMs)}.`,
      ...(changed.length === 0
        ? []
        : [
            `Changes of alarms elsewhere: ${changed
              .slice(0, 8)
              .map(({ target, value }) => `${target.account}/${target.region} ${value}`)
              .join(', ')}.`,
          ]),
      describeCost(session),
    ],
    list: listChanges(around.changes),
    sections: writeSections(findings),
    hints: isQuiet ? ['Widen start_time. regions=["all"] asks everywhere. get_active_alarms tells what fires.'] : [],
    warnings,
    link: alarmsLink(session.target.region),
    structured: () => ({
      start_time: formatTime(startEpochMs),
      end_time: formatTime(endEpochMs),
      onset: isQuiet ? null : formatTime(around.onsetEpochMs),
      ...structureFindings(findings),
      other_targets: changed.map(({ target, value }) => ({
        account: target.account,
        region: target.region,
        alarm_changes: value,
      })),
    }),
  };
}
