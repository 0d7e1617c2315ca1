/** Which metrics there are around an incident: all of a small account, those of the resources in question in a large one. */
import type { ListMetricsRequest } from '../../../aws/ports/metrics.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { runInSlices } from '../../../domain/async/slices.ts';
import { type ChosenMetric, chooseMetrics, type Surroundings } from '../../../domain/investigation/choose-metrics.ts';
import { type MetricName, nameWithoutOwner, resourceOf } from '../../../domain/investigation/resource.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { MAX_LIST_PAGES } from './plan-calls.ts';
import { part, type Session } from './session.ts';

/** Series that are looked at: each is billed, and quotas are shared with everybody in the account. */
const MAX_SERIES = 200;
/** ListMetrics gives so many a page. */
const PAGE = 500;

/** Source accounts that are looked into beside the one of the alarm, as far as its alarms watch them. */
const MAX_LINKED = 3;
const CONCURRENCY = 5;

/**
 * Also what has stopped: the list holds two weeks.
 * @param maxNamed resources that are asked for by name where a list is longer, one page each; accounts share them
 */
export async function listAround(
  session: Session,
  surroundings: Surroundings,
  maxNamed: number,
): Promise<readonly ChosenMetric[]> {
  const known = [...surroundings.own, ...surroundings.near];
  const linked = [...new Set(known.flatMap(({ accountId }) => accountId ?? []))];
  if (linked.length > MAX_LINKED)
    session.notLookedAt.push(`metrics of ${linked.length - MAX_LINKED} more linked accounts that alarms watch`);
  const accounts = [undefined, ...linked.slice(0, MAX_LINKED)];
  const each = (most: number): number => Math.floor(most / accounts.length);
  const limits = { pages: Math.max(1, each(MAX_LIST_PAGES)), named: each(maxNamed) };
  const listed = await inParallel(accounts, MAX_LINKED + 1, (accountId) =>
    listOwned(
      session,
      accountId,
      known.filter((metric) => metric.accountId === accountId),
      limits,
    ),
  );
  const { chosen, left } = await runInSlices(chooseMetrics(listed.flat(), surroundings, MAX_SERIES));
  if (left > 0)
    session.notLookedAt.push(`${formatCount(left)} farther metrics of ${formatCount(left + chosen.length)}`);
  return chosen;
}

/** Of one account; a large one is asked for the resources of the metrics that are known. */
async function listOwned(
  session: Session,
  accountId: string | undefined,
  known: readonly MetricName[],
  limits: { readonly pages: number; readonly named: number },
): Promise<readonly MetricName[]> {
  const owner = accountId === undefined ? {} : { hasLinkedAccounts: true, accountId };
  const list = (request: Partial<ListMetricsRequest>, maxMetrics: number) =>
    session.aws.metrics.listMetrics({ ...request, ...owner, maxMetrics, hasTime: session.hasTime }, session.signal);
  const all = await part(session, `metrics of other resources${inAccount(accountId)}`, list({}, limits.pages * PAGE));
  if (all?.isTruncated !== true) return all?.metrics ?? [];
  session.notLookedAt.push(
    `other metrics${inAccount(accountId)}: the account has more than ${formatCount(limits.pages * PAGE)}; those of the alarms that changed were looked up by name`,
  );
  const named = [...new Map(known.map((metric) => [resourceOf(metric), metric]))];
  const found = await inParallel(named.slice(0, limits.named), CONCURRENCY, async ([resource, { dimensions }]) => {
    const dimension = dimensions.find(({ value }) => value === nameWithoutOwner(resource));
    return dimension === undefined
      ? undefined
      : part(session, `metrics of ${resource}`, list({ dimensions: [dimension] }, PAGE));
  });
  return [...all.metrics, ...found.flatMap((one) => one?.metrics ?? [])];
}
