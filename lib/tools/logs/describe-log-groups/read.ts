/** What `describe_log_groups` asks of one account and region. */
import type { LogGroup, LogGroupFilter, LogGroupPlace, SavedQuery } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { hintNoGroups } from './answer.ts';

/** Of DescribeQueryDefinitions; an account may have this many. */
const MAX_SAVED_QUERIES_READ = 1_000;
/** Names that a name without match is compared with. */
const MAX_COMPARED_GROUPS = 500;

export interface LogGroupQuestion {
  readonly filter: LogGroupFilter;
  readonly place: LogGroupPlace;
  readonly limit: number;
  readonly hasSavedQueries: boolean;
}

export interface TargetLogGroups {
  readonly groups: readonly LogGroup[];
  /** Its own failure, so that log groups are listed where saved queries are denied. */
  readonly saved: Attempt<readonly SavedQuery[]>;
}

export async function askLogGroups(
  target: Target,
  question: LogGroupQuestion,
  context: ToolContext,
): Promise<TargetLogGroups> {
  const { logs } = context.aws(target);
  const [groups, saved] = await Promise.all([
    logs.listLogGroups(question.filter, question.place, question.limit, context.signal),
    question.hasSavedQueries
      ? attempt(context.signal, logs.listSavedQueries(MAX_SAVED_QUERIES_READ, context.signal))
      : { value: [] },
  ]);
  return { groups, saved };
}

/** Hints for a filter that nothing fits: what was probably meant, by the names that there are. */
export async function explainNoGroups(target: Target, filter: LogGroupFilter, context: ToolContext): Promise<string[]> {
  const { logs } = context.aws(target);
  const all = await attempt(context.signal, logs.listLogGroups({}, { offset: 0 }, MAX_COMPARED_GROUPS, context.signal));
  if (!('value' in all)) return [];
  const name = filter.namePattern ?? filter.namePrefix;
  const existing = all.value.map((group) => group.name);
  return hintNoGroups(name, existing, filter.logGroupClass);
}
