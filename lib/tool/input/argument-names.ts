/** Which argument a sent name means: as published, spelt otherwise, a client's own addition, or nothing. */
import { findNearest } from '../../domain/text/nearest.ts';
import { findName } from './read-argument.ts';
import { isPlainObject, parseJson, tooMany } from './reading.ts';

/** What clients and frameworks add to calls; it says nothing to us. */
const ADDED_BY_CLIENTS = new Set(
  `explanation random_string dummy placeholder no_args no_params reasoning rationale thought thoughts thinking intent
  tool_summary tool_action security_risk task_progress requires_approval wait_for_previous_tools _meta tool_call_id
  run_manager callbacks`
    .split(/\s+/)
    .map(bare),
);
/** More than any tool has with all that clients add; each name is compared with those that a tool has. */
const MAX_ARGUMENTS = 100;
/** Around all arguments, by clients that wrap a call's keywords once more. */
const WRAPPERS = new Set(['kwargs', 'args', 'arguments', 'input', 'params', 'parameters', 'tool_input'].map(bare));

/** Names of one thing, here or elsewhere; the first of them that a tool has is meant. */
const FAMILIES: readonly (readonly string[])[] = [
  [
    'log_group',
    'log_group_names',
    'log_group_arn',
    'log_group_identifier',
    'log_group_identifiers',
    'log_group_name',
    'log_groups',
    'log_group_arns',
  ],
  ['start_time', 'start', 'from', 'from_time', 'since'],
  ['end_time', 'end', 'to', 'to_time', 'until'],
  ['query', 'query_string'],
  ['alarm_name', 'names', 'alarm_names', 'alarm'],
  ['name_prefix', 'prefix', 'alarm_name_prefix', 'dashboard_name_prefix'],
  ['states', 'state', 'state_value', 'state_values'],
  ['types', 'type', 'alarm_types', 'alarm_type'],
  ['max_items', 'limit', 'max_results', 'max_records', 'max_count', 'page_size'],
  ['statistic', 'stat', 'statistics'],
  ['region', 'regions', 'aws_region', 'region_name'],
  ['account', 'accounts', 'account_id', 'account_ids', 'aws_account', 'aws_account_id'],
  ['name', 'dashboard_name', 'dashboard'],
];

function bare(name: string): string {
  return name.replaceAll(/[\s_-]/g, '').toLowerCase();
}

export interface NamedArguments {
  /** By the tool's own names. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Names that mean nothing. */
  readonly unknown: readonly string[];
  /** Names of {@link nameArguments}'s `ignored`. */
  readonly ignored: readonly string[];
}

/**
 * @param valid the tool's arguments
 * @param ignored names of other servers without a meaning here
 */
export function nameArguments(
  args: Readonly<Record<string, unknown>>,
  valid: readonly string[],
  ignored: readonly string[],
): NamedArguments {
  const values = new Map<string, unknown>();
  const found = { values, unknown: [] as string[], ignored: [] as string[] };
  const others: [string, unknown][] = [];
  const sent = unwrapArguments(args, valid);
  if (sent.length > MAX_ARGUMENTS)
    throw tooMany('the call', `${sent.length} arguments were sent, at most ${MAX_ARGUMENTS}`);
  for (const [name, value] of sent) {
    if (valid.includes(name)) values.set(name, value);
    else if (ignored.includes(name)) found.ignored.push(name);
    else others.push([name, value]);
  }
  for (const [name, value] of others) {
    const meant = findName(name, valid) ?? findRelative(name, valid);
    if (meant !== undefined && !values.has(meant)) values.set(meant, value);
    else if (!ADDED_BY_CLIENTS.has(bare(name))) found.unknown.push(name);
  }
  return found;
}

/** Keywords that are wrapped once more, e.g. `{"kwargs": {"max_items": 5}}`; an empty wrapper is dropped. */
function unwrapArguments(args: Readonly<Record<string, unknown>>, valid: readonly string[]): [string, unknown][] {
  return Object.entries(args).flatMap(([name, value]): [string, unknown][] => {
    if (valid.includes(name) || !WRAPPERS.has(bare(name))) return [[name, value]];
    const inner = typeof value === 'string' ? (parseJson(value) ?? value) : value;
    if (isPlainObject(inner)) return Object.entries(inner).filter(([key]) => !Object.hasOwn(args, key));
    const isEmpty = inner === null || inner === '' || (Array.isArray(inner) && inner.length === 0);
    return isEmpty ? [] : [[name, value]];
  });
}

function findRelative(name: string, valid: readonly string[]): string | undefined {
  const family = FAMILIES.find((members) => members.some((member) => bare(member) === bare(name)));
  return family?.find((member) => valid.includes(member));
}

/** One clause for a name that means nothing. */
export function describeUnknown(name: string, valid: readonly string[]): string {
  const [nearest] = findNearest(name, valid, 1);
  return `unknown argument ${JSON.stringify(name.slice(0, 60))}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`;
}
