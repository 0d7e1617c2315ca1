import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch';
import type { EvaluateQueries } from '../data/alarms/alarm-points.ts';
import { createAlarmsAt } from '../data/alarms/alarm-timeline.ts';
import type { Content, Place, RegionContent } from '../data/content.ts';
import { DEFAULT_REGION } from '../scenario.ts';
import { createAccountBook } from './content/accounts.ts';
import { createApplications } from './content/applications.ts';
import { checkDocument } from './content/check-document.ts';
import { ByPlace, type PlaceOf } from './content/places.ts';
import { type ReadDocument, readDocument } from './content/read-document.ts';
import { createScenarioAlarms } from './content/scenario-alarms.ts';
import { createScenarioLogs } from './content/scenario-logs.ts';
import { createScenarioMetrics } from './content/scenario-metrics.ts';
import { createScenarioTrail } from './content/scenario-trail.ts';
import type { Placed } from './document.ts';
import { ScenarioClock } from './format/clock.ts';
import { FaultList } from './format/faults.ts';
import type { Scenario } from './scenario.ts';

export interface ScenarioOptions {
  /** What the faults are told of, e.g. a file's name. */
  readonly source: string;
  /** A whole minute. */
  readonly anchorEpochMs: number;
  /** The service's metric math, for alarms on expressions. */
  readonly evaluateQueries: EvaluateQueries;
  /** Faults that reading the file had. */
  readonly faults?: FaultList;
}

/**
 * Makes a scenario of a document: checks it, sets its times, evaluates its alarms.
 * @throws ScenarioError with all faults
 */
export function createScenario(document: unknown, options: ScenarioOptions): Scenario {
  const { source, anchorEpochMs, faults = new FaultList() } = options;
  const clock = new ScenarioClock(anchorEpochMs);
  const read = readDocument(document, source, clock, faults);
  const region = read.region ?? DEFAULT_REGION;
  const accounts = createAccountBook(read, faults);
  const placeOf: PlaceOf = (item: Placed) => ({
    account: accounts.idOf(item.account ?? read.account ?? 'prod'),
    region: item.region ?? region,
  });
  checkDocument(read, placeOf, faults);
  faults.throwIfAny(source);
  const warnings: string[] = [];
  return {
    name: read.name,
    description: read.description ?? '',
    anchorEpochMs,
    region,
    accounts: read.accounts ?? [],
    content: createContent(read, placeOf, accounts.linkedAccounts, clock, options, (text) => warnings.push(text)),
    warnings,
  };
}

function createContent(
  document: ReadDocument,
  placeOf: PlaceOf,
  linkedAccounts: (account: string) => readonly string[],
  clock: ScenarioClock,
  { evaluateQueries }: ScenarioOptions,
  warn: (message: string) => void,
): Content {
  const metrics = createScenarioMetrics(document.metrics ?? [], clock, placeOf);
  const detectors = new ByPlace((document.anomalyDetectors ?? []).filter(isOfMetrics), placeOf);
  const timelineOf = createScenarioAlarms(document, placeOf, {
    anchorEpochMs: clock.anchorEpochMs,
    evaluateQueries,
    catalogOf: metrics.catalogOf,
    linkedAccounts,
    metricsEndOf: metrics.endOf,
    warn,
  });
  const makeRegion = (place: Place): RegionContent => ({
    metrics: metrics.catalogOf(place),
    anomalyDetectors: detectors.at(place),
    alarmsAt: createAlarmsAt(timelineOf(place)),
  });
  const made = new Map<string, RegionContent>();
  const region = (place: Place): RegionContent => {
    const key = `${place.account}/${place.region}`;
    const known = made.get(key) ?? makeRegion(place);
    made.set(key, known);
    return known;
  };
  // All alarms are evaluated now, so that the warnings are complete when the scenario is there.
  for (const item of [document.metricAlarms, document.compositeAlarms, document.logAlarms].flatMap(
    (list) => list ?? [],
  ))
    region(placeOf(item));
  return {
    region,
    metricSources: linkedAccounts,
    dashboards: createDashboards(document, placeOf, clock),
    logs: createScenarioLogs(document, clock, placeOf, linkedAccounts),
    trail: createScenarioTrail(document.events ?? [], placeOf),
    applications: createApplications(document, placeOf),
  };
}

function isOfMetrics(detector: object): detector is AnomalyDetector & Placed {
  return !('anomalyDetectorArn' in detector);
}

function createDashboards(document: ReadDocument, placeOf: PlaceOf, clock: ScenarioClock): Content['dashboards'] {
  const all = (document.dashboards ?? []).map((dashboard) => ({
    account: placeOf(dashboard).account,
    name: dashboard.DashboardName,
    body: JSON.stringify(dashboard.DashboardBody),
    modifiedEpochMs: dashboard.LastModified ?? clock.anchorEpochMs,
  }));
  all.sort((left, right) => (left.name < right.name ? -1 : 1));
  return (account, nowEpochMs) =>
    all.filter((dashboard) => dashboard.account === account && dashboard.modifiedEpochMs <= nowEpochMs);
}
