/** The queries of a whole account and region, and what is known of the log groups that they read. */
import type { AccountIndexPolicy, FieldIndex, GroupIndexPolicy } from '../../../aws/ports/log-indexes.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { chooseFields, type GroupChoice } from '../../../domain/indexes/index-choice.ts';
import { type GroupEvidence, nameOfGroup, UNKNOWN_GROUP } from '../../../domain/indexes/index-evidence.ts';
import { readPolicy } from '../../../domain/indexes/index-policy.ts';
import { isIndexable } from '../../../domain/logs/query/index-fields.ts';
import { attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { warn } from '../shared/read-group-facts.ts';
import { endOfReading, type History, readHistory } from '../shared/read-query-history.ts';

/** Those whose queries scan most; each costs a call for its fields, of which AWS takes five a second. */
const MAX_GROUPS = 40;
const FIELD_CALLS_AT_ONCE = 4;
/** DescribeLogGroups takes at most 50 identifiers. */
const GROUPS_A_CALL = 50;

export interface AccountGroup {
  readonly name: string;
  readonly evidence: GroupEvidence;
  readonly choice: GroupChoice;
  readonly hasOwnPolicy: boolean;
}

export interface AccountAdvice {
  readonly history: History;
  readonly groups: readonly AccountGroup[];
  readonly policies: readonly AccountIndexPolicy[];
  /** Without it, a document would overwrite what is not known. */
  readonly arePoliciesKnown: boolean;
  /** Log groups with less use that were not looked at. */
  readonly leftOut: number;
  /** Deleted since, or of a class without indexes. */
  readonly unfit: number;
  readonly unattributedQueries: number;
  readonly warnings: readonly string[];
}

export async function readAccount(target: Target, maxQueries: number, context: ToolContext): Promise<AccountAdvice> {
  const limit = startTimeLimit(context, endOfReading(context));
  try {
    const history = await readHistory({ target, maxQueries, signal: limit.signal }, context);
    const { evidence } = history;
    const wanted = [...evidence].filter(([name, group]) => name !== UNKNOWN_GROUP && isWorthALook(group)).sort(byUse);
    const looked = wanted.slice(0, MAX_GROUPS);
    const found = await findGroups(target, looked, limit.signal, context);
    const known = await readFacts(target, found.groups, limit.signal, context);
    return {
      ...known,
      history,
      leftOut: wanted.length - looked.length,
      unfit: looked.length - found.groups.length,
      unattributedQueries: evidence.get(UNKNOWN_GROUP)?.queries ?? 0,
      warnings: [...found.warnings, ...known.warnings],
    };
  } finally {
    limit.end();
  }
}

type NamedEvidence = readonly [name: string, evidence: GroupEvidence];

function isWorthALook({ fields }: GroupEvidence): boolean {
  return fields.some(({ field, queries }) => queries > 0 && isIndexable(field));
}

function byUse([nameA, a]: NamedEvidence, [nameB, b]: NamedEvidence): number {
  return b.scannedBytes - a.scannedBytes || b.queries - a.queries || (nameA < nameB ? -1 : 1);
}

/** Those that still exist and may have indexes; all where they may not be looked up. */
async function findGroups(
  target: Target,
  groups: readonly NamedEvidence[],
  signal: AbortSignal,
  context: ToolContext,
): Promise<{ groups: readonly NamedEvidence[]; warnings: readonly string[] }> {
  if (groups.length === 0) return { groups, warnings: [] };
  const { logs } = context.aws(target);
  const names = groups.map(([name]) => name).slice(0, GROUPS_A_CALL);
  const listed = await attempt(context.signal, logs.getLogGroups(names, signal));
  if ('error' in listed) {
    return { groups, warnings: warn('Whether the log groups still exist could not be checked', listed) };
  }
  const fit = new Set(
    listed.value.filter(({ logGroupClass = 'STANDARD' }) => logGroupClass === 'STANDARD').map(({ name }) => name),
  );
  return { groups: groups.filter(([name]) => fit.has(name)), warnings: [] };
}

async function readFacts(
  target: Target,
  groups: readonly NamedEvidence[],
  signal: AbortSignal,
  context: ToolContext,
): Promise<Pick<AccountAdvice, 'groups' | 'policies' | 'arePoliciesKnown' | 'warnings'>> {
  const { logIndexes } = context.aws(target);
  const names = groups.map(([name]) => name);
  const [policies, groupPolicies, indexes, fields] = await Promise.all([
    attempt(context.signal, logIndexes.listAccountPolicies(signal)),
    attempt(context.signal, names.length === 0 ? noItems() : logIndexes.listGroupPolicies(names, signal)),
    attempt(context.signal, names.length === 0 ? noItems() : logIndexes.listFieldIndexes(names, signal)),
    readShares(target, names, signal, context),
  ]);
  const ofPolicies = 'value' in groupPolicies ? groupPolicies.value : [];
  const ofIndexes = 'value' in indexes ? indexes.value : [];
  return {
    groups: groups.map(([name, evidence]) => decide(name, evidence, ofPolicies, ofIndexes, fields.shares.get(name))),
    policies: 'value' in policies ? policies.value : [],
    arePoliciesKnown: 'value' in policies && 'value' in groupPolicies,
    warnings: [
      ...warn('The policies of the account could not be read', policies),
      ...warn('The policies of the log groups could not be read', groupPolicies),
      ...warn('Which fields CloudWatch indexes could not be read', indexes),
      ...fields.warnings,
    ],
  };
}

async function noItems(): Promise<readonly never[]> {
  return [];
}

function decide(
  name: string,
  evidence: GroupEvidence,
  policies: readonly GroupIndexPolicy[],
  indexes: readonly FieldIndex[],
  shares: ReadonlyMap<string, number> | undefined,
): AccountGroup {
  const policy = policies.find(({ logGroup }) => nameOfGroup(logGroup) === name);
  const ofGroup = indexes.filter(({ logGroup }) => logGroup !== undefined && nameOfGroup(logGroup) === name);
  const ofCategory = (...categories: readonly string[]) =>
    ofGroup.filter(({ category }) => categories.includes(category)).map(({ field }) => field);
  const choice = chooseFields(evidence, {
    policyFields: policy === undefined ? [] : readPolicy(policy.document).fields,
    hasOwnPolicy: policy?.isOwn === true,
    otherFields: ofCategory('default', 'custom', ...(policy === undefined ? ['unknown'] : [])),
    autoFields: ofCategory('auto'),
    ...(shares !== undefined && { shares }),
  });
  return { name, evidence, choice, hasOwnPolicy: policy?.isOwn === true };
}

interface Shares {
  readonly shares: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly warnings: readonly string[];
}

/** A group whose fields cannot be read is judged without. */
async function readShares(
  target: Target,
  names: readonly string[],
  signal: AbortSignal,
  context: ToolContext,
): Promise<Shares> {
  const { logs } = context.aws(target);
  const shares = new Map<string, ReadonlyMap<string, number>>();
  const failures: string[] = [];
  let done = 0;
  await inParallel(names, FIELD_CALLS_AT_ONCE, async (name) => {
    const listed = await attempt(context.signal, logs.listFields(name, undefined, signal));
    if ('value' in listed) shares.set(name, new Map(listed.value.map((field) => [field.name, field.percent])));
    else failures.push(listed.error.publicMessage);
    done += 1;
    context.reportProgress({ progress: done, total: names.length, message: 'log groups looked at' });
  });
  const [first] = failures;
  return {
    shares,
    warnings:
      first === undefined
        ? []
        : [
            `Whether the fields exist in the events was not checked in ${failures.length} of ${names.length} log groups: ${first}`,
          ],
  };
}
