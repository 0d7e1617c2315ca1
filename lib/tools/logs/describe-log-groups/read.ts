/** What `describe_log_groups` asks of one account and region. */
import type { LogGroup, LogGroupFilter, LogGroupPlace, SavedQuery } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { findOthers } from '../../../tool/usable-accounts.ts';
import { hintNoGroups } from './answer.ts';
import type { Order } from './arguments.ts';
import { type WalkedGroups, walkGroups } from './read-walk.ts';

/** Of DescribeQueryDefinitions; an account may have this many. */
const MAX_SAVED_QUERIES_READ = 1_000;
/** Names that a name without match is compared with. */
const MAX_COMPARED_GROUPS = 500;
/** Log groups whose sizes are compared: in one account and region, and over all of a call (50 a request). */
const MAX_SORTED = 2_000;
const MAX_SORTED_IN_ALL = 5_000;
/** Log groups that are only counted, over all of a call. */
const MAX_COUNTED_IN_ALL = 500;
/** Of DescribeLogGroups. */
const PAGE_SIZE = 50;

export interface LogGroupQuestion {
  readonly filter: LogGroupFilter;
  readonly order: Order;
  /** Of the first one; only by name. */
  readonly place: LogGroupPlace;
  /** By name: so many are wanted. */
  readonly limit: number;
  readonly hasSavedQueries: boolean;
  /** Accounts and regions that are asked the same. */
  readonly targets: number;
}

export interface TargetLogGroups {
  /** In the order asked for. */
  readonly groups: readonly LogGroup[];
  /** How many there are from the first one on; undefined where they were not all counted. */
  readonly total: number | undefined;
  /** What sizes were compared; undefined for an order by name. */
  readonly walk: WalkedGroups | undefined;
  /** Its own failure, so that log groups are listed where saved queries are denied. */
  readonly saved: Attempt<readonly SavedQuery[]>;
}

export async function askLogGroups(
  target: Target,
  question: LogGroupQuestion,
  context: ToolContext,
): Promise<TargetLogGroups> {
  const { logs } = context.aws(target);
  const [listed, saved] = await Promise.all([
    question.order === 'name' ? listByName(target, question, context) : listBySize(target, question, context),
    question.hasSavedQueries
      ? attempt(context.signal, logs.listSavedQueries(MAX_SAVED_QUERIES_READ, context.signal))
      : { value: [] },
  ]);
  return { ...listed, saved };
}

type Listed = Omit<TargetLogGroups, 'saved'>;

async function listByName(target: Target, question: LogGroupQuestion, context: ToolContext): Promise<Listed> {
  const { filter, place, limit, targets } = question;
  const groups = await context.aws(target).logs.listLogGroups(filter, place, limit, context.signal);
  const last = groups.at(-1);
  if (last === undefined || groups.length < limit) return { groups, total: groups.length, walk: undefined };
  const max = Math.floor(MAX_COUNTED_IN_ALL / targets) - groups.length;
  if (max <= 0) return { groups, total: undefined, walk: undefined };
  // The count begins with the last one listed.
  const rest = await walkGroups(target, { filter, place: last.place, hasDetails: false, max }, context);
  return { groups, total: rest.end === 'whole' ? groups.length - 1 + rest.groups.length : undefined, walk: undefined };
}

async function listBySize(target: Target, question: LogGroupQuestion, context: ToolContext): Promise<Listed> {
  const { filter, targets } = question;
  const max = Math.min(MAX_SORTED, Math.max(PAGE_SIZE, Math.floor(MAX_SORTED_IN_ALL / targets)));
  const walk = await walkGroups(target, { filter, place: { offset: 0 }, hasDetails: true, max }, context);
  return { groups: walk.groups, total: walk.end === 'whole' ? walk.groups.length : undefined, walk };
}

/** Hints for a filter that nothing fits: what was probably meant, by the names that there are. */
export async function explainNoGroups(target: Target, filter: LogGroupFilter, context: ToolContext): Promise<string[]> {
  const { logs } = context.aws(target);
  const all = await attempt(context.signal, logs.listLogGroups({}, { offset: 0 }, MAX_COMPARED_GROUPS, context.signal));
  if (!('value' in all)) return [];
  const name = filter.namePattern ?? filter.namePrefix;
  const existing = all.value.map((group) => group.name);
  const others = existing.length === 0 ? await findOthers(context, [target]) : [];
  return hintNoGroups(
    name,
    existing,
    filter.logGroupClass,
    others.map(({ alias }) => alias),
  );
}
