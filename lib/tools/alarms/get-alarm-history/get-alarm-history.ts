import { z } from 'zod';
import { stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { summarizeActivity } from '../../../domain/alarms/alarm-activity.ts';
import { HISTORY_ITEM_TYPES } from '../../../domain/alarms/alarm-history.ts';
import { describeWatch } from '../../../domain/alarms/alarm-watch.ts';
import { alarmLink } from '../../../domain/console-links.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { formatTime, resolveRange, SECOND_MS } from '../../../domain/time.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { nextToken, timeRange, where } from '../../../tool/params.ts';
import { MAX_NAME_OR_ARN_CHARS, resolveAlarm } from '../shared/find-alarm.ts';
import { activityMembers, activityOutput, describeActivity, describeHeadline, describeNext } from './answer.ts';
import { alarmSummaryOutput, answerAll } from './answer-all.ts';
import { suggestCalls } from './answer-calls.ts';
import { historyEntryOutput, toHistoryRows } from './answer-rows.ts';
import { changedFirst, describeWindow, findWindows, spanOf, toWindowOutput, windowOutput } from './answer-windows.ts';
import { keepRetained, toWholeSeconds } from './arguments.ts';
import { readHistory } from './read.ts';
import { readAllHistory } from './read-all.ts';

const NAME = 'get_alarm_history';
const MAX_ITEMS = 500;
const DEFAULT_ITEMS = 50;
/** What flaps or fires by the clock says the same again and again. */
const REPEATED_ITEMS = 10;

const outputSchema = z.object({
  alarm: z.string().optional(),
  state: z.string().optional().describe('now; absent when the alarm was deleted'),
  start_time: z.string(),
  end_time: z.string(),
  ...activityOutput,
  is_flapping: activityOutput.is_flapping.optional(),
  alarms: z.array(alarmSummaryOutput).optional().describe('without alarm_name: those that changed'),
  entries: z.array(historyEntryOutput).optional().describe('newest first'),
  windows: z.array(windowOutput).optional().describe('times to look at, newest first'),
  next_calls: z.array(z.object({ tool: z.string(), arguments: z.string().describe('JSON') })).optional(),
});

export const getAlarmHistory = defineTool({
  name: NAME,
  title: 'Alarm history',
  description:
    'What one alarm did: each change of state with reason and datapoints, how often and how long it fired, whether it flaps or fires by the clock, and the time windows worth investigating, with ready arguments for get_metric_data and execute_log_insights_query. Without alarm_name all alarms that changed: which flap, which fire daily, which most. CloudWatch keeps 30 days.',
  toolset: 'alarms',
  annotations: READ_ONLY,
  inputSchema: z.object({
    alarm_name: z
      .string()
      .min(1)
      .max(MAX_NAME_OR_ARN_CHARS)
      .optional()
      .describe('Name or ARN; upper and lower case count; default: all'),
    ...timeRange('-24h'),
    history_item_type: z
      .enum([...HISTORY_ITEM_TYPES, 'All'])
      .default('StateUpdate')
      .describe('Kind of entries; default StateUpdate'),
    max_items: z
      .int()
      .min(1)
      .max(MAX_ITEMS)
      .optional()
      .describe(`1–${MAX_ITEMS}; default ${DEFAULT_ITEMS}, ${REPEATED_ITEMS} where entries repeat`),
    include_component_alarms: z
      .boolean()
      .default(false)
      .describe('Also the alarms below a composite one; default false'),
    ...where,
    next_token: nextToken,
  }),
  outputSchema,
  async handler(input, context) {
    const { range, notes } = keepRetained(
      toWholeSeconds(resolveRange(input.start_time, input.end_time, context.nowEpochMs)),
      context.nowEpochMs,
    );
    const { next_token: token, max_items: limit, ...asked } = input;
    const { offset } = decodeCursor(NAME, asked, token);
    const tokenAt = (place: number): string => encodeCursor(NAME, asked, { offset: place });
    if (input.alarm_name === undefined) {
      const target = context.targets.one(input);
      const maxItems = limit ?? DEFAULT_ITEMS;
      const all = { target, range, offset, maxItems, notes, ignored: namesIgnored(input), tokenAt };
      return answerAll(await readAllHistory(context, target, range), all);
    }
    const { name, target } = await resolveAlarm(context, { ...input, alarm_name: input.alarm_name });

    const history = await readHistory(context, {
      target,
      name,
      range,
      type: input.history_item_type,
      hasComponents: input.include_component_alarms,
    });
    const { alarm, covered } = history;
    const span = spanOf(alarm, history.changes);
    const activity = summarizeActivity(history.changes, covered, {
      current: alarm === undefined ? undefined : { state: alarm.state, sinceEpochMs: stateSinceEpochMs(alarm) },
      evaluationMs: span.periodSeconds * span.evaluationPeriods * SECOND_MS,
    });
    const windows = findWindows(history, context.nowEpochMs);
    const [newest] = windows;
    const calls =
      newest === undefined
        ? []
        : suggestCalls([...changedFirst(history, newest), ...history.firingBelow], newest, target);
    const { entries } = history;
    const total = history.isComplete ? entries.length : undefined;
    const isRepeated = activity.flapping !== undefined || activity.rhythm !== undefined;
    const end = offset + (limit ?? (isRepeated ? REPEATED_ITEMS : DEFAULT_ITEMS));
    const page = toHistoryRows(entries, [offset, end], history.components.length > 0);

    return {
      headline: describeHeadline(name, history, activity, range, context.nowEpochMs),
      targets: [target],
      facts: [...describeActivity(activity, covered), ...notes],
      list: {
        items: page.map(({ text }) => text),
        isUntrusted: true,
        total,
        noun: 'entry',
        nounPlural: 'entries',
        nextToken: (shown) => (offset + shown < entries.length ? tokenAt(offset + shown) : undefined),
        narrowBy: 'pass a later start_time',
      },
      sections: [
        { title: 'Windows to investigate, newest first:', items: windows.map(describeWindow) },
        {
          title: 'The alarm and ready arguments for the newest window:',
          items: [
            ...(alarm === undefined ? [] : [`watches: ${describeWatch(alarm)}`]),
            ...history.firingBelow.map(
              (child) => `below it: ${cleanLine(child.name)} (${child.state}) watches ${describeWatch(child)}`,
            ),
            ...calls.map(({ tool, args }) => `${tool} ${args}`),
          ],
          isUntrusted: true,
          hasCalls: true,
        },
      ],
      hints: describeNext(history, input, entries.length),
      warnings: history.warnings,
      link: alarmLink(target.region, name),
      structured: ({ shown }) => ({
        alarm: name,
        state: alarm?.state,
        start_time: formatTime(range.startEpochMs),
        end_time: formatTime(range.endEpochMs),
        ...activityMembers(activity),
        entries: page.slice(0, shown).map(({ output }) => output),
        windows: windows.map(toWindowOutput),
        next_calls: calls.map(({ tool, args }) => ({ tool, arguments: args })),
      }),
    };
  },
});

/** Arguments that mean something for one alarm only. */
function namesIgnored(input: {
  readonly history_item_type: string;
  readonly include_component_alarms: boolean;
}): string[] {
  return [
    ...(input.history_item_type === 'StateUpdate' ? [] : ['history_item_type']),
    ...(input.include_component_alarms ? ['include_component_alarms'] : []),
  ];
}
