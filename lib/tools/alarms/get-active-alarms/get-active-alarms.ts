import { z } from 'zod';
import { MAX_WIDE_TARGETS } from '../../../aws/ports/targets.ts';
import { alarmLink, alarmsLink, type ConsoleLink } from '../../../domain/console-links.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, nextToken, whereMany } from '../../../tool/params.ts';
import { describePlaces } from '../shared/where-asked.ts';
import { describeFiring, describeMarks, describeOthers, findNewest } from './answer.ts';
import { activeAlarmOutput, describeActiveAlarm, toActiveAlarmOutput } from './answer-row.ts';
import { describeTendencies } from './answer-value.ts';
import { explainQuiet } from './empty.ts';
import { gatherActiveAlarms, type ListedAlarm, toRows } from './read.ts';
import { type ActiveAlarmRow, readValues } from './read-values.ts';

const NAME = 'get_active_alarms';
/** An alarm's name has at most 255 characters (DescribeAlarms API reference). */
const MAX_NAME_CHARS = 255;

const outputSchema = z.object({
  firing: z.int().describe('alarms in ALARM, auto scaling ones aside'),
  insufficient_data: z.int().optional(),
  hidden_autoscaling: z.int(),
  alarms: z.array(activeAlarmOutput).describe('children stand after the composite alarm above them'),
});

export const getActiveAlarms = defineTool({
  name: NAME,
  title: 'Active alarms',
  description:
    'What is on fire: every metric, composite and log alarm in ALARM, newest change first, with what it watches, its threshold, its value now and whether it gets worse, why it fired and since when; muted, disabled and suppressed ones are marked; alarms below a firing composite stand under it. Ask it first in an incident, then get_alarm_history with a name from here.',
  toolset: 'alarms',
  annotations: READ_ONLY,
  inputSchema: z.object({
    max_items: maxItems(50, 500),
    name_prefix: z.string().min(1).max(MAX_NAME_CHARS).optional().describe('Only alarms whose name begins so'),
    include_insufficient_data: z.boolean().default(false).describe('Also alarms without data; default false'),
    include_autoscaling: z.boolean().default(false).describe('Also TargetTracking-* alarms; default false'),
    ...whereMany,
    next_token: nextToken,
  }),
  outputSchema,
  async handler(input, context) {
    const targets = context.targets.many(input, MAX_WIDE_TARGETS);
    const asked = [input.name_prefix, input.include_insufficient_data, input.include_autoscaling, targets];
    const { offset } = decodeCursor(NAME, asked, input.next_token);
    const query = {
      namePrefix: input.name_prefix,
      hasInsufficientData: input.include_insufficient_data,
      hasAutoScaling: input.include_autoscaling || input.name_prefix?.startsWith('TargetTracking-') === true,
    };

    const { answers, warnings: failures } = await askTargets(
      context.signal,
      targets,
      (target) => gatherActiveAlarms(context, target, query),
      (done, total) => context.reportProgress({ progress: done, total, message: 'accounts and regions asked' }),
    );
    const found = answers.map(({ value }) => value);
    const firing = toRows(found, 'firing');
    const insufficient = toRows(found, 'insufficient');
    const hidden = found.reduce((sum, { hiddenAutoScaling }) => sum + hiddenAutoScaling, 0);
    const rows = [...firing, ...insufficient];
    const listed = rows.slice(offset, offset + input.max_items);
    const { values, warnings: gaps } = await readValues(context, listed);
    const page = listed.map((row, index): ActiveAlarmRow => ({ ...row, ...values[index] }));
    const warnings = [...failures, ...found.flatMap((value) => value.warnings), ...gaps];
    const newest = findNewest(firing);
    const isComplete = failures.length === 0 && found.every((value) => value.isComplete);
    const total = isComplete ? rows.length : undefined;

    return {
      headline: describeFiring(firing, {
        nowEpochMs: context.nowEpochMs,
        targets,
        isComplete,
        namePrefix: input.name_prefix,
      }),
      targets: answers.map(({ target }) => target),
      facts: [
        ...describePlaces(
          rows.map(({ target }) => target),
          answers.map(({ target }) => target),
        ),
        ...describeTendencies(page),
        ...describeMarks(rows),
        ...describeOthers(insufficient.length, hidden, query.hasInsufficientData),
      ],
      list: {
        items: page.map((row) => describeActiveAlarm(row, context.nowEpochMs, targets.length > 1)),
        isUntrusted: true,
        total,
        noun: 'alarm',
        nextToken: (shown) =>
          offset + shown < rows.length ? encodeCursor(NAME, asked, { offset: offset + shown }) : undefined,
        narrowBy: 'pass name_prefix',
      },
      hints:
        rows.length === 0
          ? await explainQuiet(
              context,
              answers.map(({ target }) => target),
              input,
            )
          : [
              'get_alarm_history with alarm_name tells whether one flaps, which times to look at, and the arguments for its metric and logs; describe_alarms with names tells its whole configuration.',
            ],
      warnings,
      link: linkTo(rows, newest, targets[0]?.region ?? context.targets.defaultRegion),
      structured: ({ shown }) => ({
        firing: firing.length,
        insufficient_data: query.hasInsufficientData ? insufficient.length : undefined,
        hidden_autoscaling: hidden,
        alarms: page.slice(0, shown).map(toActiveAlarmOutput),
      }),
    };
  },
});

/** The alarm that fires alone, else the list where the newest one is. */
function linkTo(rows: readonly ListedAlarm[], newest: ListedAlarm | undefined, region: string): ConsoleLink {
  if (newest === undefined) return alarmsLink(region);
  return rows.length === 1 ? alarmLink(newest.target.region, newest.alarm.name) : alarmsLink(newest.target.region);
}
