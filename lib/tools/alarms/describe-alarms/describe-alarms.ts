import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { ALARM_KINDS, ALARM_STATES, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { alarmLink, allAlarmsLink, type ConsoleLink } from '../../../domain/console-links.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { AppError } from '../../../errors.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { maxItems, nextToken, whereMany } from '../../../tool/params.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { describeSince } from '../shared/alarm-notes.ts';
import { MAX_NAME_OR_ARN_CHARS } from '../shared/find-alarm.ts';
import { describeAsked } from '../shared/where-asked.ts';
import { describeAlarm, describeQuiet } from './answer.ts';
import { explainMissing, explainNone } from './empty.ts';
import { describedAlarmOutput, toDescribedAlarmOutput } from './output.ts';
import { type NamedAlarms, placeNames, selectAlarms } from './read.ts';
import { type AlarmAt, readDetails } from './read-details.ts';

const NAME = 'describe_alarms';
const MAX_NAMES = 100; // DescribeAlarms, AlarmNames
const MAX_NAME_CHARS = 255; // DescribeAlarms, AlarmNamePrefix
/** Of more alarms than this, those that are quiet get one line. */
const MAX_FULL = 25;

const inputSchema = z.object({
  names: z
    .array(z.string().min(1).max(MAX_NAME_OR_ARN_CHARS))
    .max(MAX_NAMES)
    .optional()
    .describe('Names or ARNs; upper and lower case count'),
  name_prefix: z.string().min(1).max(MAX_NAME_CHARS).optional().describe('Instead of names'),
  states: z.array(z.enum(ALARM_STATES)).max(ALARM_STATES.length).optional().describe('Default: all'),
  types: z.array(z.enum(ALARM_KINDS)).max(ALARM_KINDS.length).optional().describe('Default: all'),
  verbose: z.boolean().default(false).describe('Also quiet alarms of a long list in full; default false'),
  max_items: maxItems(50, 500),
  next_token: nextToken,
  ...whereMany,
});

const outputSchema = z.object({
  alarms: z.array(describedAlarmOutput),
});

type Input = z.output<typeof inputSchema>;

export const describeAlarms = defineTool({
  name: NAME,
  title: 'Configuration of alarms',
  description:
    'How alarms are configured, whatever their state: what each watches (metric, expression, query or rule), how many periods make it fire, missing data, actions, composite alarms above and alarms below, series in ALARM, mute rules. Names come from get_active_alarms; without names it lists all, firing ones first.',
  toolset: 'alarms',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const named = await chooseNames(context, input);
    const targets = named?.targets ?? context.targets.many(input);
    const { max_items: _limit, next_token: token, ...asked } = input;
    const { offset } = decodeCursor(NAME, asked, token);

    const { answers, warnings: failures } = await askTargets(
      context.signal,
      targets,
      (target) =>
        selectAlarms(context, target, {
          namesAt: named?.namesAt,
          namePrefix: input.name_prefix,
          states: input.states,
          kinds: input.types,
        }),
      targets.length === 1
        ? undefined
        : (progress, total) => context.reportProgress({ progress, total, message: 'accounts and regions asked' }),
    );
    const found = answers
      .flatMap(({ target, value }) => value.alarms.map((alarm): AlarmAt => ({ target, alarm })))
      .sort(byUrgency);
    const missing = await explainMissing(context, input, named, found);
    const page = found.slice(offset, offset + input.max_items);
    const { details, warnings: gaps } = await readDetails(context, page);

    const items = await mapInSlices(page, (at, index) =>
      found.length > MAX_FULL && at.alarm.state === 'OK' && named === undefined && !input.verbose
        ? describeQuiet(at, context.nowEpochMs, targets.length > 1)
        : describeAlarm(at, details[index] ?? {}, context.nowEpochMs, targets.length > 1),
    );

    const isComplete = failures.length === 0 && answers.every(({ value }) => value.isComplete);
    const total = isComplete ? found.length : undefined;
    const warnings = [
      ...failures,
      ...missing,
      ...answers
        .filter(({ value }) => !value.isComplete)
        .map(
          ({ target }) => `${target.account}/${target.region} has more alarms than could be read; pass name_prefix.`,
        ),
      ...gaps,
    ];
    return {
      headline: describeHeadline(found, { targets, isComplete, nowEpochMs: context.nowEpochMs }),
      targets: answers.map(({ target }) => target),
      list: {
        items,
        isUntrusted: true,
        total,
        noun: 'alarm',
        nextToken: (shown) =>
          offset + shown < found.length ? encodeCursor(NAME, asked, { offset: offset + shown }) : undefined,
        narrowBy: 'pass names, name_prefix, states or types',
      },
      hints:
        found.length === 0
          ? await explainNone(
              context,
              answers.map(({ target }) => target),
              input,
            )
          : ['get_alarm_history with alarm_name tells what one did, with ready arguments for its metric and logs.'],
      warnings,
      link: linkTo(found, targets),
      structured: ({ shown }) => ({
        alarms: page.slice(0, shown).map((at, index) => toDescribedAlarmOutput(at, details[index] ?? {})),
      }),
    };
  },
});

async function chooseNames(context: ToolContext, input: Input): Promise<NamedAlarms | undefined> {
  if (input.names === undefined || input.names.length === 0) return undefined;
  if (input.name_prefix !== undefined)
    throw new AppError('invalid_input', 'names and name_prefix are both given → pass one of them.');
  return placeNames(context, input);
}

function byUrgency(a: AlarmAt, b: AlarmAt): number {
  return (
    ALARM_STATES.indexOf(a.alarm.state) - ALARM_STATES.indexOf(b.alarm.state) ||
    stateSinceEpochMs(b.alarm) - stateSinceEpochMs(a.alarm) ||
    (a.alarm.name < b.alarm.name ? -1 : 1)
  );
}

function describeHeadline(
  found: readonly AlarmAt[],
  where: { readonly targets: readonly Target[]; readonly isComplete: boolean; readonly nowEpochMs: number },
): string {
  const [first] = found;
  const place = describeAsked(where.targets);
  if (first === undefined) return `No such alarm in ${place}${where.isComplete ? '' : ', as far as could be asked'}.`;
  const { alarm } = first;
  if (found.length === 1 && where.isComplete)
    return `${inlineName(alarm.name)} is ${alarm.state}${describeSince(alarm, where.nowEpochMs)}.`;
  const states = ALARM_STATES.map((state) => ({ state, count: found.filter((at) => at.alarm.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`);
  return `${where.isComplete ? '' : 'At least '}${found.length} ${nounOf(found.length, 'alarm')} in ${place}: ${states.join(', ')}.`;
}

function linkTo(found: readonly AlarmAt[], targets: readonly Target[]): ConsoleLink | undefined {
  const [first] = found;
  if (first !== undefined && found.length === 1) return alarmLink(first.target.region, first.alarm.name);
  const region = (first?.target ?? targets[0])?.region;
  return region === undefined ? undefined : allAlarmsLink(region);
}
