/** Why nothing fires, and what to try: an empty list alone leaves a model in the dark. */
import type { Target } from '../../../aws/ports/targets.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { findNearest } from '../../../domain/text/nearest.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../shared/collect-pages.ts';
import { hintElsewhere } from '../shared/where-asked.ts';

/** Names compared with a prefix that matches nothing. */
const MAX_COMPARED = 1_000;

interface QuietInput {
  readonly name_prefix?: string | undefined;
  readonly include_insufficient_data: boolean;
}

export async function explainQuiet(
  context: ToolContext,
  targets: readonly Target[],
  input: QuietInput,
): Promise<string[]> {
  const hints: string[] = [];
  const [target] = targets;
  if (targets.length === 1 && target !== undefined) hints.push(...(await explainTarget(context, target, input)));
  if (!input.include_insufficient_data)
    hints.push('include_insufficient_data=true adds alarms that have no data to judge by.');
  hints.push(...(await hintElsewhere(context, targets)));
  return hints;
}

async function explainTarget(context: ToolContext, target: Target, input: QuietInput): Promise<string[]> {
  const read = await readNames(context, target);
  if (read === undefined) return [];
  const { names, count } = read;
  if (names.length === 0) return [explainNoAlarms(target)];
  const prefix = input.name_prefix;
  if (prefix === undefined)
    return [`${target.region} has ${count}, ${names.length === 1 ? 'not' : 'none of them'} in ALARM.`];
  const matching = names.filter((name) => name.startsWith(prefix)).length;
  if (matching === 1) return [`One alarm begins with ${inlineName(prefix)}, and it is not in ALARM.`];
  if (matching > 0) return [`${matching} alarms begin with ${inlineName(prefix)}, none of them in ALARM.`];
  return [explainPrefix(prefix, read)];
}

interface AlarmNames {
  readonly names: readonly string[];
  /** In words, e.g. `more than 1,000 alarms`. */
  readonly count: string;
}

/** Names of alarms of every state and kind; undefined where they cannot be read. */
export async function readNames(context: ToolContext, target: Target): Promise<AlarmNames | undefined> {
  const port = context.aws(target).alarms;
  const limits = { maxItems: MAX_COMPARED, hasTime: context.hasTime };
  const read = await attempt(context.signal, collectPages(port.describeAlarms({}, context.signal), limits));
  if ('error' in read) return undefined;
  const names = read.value.items.map(({ name }) => name);
  return { names, count: `${read.value.isComplete ? '' : 'more than '}${countOf(names.length, 'alarm')}` };
}

export function explainNoAlarms(target: Target): string {
  return `There is no alarm at all in ${target.region}: is it the right region and account?`;
}

/** What a prefix that no name has may have meant. */
export function explainPrefix(prefix: string, { names, count }: AlarmNames): string {
  const near = findNearPrefix(prefix, names);
  return `None of ${count} begins with ${inlineName(prefix)} (upper and lower case count)${near.length === 0 ? '' : `; near names: ${near.map(inlineName).join(', ')}`}.`;
}

const MAX_NEAR = 3;

/** Names near to the prefix, else those that begin with something near to it. */
function findNearPrefix(prefix: string, names: readonly string[]): readonly string[] {
  const whole = findNearest(prefix, names, MAX_NEAR);
  if (whole.length > 0) return whole;
  const heads = findNearest(prefix, new Set(names.map((name) => name.slice(0, prefix.length))), MAX_NEAR);
  return heads.flatMap((head) => names.filter((name) => name.startsWith(head))).slice(0, MAX_NEAR);
}
