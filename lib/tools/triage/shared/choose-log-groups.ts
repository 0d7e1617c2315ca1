/** Whose logs to read: those of what moved, found by convention or by name. */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import { guessLogGroup } from '../../../domain/alarms/guess-log-group.ts';
import type { MetricShift } from '../../../domain/investigation/metric-shift.ts';
import { type Evidence, orderResources } from '../../../domain/investigation/rank-suspects.ts';
import { nameWithoutOwner } from '../../../domain/investigation/resource.ts';
import { writeLogGroupArn } from '../../../domain/logs/log-group-id.ts';
import { attempt } from '../../../tool/attempt.ts';
import { collectPages } from '../../alarms/shared/collect-pages.ts';
import { MAX_GROUP_SEARCHES, MAX_LOG_GROUPS } from './plan-calls.ts';
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

/** One page. */
const MAX_FOUND = 50;

/** @param given log groups that the question names; they come first */
export async function choosePlaces(
  session: Session,
  evidence: Evidence,
  given: readonly LogPlace[],
): Promise<readonly LogPlace[]> {
  const searched = orderResources(evidence).slice(0, MAX_GROUP_SEARCHES);
  const found = await Promise.all(searched.map(({ resource, shifts }) => findGroup(session, resource, shifts)));
  const places = new Map(
    [...given, ...found.flatMap((place) => place ?? [])].map((place) => [referenceOf(place, session), place]),
  );
  return describePlaces(session, [...places.values()].slice(0, MAX_LOG_GROUPS));
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

async function findGroup(
  session: Session,
  resource: string,
  shifts: readonly MetricShift[],
): Promise<LogPlace | undefined> {
  const guesses = shifts.map(({ metric, statistic }) => guessLogGroup({ ...metric, statistic }));
  const guessed = guesses.find((group) => group !== undefined && 'name' in group);
  const name = guessed !== undefined && 'name' in guessed ? guessed.name : undefined;
  const accountId = shifts[0]?.metric.accountId;
  const plain = plainName(nameWithoutOwner(resource));
  const filter = { namePattern: plain, ...(accountId !== undefined && { accountIdentifiers: [accountId] }) };
  const read = await attempt(
    session.context.signal,
    collectPages(session.aws.logs.walkLogGroups(filter, { offset: 0 }, false, session.signal), {
      maxItems: MAX_FOUND,
      maxPages: 1,
      hasTime: session.hasTime,
    }),
  );
  // Who may not list log groups may still query one whose name is known.
  if ('error' in read) return name === undefined ? undefined : { group: name, accountId, resource };
  const groups = read.value.items.map((group) => group.name).sort((a, b) => a.length - b.length);
  const group = groups.find((one) => one === name) ?? groups.find((one) => isOf(one, plain));
  return group === undefined ? undefined : { group, accountId, resource };
}

/** The name as log groups hold it: of `app/web/063be5d0` the middle. */
function plainName(resource: string): string {
  const [kind, name] = resource.split('/');
  return (kind === 'app' || kind === 'net' ? (name ?? resource) : resource).replace(/[^\w./#-]/g, '').slice(0, 100);
}

/** `/ecs/web` of web, `/aws/rds/instance/db/error` of db; not `/aws/lambda/web-admin` of web. */
function isOf(group: string, name: string): boolean {
  return name !== '' && (group.split('/').includes(name) || group.endsWith(name) || group.includes(`/${name}-access`));
}
