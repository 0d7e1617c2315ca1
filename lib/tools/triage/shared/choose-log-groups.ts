/** Whose logs to read: those of what moved, found by convention or by name. */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import { guessLogGroup } from '../../../domain/alarms/guess-log-group.ts';
import type { MetricShift } from '../../../domain/investigation/metric-shift.ts';
import { type Evidence, orderResources } from '../../../domain/investigation/rank-suspects.ts';
import { nameWithoutOwner } from '../../../domain/investigation/resource.ts';
import { attempt } from '../../../tool/attempt.ts';
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

const MAX_LOG_GROUPS = 3;
/** Each is a call of DescribeLogGroups. */
const MAX_SEARCHED = 5;
const MAX_FOUND = 5;

/** @param given log groups that the question names; they come first */
export async function choosePlaces(
  session: Session,
  evidence: Evidence,
  given: readonly LogPlace[],
): Promise<readonly LogPlace[]> {
  const searched = orderResources(evidence).slice(0, MAX_SEARCHED);
  const found = await Promise.all(searched.map(({ resource, shifts }) => findGroup(session, resource, shifts)));
  const places = new Map(
    [...given, ...found.flatMap((place) => place ?? [])].map((place) => [`${place.accountId} ${place.group}`, place]),
  );
  return [...places.values()].slice(0, MAX_LOG_GROUPS);
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
    session.aws.logs.listLogGroups(filter, { offset: 0 }, MAX_FOUND, session.signal),
  );
  // Who may not list log groups may still query one whose name is known.
  if ('error' in read) return name === undefined ? undefined : { group: name, accountId, resource };
  const groups = [...read.value].sort((a, b) => a.name.length - b.name.length);
  const known = groups.find((group) => group.name === name) ?? groups.find((group) => isOf(group.name, plain));
  return known === undefined ? undefined : { group: known.name, accountId, resource, known };
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
