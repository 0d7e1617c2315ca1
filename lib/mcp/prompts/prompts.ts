/** Prompts: questions that people choose from a menu. Each names the tools, their order, and asks for evidence. Pure. */

/** What a value can be completed from. */
export type Completed = 'alarm' | 'log_group' | 'namespace';

export interface PromptArgument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly completed?: Completed;
}

type Values = Readonly<Record<string, string>>;

export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Without all of them the prompt is not offered. */
  readonly tools: readonly string[];
  readonly arguments: readonly PromptArgument[];
  readonly write: (values: Values) => string;
}

const EVIDENCE =
  'For each statement give the time in UTC, the value, and the tool that told it. Say what was not looked at. Do not call anything a cause that the answers do not show.';
const required = (name: string, description: string, completed?: Completed): PromptArgument => ({
  name,
  description,
  required: true,
  ...(completed !== undefined && { completed }),
});
const optional = (name: string, description: string, completed?: Completed): PromptArgument => ({
  ...required(name, description, completed),
  required: false,
});

export const PROMPTS: readonly Prompt[] = [
  {
    name: 'investigate',
    title: 'Investigate an alarm',
    description: 'Why does it fire: since when, what changed first, where to look',
    tools: ['investigate_alarm', 'get_active_alarms'],
    arguments: [
      required('alarm', 'Name of an alarm, or a symptom', 'alarm'),
      optional('since', 'When it began, e.g. -1h'),
    ],
    write: ({ alarm = '', since }) =>
      `Find out what is behind: ${alarm}${since === undefined ? '' : ` (since ${since})`}.
1. If that is no name of an alarm, get_active_alarms tells which alarm fits the symptom.
2. investigate_alarm with its name${since === undefined ? '' : ` and at=${since}`}.
3. Only if a suspect stays unclear: the next calls that the answer names.
Then tell: what is wrong and for whom, since when, what changed first, the first suspect and why, what to do next. ${EVIDENCE}`,
  },
  {
    name: 'post_mortem',
    title: 'Post-mortem',
    description: 'Timeline with evidence, impact, time to detection and to notification, gaps in alarms',
    tools: ['get_alarm_history', 'get_active_alarms'],
    arguments: [
      required('start', 'Begin, e.g. 2026-03-01T11:00Z or -6h'),
      optional('end', 'End; default now'),
      optional('scope', 'Part of the names of resources', 'alarm'),
    ],
    write: ({ start = '', end = 'now', scope }) =>
      `Write the post-mortem of the incident from ${start} to ${end}${scope === undefined ? '' : ` of ${scope}`}.
1. get_alarm_history for that time without a name, and what_changed where it is offered: which alarms fired, what changed, in which order.
2. investigate_alarm for the first of them, where it is offered: onset, what changed, examples.
3. get_alarm_history with include Action entries (history_item_type=All) of that alarm: who was told, when.
4. review_alarms, where it is offered, for what no alarm watched.
Give a table of UTC times with evidence, the impact in numbers, the time from onset to detection and to notification, and gaps in alarms. ${EVIDENCE}`,
  },
  {
    name: 'alarm_review',
    title: 'Review of alarms',
    description: 'Which alarms are useless, and what has none',
    tools: ['review_alarms'],
    arguments: [optional('prefix', 'Only alarms whose name begins so', 'alarm')],
    write: ({ prefix }) =>
      `Review the alarms${prefix === undefined ? '' : ` whose name begins with ${prefix}`}.
1. review_alarms${prefix === undefined ? '' : ` with name_prefix=${prefix}`}.
2. get_recommended_metric_alarms for the three most important metrics without alarm, with the ready calls.
Give three lists: to delete or mend, to change, to add (with templates). ${EVIDENCE}`,
  },
  {
    name: 'cost_of_logs',
    title: 'Cost of logs',
    description: 'Which log groups cost most, and what could cost less',
    tools: ['describe_log_groups'],
    arguments: [optional('log_group', 'Only log groups whose name begins so', 'log_group')],
    write: ({ log_group: group }) =>
      `Find out what the logs${group === undefined ? '' : ` of ${group}`} cost.
1. describe_log_groups${group === undefined ? '' : ` with log_group_name_prefix=${group}`}: the largest, their retention and class.
2. get_metric_data on AWS/Logs IncomingBytes of the largest, where it is offered: what they take in a day.
3. list_targets: what queries cost today; recommend_indexes_account, where it is offered: which of them scan most.
Tell the three largest savings with their numbers. ${EVIDENCE}`,
  },
  {
    name: 'compare',
    title: 'Compare two times',
    description: 'What is different between a time now and one before',
    tools: ['get_metric_data'],
    arguments: [
      required('start', 'Begin of the time in question, e.g. -1h'),
      optional('end', 'Its end; default now'),
      optional('baseline', 'Begin of the time before; default as long, just before'),
      optional('namespace', 'Only metrics of this namespace', 'namespace'),
    ],
    write: ({ start = '', end = 'now', baseline, namespace }) =>
      `Compare the time from ${start} to ${end} with ${baseline === undefined ? 'as long a time just before' : `the same length from ${baseline}`}${namespace === undefined ? '' : ` in ${namespace}`}.
1. what_changed for that time, where it is offered; else get_alarm_history without a name.
2. get_metric_data for both times with the metrics that changed.
3. analyze_log_group on the log group of the resource that changed most, where it is offered.
Give a table of before, after and change, the largest first, and what stayed the same. ${EVIDENCE}`,
  },
];

/** Longer values are no names. */
const MAX_VALUE_CHARS = 300;

/** A value of the user's own on one line. */
export function cleanValue(value: string): string {
  return value.replace(/\s+/g, ' ').trim().slice(0, MAX_VALUE_CHARS);
}

/** Those whose tools are all switched on. */
export function selectPrompts(has: (tool: string) => boolean): readonly Prompt[] {
  return PROMPTS.filter(({ tools }) => tools.every(has));
}
