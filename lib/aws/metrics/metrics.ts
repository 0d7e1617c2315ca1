import {
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  GetMetricWidgetImageCommand,
  ListMetricsCommand,
  type MessageData,
  type Metric,
  type MetricDataResult,
  type MetricDataQuery as SdkQuery,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { mapInSlices } from '../../domain/async/slices.ts';
import { DAY_SECONDS } from '../../domain/time.ts';
import type { AwsConnection } from '../connection.ts';
import { type FetchPage, pages, readSome } from '../pages.ts';
import type { MetricDataQuery, MetricIdentity, MetricSeries, MetricsPort } from '../ports/metrics.ts';
import { joinPages, type PageSeries } from './metric-pages.ts';
import { buildMetricWidget } from './metric-widget.ts';

/** Most datapoints of one page; also what AWS takes when nothing is said (GetMetricData API reference). */
const PAGE_DATAPOINTS = 100_800;
/** So long that even the whole retention of 455 days stays below the 1,440 datapoints that GetMetricStatistics gives. */
const UNIT_PERIOD_SECONDS = DAY_SECONDS;

const ACCOUNT_ID = /^\d{12}$/;

export function createMetricsPort(aws: AwsConnection): MetricsPort {
  return {
    async getMetricData(request, signal) {
      const read: (readonly PageSeries[])[] = [];
      const messages = new Set<string>();
      let datapoints = 0;
      const fetch: FetchPage<PageSeries> = async (NextToken) => {
        const input = {
          MetricDataQueries: request.queries.map(toSdkQuery),
          StartTime: new Date(request.startEpochMs),
          EndTime: new Date(request.endEpochMs),
          ScanBy: 'TimestampDescending' as const,
          // The same on every page: a token belongs to its request.
          MaxDatapoints: Math.min(PAGE_DATAPOINTS, request.maxDatapoints),
          NextToken,
        };
        const page = await aws.call(
          'cloudwatch:GetMetricData',
          signal,
          ({ cloudwatch }, options) => cloudwatch.send(new GetMetricDataCommand(input), options),
          { isCallersQuery: true },
        );
        for (const message of toMessages(page.Messages)) messages.add(message);
        return { items: await mapInSlices(page.MetricDataResults ?? [], toPageSeries), nextToken: page.NextToken };
      };
      const mayContinue = () => datapoints < request.maxDatapoints && request.hasTime?.() !== false;
      const list = pages(fetch, mayContinue);
      let page = await list.next();
      for (; page.done !== true; page = await list.next()) {
        read.push(page.value);
        datapoints += page.value.reduce((sum, { values }) => sum + values.length, 0);
      }
      const isTruncated = !page.value;
      const isNewestMissing = isTruncated && read.some((part) => part.some(isAscending));
      return { series: await joinPages(read), messages: [...messages], isTruncated, isNewestMissing };
    },

    async listMetrics(request, signal) {
      const fetch: FetchPage<MetricIdentity> = async (NextToken) => {
        const input = {
          Namespace: request.namespace,
          MetricName: request.metricName,
          Dimensions: request.dimensions?.map(({ name, value }) => ({ Name: name, Value: value })),
          ...(request.isRecentlyActive === true && { RecentlyActive: 'PT3H' as const }),
          ...(request.hasLinkedAccounts === true && {
            IncludeLinkedAccounts: true,
            OwningAccount: request.accountId,
          }),
          NextToken,
        };
        const page = await aws.call('cloudwatch:ListMetrics', signal, ({ cloudwatch }, options) =>
          cloudwatch.send(new ListMetricsCommand(input), options),
        );
        const owners = page.OwningAccounts ?? [];
        const items = (page.Metrics ?? []).map((metric, index) => toIdentity(metric, owners[index]));
        return { items, nextToken: page.NextToken };
      };
      const { maxMetrics: maxItems, hasTime } = request;
      const { items, isTruncated } = await readSome(fetch, { maxItems, hasTime });
      return { metrics: items, isTruncated };
    },

    async findUnit(metric, range, signal) {
      const input = {
        ...toSdkMetric(metric),
        StartTime: new Date(range.startEpochMs),
        EndTime: new Date(range.endEpochMs),
        Period: UNIT_PERIOD_SECONDS,
        Statistics: ['SampleCount' as const],
      };
      const answer = await aws.call('cloudwatch:GetMetricStatistics', signal, ({ cloudwatch }, options) =>
        cloudwatch.send(new GetMetricStatisticsCommand(input), options),
      );
      const units = new Set((answer.Datapoints ?? []).map(({ Unit }) => Unit));
      const [unit] = units;
      return units.size === 1 && unit !== 'None' ? unit : undefined;
    },

    async getWidgetImage(request, signal) {
      const input = {
        MetricWidget: JSON.stringify(buildMetricWidget(request, aws.target.region)),
        OutputFormat: 'png',
      };
      const answer = await aws.call(
        'cloudwatch:GetMetricWidgetImage',
        signal,
        ({ cloudwatch }, options) => cloudwatch.send(new GetMetricWidgetImageCommand(input), options),
        { isCallersQuery: true },
      );
      return answer.MetricWidgetImage ?? new Uint8Array();
    },
  };
}

function toSdkQuery(query: MetricDataQuery): SdkQuery {
  const base = { Id: query.id, Label: query.label, ReturnData: query.isReturned };
  if ('expression' in query)
    return { ...base, Expression: query.expression, Period: query.periodSeconds, AccountId: query.accountId };
  const { metricStat } = query;
  return {
    ...base,
    AccountId: metricStat.accountId,
    MetricStat: {
      Metric: toSdkMetric(metricStat),
      Period: metricStat.periodSeconds,
      Stat: metricStat.statistic,
      ...(metricStat.unit !== undefined && { Unit: toSdkUnit(metricStat.unit) }),
    },
  };
}

function toSdkUnit(unit: string): StandardUnit | undefined {
  return Object.values(StandardUnit).find((known) => known === unit);
}

function toSdkMetric({ namespace, metricName, dimensions }: MetricIdentity) {
  return {
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
  };
}

function toIdentity({ Namespace, MetricName, Dimensions }: Metric, owner: string | undefined): MetricIdentity {
  return {
    ...(owner !== undefined && ACCOUNT_ID.test(owner) && { accountId: owner }),
    namespace: Namespace ?? '',
    metricName: MetricName ?? '',
    dimensions: (Dimensions ?? []).map(({ Name, Value }) => ({ name: Name ?? '', value: Value ?? '' })),
  };
}

/** Without its lists a series is not empty: what it holds is not known. */
function toPageSeries(result: MetricDataResult): PageSeries {
  const { Timestamps: times, Values: values } = result;
  const isWhole = times !== undefined && values !== undefined;
  return {
    id: result.Id ?? '',
    label: result.Label ?? '',
    timestampsEpochMs: isWhole ? times.map((timestamp) => timestamp.getTime()) : [],
    values: isWhole ? values : [],
    status: isWhole ? toStatus(result.StatusCode) : 'InternalError',
    messages: [
      ...toMessages(result.Messages),
      ...(isWhole ? [] : ['an answer without times or values could not be read']),
    ],
  };
}

/** The newest were asked for first; a back end that does not heed it stops before them. */
function isAscending({ timestampsEpochMs }: PageSeries): boolean {
  return (timestampsEpochMs[0] ?? 0) < (timestampsEpochMs.at(-1) ?? 0);
}

function toStatus(code: string | undefined): MetricSeries['status'] {
  return code === 'PartialData' || code === 'InternalError' || code === 'Forbidden' ? code : 'Complete';
}

function toMessages(messages: readonly MessageData[] | undefined): string[] {
  return (messages ?? []).map(({ Code, Value }) => [Code, Value].filter((part) => part !== undefined).join(': '));
}
