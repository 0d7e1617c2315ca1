/** What describe_alarms says of names, prefixes and filters that no alarm has. */
import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { explainNoAlarms, explainPrefix, readNames } from '../get-active-alarms/empty.ts';
import { unknownAlarm } from '../shared/find-alarm.ts';
import { hintElsewhere } from '../shared/where-asked.ts';
import type { NamedAlarms } from './read.ts';
import type { AlarmAt } from './read-details.ts';

/** Names whose near names are looked for; further ones are counted. */
const MAX_MISSING = 3;

interface AlarmFilter {
  readonly name_prefix?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
}

/**
 * Names that no alarm has, as warnings with near names.
 * @throws AppError `not_found` when there is none of the names and nothing else narrows
 */
export async function explainMissing(
  context: ToolContext,
  { states = [], types = [] }: AlarmFilter,
  named: NamedAlarms | undefined,
  found: readonly AlarmAt[],
): Promise<readonly string[]> {
  // An alarm of another state or kind is missing for that reason.
  if (named === undefined || states.length > 0 || types.length > 0) return [];
  const known = new Set(found.map(({ alarm }) => alarm.name));
  const missing = named.wanted.filter(({ name }) => !known.has(name));
  const asked = missing.flatMap(({ name, targets: [target] }) => (target === undefined ? [] : [{ name, target }]));
  const errors = await inParallel(asked.slice(0, MAX_MISSING), MAX_MISSING, ({ name, target }) =>
    unknownAlarm(context, name, target),
  );
  const [first] = errors;
  if (first !== undefined && found.length === 0 && missing.length === 1) throw first;
  const left = missing.length - errors.length;
  return [
    ...errors.map(({ publicMessage }) => publicMessage),
    ...(left > 0 ? [`${left} more of the names do not exist.`] : []),
  ];
}

export async function explainNone(
  context: ToolContext,
  targets: readonly Target[],
  input: AlarmFilter,
): Promise<string[]> {
  const [target] = targets;
  const filters = [...(input.states?.length ? ['states'] : []), ...(input.types?.length ? ['types'] : [])];
  const read = target === undefined || targets.length > 1 ? undefined : await readNames(context, target);
  const prefix = input.name_prefix;
  return [
    ...(target === undefined || read === undefined
      ? []
      : read.names.length === 0
        ? [explainNoAlarms(target)]
        : prefix !== undefined && !read.names.some((name) => name.startsWith(prefix))
          ? [explainPrefix(prefix, read)]
          : [`${target.region} has ${read.count} in all.`]),
    ...(filters.length === 0 ? [] : [`Leave ${filters.join(' and ')} out to see alarms of every state and type.`]),
    ...(await hintElsewhere(context, targets)),
  ];
}
