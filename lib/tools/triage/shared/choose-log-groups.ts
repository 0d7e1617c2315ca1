/** Whose logs to read: those of what moved, found by convention or by name. */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import { guessLogGroup } from '../../../domain/alarms/guess-log-group.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { runInSlices } from '../../../domain/async/slices.ts';
import { KnownNames } from '../../../domain/investigation/known-names.ts';
import { matchLogGroup } from '../../../domain/investigation/match-log-group.ts';
import { type Evidence, type Moved, orderResources } from '../../../domain/investigation/rank-suspects.ts';
import { coreName, nameWithoutOwner } from '../../../domain/investigation/resource.ts';
import { writeLogGroupArn } from '../../../domain/logs/log-group-id.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { attempt } from '../../../tool/attempt.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';
import { MAX_GROUP_SEARCHES, planLogWave } from './plan-calls.ts';
import type { Session } from './session.ts';

export interface LogPlace {
  readonly group: string;
  /** Of the linked account that has it. */
  readonly accountId?: string | undefined;
  /** Whose logs they are. */
  readonly resource: string;
  /** What DescribeLogGroups says of it, where it was asked. */
  readonly known?: LogGroup | undefined;
}

/** That a list has come to its end is known from the page after its first. */
const MAX_PAGES = 2;
const MAX_FOUND = 50;
/** Of what moved, the most suspect. */
const MAX_MATCHED = 8;
const CONCURRENCY = 4;
const MAX_NAMED = 3;

/** @param given log groups that the question names; they come first */
export async function choosePlaces(
  session: Session,
  evidence: Evidence,
  given: readonly LogPlace[],
): Promise<readonly LogPlace[]> {
  const moved = await runInSlices(orderResources(evidence));
  const all = new KnownNames([...evidence.resources, ...moved.map(({ resource }) => resource)]);
  const first = await findGroups(session, {}, MAX_PAGES);
  const asked = chooseAsked(moved, first);
  const found = await inParallel(asked, CONCURRENCY, (one) => findGroup(session, one, first, all));
  const places = new Map<string, LogPlace>();
  for (const place of [...given, ...found.flatMap((place) => place ?? [])]) {
    const reference = referenceOf(place, session);
    if (!places.has(reference)) places.set(reference, place);
  }
  if (places.size === 0 && asked.length > 0)
    session.notLookedAt.push(
      `logs: no log group is named like ${listSome(
        asked.map(({ resource }) => nameWithoutOwner(resource)),
        MAX_NAMED,
      )}`,
    );
  return describePlaces(session, [...places.values()].slice(0, planLogWave(session.callsLeft())));
}

/** Each of which the list does not hold costs a search. */
function chooseAsked(moved: readonly Moved[], { isComplete }: FoundGroups): readonly Moved[] {
  let searches = MAX_GROUP_SEARCHES - 1;
  return moved.slice(0, MAX_MATCHED).filter(({ shifts }) => {
    if (isComplete && shifts[0]?.metric.accountId === undefined) return true;
    searches -= 1;
    return searches >= 0;
  });
}

/** The name, or the ARN of what lies in a linked account. */
export function referenceOf({ group, accountId }: LogPlace, { target }: Pick<Session, 'target'>): string {
  return accountId === undefined ? group : writeLogGroupArn(group, target.region, accountId);
}

/** Class and size, in one call; who may not have them reads without. */
async function describePlaces(session: Session, places: readonly LogPlace[]): Promise<readonly LogPlace[]> {
  if (places.length === 0) return places;
  const references = places.map((place) => referenceOf(place, session));
  const read = await attempt(session.context.signal, session.aws.logs.getLogGroups(references, session.signal));
  if ('error' in read) return places;
  return places.map((place, index) => ({
    ...place,
    known: read.value.find((group) => [group.arn, group.name].includes(references[index])),
  }));
}

interface FoundGroups {
  /** Undefined where they may not be listed. */
  readonly names: readonly string[] | undefined;
  /** There are no others. */
  readonly isComplete: boolean;
}

/** Of a small account all groups are known at once; of others, and of linked accounts, those that have the name in theirs. */
async function findGroup(
  session: Session,
  { resource, shifts }: Moved,
  first: FoundGroups,
  all: KnownNames,
): Promise<LogPlace | undefined> {
  const guesses = shifts.map(({ metric, statistic }) => guessLogGroup({ ...metric, statistic }));
  const guessed = guesses.find((group) => group !== undefined && 'name' in group);
  const name = guessed !== undefined && 'name' in guessed ? guessed.name : undefined;
  const accountId = shifts[0]?.metric.accountId;
  const isKnown = accountId === undefined && first.isComplete;
  const groups = isKnown ? first : await findGroups(session, { namePattern: patternOf(resource), accountId }, 1);
  // Who may not list log groups may still query one whose name is known.
  const group = groups.names === undefined ? name : matchLogGroup(resource, name, groups.names, all);
  return group === undefined ? undefined : { group, accountId, resource };
}

async function findGroups(
  session: Session,
  { namePattern, accountId }: { readonly namePattern?: string; readonly accountId?: string | undefined },
  maxPages: number,
): Promise<FoundGroups> {
  const filter = {
    ...(namePattern !== undefined && { namePattern }),
    ...(accountId !== undefined && { accountIdentifiers: [accountId] }),
  };
  const read = await attempt(
    session.context.signal,
    collectPages(session.aws.logs.walkLogGroups(filter, { offset: 0 }, false, session.signal), {
      maxItems: MAX_FOUND,
      maxPages,
      hasTime: session.hasTime,
    }),
  );
  if ('error' in read) return { names: undefined, isComplete: false };
  return { names: read.value.items.map((group) => group.name), isComplete: read.value.isComplete };
}

/** DescribeLogGroups takes letters, digits and some marks in a pattern. */
function patternOf(resource: string): string {
  return coreName(resource)
    .replace(/[^\w./#-]/g, '')
    .slice(0, 100);
}
