/** Which metrics there are around an incident: all of a small account, those of the resources in question in a large one. */
import type { ListMetricsRequest } from '../../../aws/ports/metrics.ts';
import { type ChosenMetric, chooseMetrics, type Surroundings } from '../../../domain/investigation/choose-metrics.ts';
import { type MetricName, metricKey, resourceOf } from '../../../domain/investigation/resource.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { part, type Session } from './session.ts';

/** Series that are looked at: each is billed, and quotas are shared with everybody in the account. */
const MAX_SERIES = 200;
/** Five pages of 500. */
const MAX_LISTED = 2_500;
/** Resources that are asked for by name where the list of all is longer. */
const MAX_NAMED = 6;
const MAX_OF_NAMED = 500;

/** Also what has stopped: the list holds two weeks. */
export async function listAround(session: Session, surroundings: Surroundings): Promise<readonly ChosenMetric[]> {
  const accountId = surroundings.own.find((metric) => metric.accountId !== undefined)?.accountId;
  const owner = accountId === undefined ? {} : { hasLinkedAccounts: true, accountId };
  const list = (request: Partial<ListMetricsRequest>, maxMetrics: number) =>
    session.aws.metrics.listMetrics({ ...request, ...owner, maxMetrics, hasTime: session.hasTime }, session.signal);
  const all = await part(session, 'metrics of other resources', list({}, MAX_LISTED));
  const listed: MetricName[] = [...(all?.metrics ?? [])];
  if (all?.isTruncated === true) {
    const named = [
      ...new Map([...surroundings.own, ...surroundings.near].map((metric) => [resourceOf(metric), metric])),
    ];
    const found = await Promise.all(
      named.slice(0, MAX_NAMED).map(async ([resource, { dimensions }]) => {
        const dimension = dimensions.find(({ value }) => value === resource);
        return dimension === undefined
          ? undefined
          : part(session, `metrics of ${resource}`, list({ dimensions: [dimension] }, MAX_OF_NAMED));
      }),
    );
    listed.push(...found.flatMap((one) => one?.metrics ?? []));
    session.notLookedAt.push(
      `other metrics: the account has more than ${formatCount(MAX_LISTED)}; those of the alarms that changed were looked up by name`,
    );
  }
  const unique = [...new Map(listed.map((metric) => [metricKey(metric), metric])).values()];
  const { chosen, left } = chooseMetrics(unique, surroundings, MAX_SERIES);
  if (left > 0)
    session.notLookedAt.push(`${formatCount(left)} farther metrics of ${formatCount(left + chosen.length)}`);
  return chosen;
}
