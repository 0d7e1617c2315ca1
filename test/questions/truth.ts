/** What is true of the shop, from its own series, alarms, logs and records, by no tool of the program. */
import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Content, Place } from '../../local/data/content.ts';
import { createMetricStore } from '../../local/data/metric-reader.ts';
import type { AggregatedSeries, MetricIdentity } from '../../local/data/metric-store.ts';
import { ACCOUNTS, type AccountAlias, DEFAULT_REGION } from '../../local/scenario.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';
import { createShop } from '../../local/shop.ts';
import { createWorld } from '../../local/world.ts';

const MINUTE_MS = 60_000;
const SEED = 20_260_101;
const PROD: Place = { account: ACCOUNTS.prod.id, region: DEFAULT_REGION };

export interface KnownAlarm {
  readonly name: string;
  readonly state: StateValue;
  readonly sinceEpochMs: number;
  readonly threshold: number | undefined;
}

export interface Line {
  readonly epochMs: number;
  readonly message: string;
}

/** @param periodSeconds of values from a multiple of it on */
type ReadSeries = (
  metric: MetricIdentity,
  range: { readonly startEpochMs: number; readonly endEpochMs: number },
  periodSeconds: number,
  statistic: string,
  place?: Place,
) => AggregatedSeries;

export type Truth = ReturnType<typeof createTruth>;

/** The shop as it is at a time, to be served and to be looked into. */
export function createTruth(nowEpochMs: number) {
  const world = createWorld(SEED, nowEpochMs);
  const { anchorEpochMs } = world;
  const content = createShop(world);
  const scenario: Scenario = {
    name: 'shop',
    description: '',
    anchorEpochMs,
    region: DEFAULT_REGION,
    content,
    accounts: [],
    warnings: [],
  };
  const series: ReadSeries = (metric, range, periodSeconds, statistic, place = PROD) =>
    createMetricStore(content.region(place).metrics, range.endEpochMs).read(metric, range, periodSeconds, statistic);
  return {
    scenario,
    anchorEpochMs,
    series,
    ...knowAlarms(content, anchorEpochMs),
    ...knowRecords(content, anchorEpochMs),
    metrics: () => content.region(PROD).metrics.models,
    lines: (logGroup: string, fromEpochMs: number, toEpochMs: number): Line[] =>
      readLines(content, logGroup, fromEpochMs, toEpochMs),
  };
}

function knowAlarms(content: Content, anchorEpochMs: number) {
  const setOf = (place: Place) => content.region(place).alarmsAt(anchorEpochMs);
  /** Auto scaling aside. */
  const alarmsOf = (alias: AccountAlias): KnownAlarm[] =>
    ACCOUNTS[alias].regions.flatMap((region) => {
      const { metricAlarms, compositeAlarms, logAlarms } = setOf({ account: ACCOUNTS[alias].id, region });
      return [...metricAlarms, ...compositeAlarms, ...logAlarms]
        .filter(({ AlarmName = '' }) => !AlarmName.startsWith('TargetTracking-'))
        .map((alarm) => ({
          name: alarm.AlarmName ?? '',
          state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
          sinceEpochMs: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() ?? 0,
          threshold: 'Threshold' in alarm ? alarm.Threshold : undefined,
        }));
    });
  return {
    alarmsOf,
    alarm(name: string): KnownAlarm {
      const found = alarmsOf('prod').find((one) => one.name === name);
      if (found === undefined) throw new Error(`the shop has no alarm ${name}`);
      return found;
    },
    firingIn: (alias: AccountAlias) => alarmsOf(alias).filter(({ state }) => state === 'ALARM'),
    /** When an alarm of production went into ALARM. */
    firingsOf: (name: string) =>
      setOf(PROD)
        .history.filter(
          ({ AlarmName, HistoryItemType, HistorySummary = '' }) =>
            AlarmName === name && HistoryItemType === 'StateUpdate' && HistorySummary.endsWith('to ALARM'),
        )
        .map(({ Timestamp }) => Timestamp?.getTime() ?? 0),
    /** Whether a metric of production has an alarm of its own. */
    isWatched: ({ namespace, metricName, dimensions }: MetricIdentity) =>
      setOf(PROD).metricAlarms.some(
        (alarm) =>
          alarm.Namespace === namespace &&
          alarm.MetricName === metricName &&
          dimensions.every(({ name, value }) =>
            alarm.Dimensions?.some((own) => own.Name === name && own.Value === value),
          ),
      ),
  };
}

function knowRecords(content: Content, anchorEpochMs: number) {
  return {
    /** When the last new code of a function came. */
    deployOf(functionName: string): number {
      const event = content
        .trail(PROD)
        .find(
          ({ EventName, Resources }) =>
            EventName.startsWith('UpdateFunctionCode') && Resources[0]?.ResourceName === functionName,
        );
      if (event === undefined) throw new Error(`nobody deployed ${functionName}`);
      return event.EventTime.getTime();
    },
    dashboardsWith: (text: RegExp) =>
      content
        .dashboards(PROD.account, anchorEpochMs)
        .filter(({ body }) => text.test(body))
        .map(({ name }) => name),
    /** Queries of before, since a time. */
    queriesSince: (epochMs: number) =>
      content.logs.queryHistory(PROD).filter(({ createdEpochMs }) => createdEpochMs >= epochMs).length,
  };
}

function readLines({ logs }: Content, logGroup: string, fromEpochMs: number, toEpochMs: number): Line[] {
  const group = logs.groups.find(({ name, account }) => name === logGroup && account === PROD.account);
  const first = Math.floor(fromEpochMs / MINUTE_MS);
  const minutes = Array.from({ length: Math.ceil(toEpochMs / MINUTE_MS) - first }, (_, index) => first + index);
  return minutes
    .flatMap((minute) => group?.eventsOfMinute(minute * MINUTE_MS) ?? [])
    .filter(({ timestampEpochMs }) => timestampEpochMs >= fromEpochMs && timestampEpochMs <= toEpochMs)
    .map(({ timestampEpochMs, message }) => ({ epochMs: timestampEpochMs, message }));
}
