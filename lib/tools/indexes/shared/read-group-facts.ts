/** What is known of a log group besides its queries; each part may be denied or late, which is a warning. */
import type { AccountIndexPolicy, GroupIndexPolicy } from '../../../aws/ports/log-indexes.ts';
import type { LogsPort } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { GroupFacts } from '../../../domain/indexes/index-choice.ts';
import { readPolicy } from '../../../domain/indexes/index-policy.ts';
import { DAY_MS } from '../../../domain/time.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';

export interface KnownGroup {
  readonly facts: GroupFacts;
  /** The policy in force; absent: none, or not known. */
  readonly policy?: GroupIndexPolicy;
  readonly isPolicyKnown: boolean;
  readonly accountPolicies: readonly AccountIndexPolicy[];
  readonly warnings: readonly string[];
}

export async function readGroupFacts(
  target: Target,
  logGroup: string,
  signal: AbortSignal,
  context: ToolContext,
): Promise<KnownGroup> {
  const { logs, logIndexes } = context.aws(target);
  const ask = <Value>(work: Promise<Value>): Promise<Attempt<Value>> => attempt(context.signal, work);
  const [policies, accountPolicies, indexes, shares] = await Promise.all([
    ask(logIndexes.listGroupPolicies([logGroup], signal)),
    ask(logIndexes.listAccountPolicies(signal)),
    ask(logIndexes.listFieldIndexes([logGroup], signal)),
    ask(readShares(logs, logGroup, context.nowEpochMs, signal)),
  ]);
  const policy = 'value' in policies ? policies.value[0] : undefined;
  const found = policy === undefined ? undefined : readPolicy(policy.document);
  const isPolicyKnown = 'value' in policies && found?.isReadable !== false;
  const fieldIndexes = 'value' in indexes ? indexes.value : [];
  const ofCategory = (...categories: readonly string[]) =>
    fieldIndexes.filter(({ category }) => categories.includes(category)).map(({ field }) => field);
  return {
    facts: {
      policyFields: found?.fields ?? [],
      hasOwnPolicy: policy?.isOwn === true,
      // Where policies are hidden, whatever CloudWatch lists as indexed counts.
      otherFields: isPolicyKnown ? ofCategory('default', 'custom') : ofCategory('default', 'custom', 'unknown'),
      autoFields: ofCategory('auto'),
      ...('value' in shares && { shares: shares.value }),
    },
    ...(policy !== undefined && { policy }),
    isPolicyKnown,
    accountPolicies: 'value' in accountPolicies ? accountPolicies.value : [],
    warnings: [
      ...warn('Whether the fields exist in the events was not checked', shares),
      ...warn('The policy of the log group could not be read', policies),
      ...warn('The policies of the account could not be read', accountPolicies),
      ...warn('Which fields CloudWatch indexes could not be read', indexes),
    ],
  };
}

/** For the warnings of an answer. */
export function warn(what: string, result: Attempt<unknown>): string[] {
  return 'error' in result ? [`${what}: ${result.error.publicMessage}`] : [];
}

/** GetLogGroupFields looks at a quarter of an hour: the latest one, and the same one a day before, for rare fields. */
async function readShares(
  logs: LogsPort,
  logGroup: string,
  nowEpochMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const samples = await Promise.all([
    logs.listFields(logGroup, undefined, signal),
    logs.listFields(logGroup, nowEpochMs - DAY_MS, signal),
  ]);
  const shares = new Map<string, number>();
  for (const { name, percent } of samples.flat()) shares.set(name, Math.max(percent, shares.get(name) ?? 0));
  return shares;
}
