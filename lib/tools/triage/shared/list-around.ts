/** Which metrics there are around an incident: all of a small account, those of the resources in question in a large one. */
import type { ListMetricsRequest } from '../../../aws/ports/metrics.ts';
import { type ChosenMetric, chooseMetrics, type Surroundings } from '../../../domain/investigation/choose-metrics.ts';
import { type MetricName, metricKey, nameWithoutOwner, resourceOf } from '../../../domain/investigation/resource.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { part, type Session } from './session.ts';

/** Series that are looked at: each is billed, and quotas are shared with everybody in the account. */
const MAX_SERIES = 200;
/** Five pages of 500. */
const MAX_LISTED = 2_500;
/** Resources that are asked for by name where the list of all is longer. */
const MAX_NAMED = 6;
const MAX_OF_NAMED = 500;

/** Source accounts that are looked into beside the one of the alarm, as far as its alarms watch them. */
const MAX_LINKED = 3;

/** Also what has stopped: the list holds two weeks. */
export async function listAround(session: Session, surroundings: Surroundings): Promise<readonly ChosenMetric[]> {
  const known = [...surroundings.own, ...surroundings.near];
  const linked = [...new Set(known.flatMap(({ accountId }) => accountId ?? []))];
  if (linked.length > MAX_LINKED)
    session.notLookedAt.push(`metrics of ${linked.length - MAX_LINKED} more linked accounts that alarms watch`);
  const listed = await Promise.all(
    [undefined, ...linked.slice(0, MAX_LINKED)].map((accountId) =>
      listOwned(
        session,
        accountId,
        known.filter((metric) => metric.accountId === accountId),
      ),
    ),
  );
  const unique = [...new Map(listed.flat().map((metric) => [metricKey(metric), metric])).values()];
  const { chosen, left } = chooseMetrics(unique, surroundings, MAX_SERIES);
  if (left > 0)
    session.notLookedAt.push(`${formatCount(left)} farther metrics of ${formatCount(left + chosen.length)}`);
  return chosen;
}

/** Of one account; a large one is asked for the resources of the metrics that are known. */
async function listOwned(
  session: Session,
  accountId: string | undefined,
  known: readonly MetricName[],
): Promise<readonly MetricName[]> {
  const owner = accountId === undefined ? {} : { hasLinkedAccounts: true, accountId };
  const list = (request: Partial<ListMetricsRequest>, maxMetrics: number) =>
    session.aws.metrics.listMetrics({ ...request, ...owner, maxMetrics, hasTime: session.hasTime }, session.signal);
  const all = await part(session, `metrics of other resources${inAccount(accountId)}`, list({}, MAX_LISTED));
  if (all?.isTruncated !== true) return all?.metrics ?? [];
  session.notLookedAt.push(
    `other metrics${inAccount(accountId)}: the account has more than ${formatCount(MAX_LISTED)}; those of the alarms that changed were looked up by name`,
  );
  const named = [...new Map(known.map((metric) => [resourceOf(metric), metric]))];
  const found = await Promise.all(
    named.slice(0, MAX_NAMED).map(async ([resource, { dimensions }]) => {
      const dimension = dimensions.find(({ value }) => value === nameWithoutOwner(resource));
      return dimension === undefined
        ? undefined
        : part(session, `metrics of ${resource}`, list({ dimensions: [dimension] }, MAX_OF_NAMED));
    }),
  );
  return [...all.metrics, ...found.flatMap((one) => one?.metrics ?? [])];
}
