import type { AlarmHistoryItem, CompositeAlarm, LogAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { EVALUATION_DELAY_MS } from '../../data/alarms/alarm-evaluation.ts';
import { type EvaluateQueries, readAlarmPoints } from '../../data/alarms/alarm-points.ts';
import { type AlarmKind, type AlarmRecord, type AnyAlarm, toAlarmArn } from '../../data/alarms/alarm-record.ts';
import { listRuleAlarms, parseAlarmRule } from '../../data/alarms/alarm-rule.ts';
import { type AlarmTimeline, NO_CONTRIBUTORS } from '../../data/alarms/alarm-timeline.ts';
import type { ChildAlarm } from '../../data/alarms/composite-evaluation.ts';
import { recordComposite } from '../../data/alarms/composite-record.ts';
import { evaluateMetricAlarm } from '../../data/alarms/evaluate-metric-alarm.ts';
import { planActions } from '../../data/alarms/suppression.ts';
import type { Transition } from '../../data/alarms/transition.ts';
import type { Place } from '../../data/content.ts';
import { type AccountMetrics, linkStores } from '../../data/linked-store.ts';
import { createMetricStore, type MetricCatalog } from '../../data/metric-reader.ts';
import { applyGivenState } from './given-state.ts';
import { ByPlace, type PlaceOf } from './places.ts';
import type { ReadDocument } from './read-document.ts';

const DAY_MS = 86_400_000;
/** How far back alarms are evaluated where the metrics go back that far. */
const EVALUATED_MS = 14 * DAY_MS;

export interface AlarmScene {
  readonly anchorEpochMs: number;
  readonly evaluateQueries: EvaluateQueries;
  readonly catalogOf: (place: Place) => MetricCatalog;
  /** Source accounts whose metrics alarms of a monitoring account may watch. */
  readonly linkedAccounts: (account: string) => readonly string[];
  /** End of the series of a place. */
  metricsEndOf(place: Place): number;
  /** Told of a given state that the metrics do not give. */
  warn(message: string): void;
}

/** The alarms of the places of a scenario: evaluated over its metrics, what it gives has the last word. */
export function createScenarioAlarms(document: ReadDocument, placeOf: PlaceOf, scene: AlarmScene) {
  const metric = new ByPlace(document.metricAlarms ?? [], placeOf);
  const composite = new ByPlace(document.compositeAlarms ?? [], placeOf);
  const log = new ByPlace(document.logAlarms ?? [], placeOf);
  const rules = new ByPlace(document.muteRules ?? [], placeOf);
  const history = new ByPlace(document.alarmHistory ?? [], placeOf);
  return (place: Place): AlarmTimeline => {
    const given = Map.groupBy(history.at(place), ({ AlarmName }) => AlarmName ?? '');
    const metricRecords = metric.at(place).map((config) => recordMetric(place, config, scene, given));
    const logRecords = log.at(place).map((config) => recordLog(place, config, scene, given));
    const children = new Map<string, ChildAlarm>([...metricRecords, ...logRecords].map((each) => [each.name, each]));
    const known = new Set(
      [...metric.at(place), ...composite.at(place), ...log.at(place)].map((each) => each.AlarmName),
    );
    return {
      metric: metricRecords,
      log: logRecords,
      composite: recordComposites(place, composite.at(place), children, scene, given),
      contributors: NO_CONTRIBUTORS,
      // Of alarms that do not exist any more.
      extraHistory: history.at(place).filter(({ AlarmName }) => !known.has(AlarmName)),
      muteRulesAt: () =>
        rules
          .at(place)
          .map((rule) => ({ ...rule, AlarmMuteRuleArn: rule.AlarmMuteRuleArn ?? ruleArn(place, rule.Name) })),
    };
  };
}

type GivenHistory = ReadonlyMap<string, readonly AlarmHistoryItem[]>;

function recordMetric(
  place: Place,
  config: MetricAlarm,
  scene: AlarmScene,
  given: GivenHistory,
): AlarmRecord<MetricAlarm> {
  const { anchorEpochMs } = scene;
  const createdEpochMs = createdAt(config, anchorEpochMs);
  // A series that has ended tells nothing of the time after the anchor.
  const sources = scene.linkedAccounts(place.account).map((account) => ({ ...place, account }));
  const catalogs = [place, ...sources].map((each) => scene.catalogOf(each));
  const untilEpochMs =
    Math.max(anchorEpochMs, ...[place, ...sources].map((each) => scene.metricsEndOf(each))) + EVALUATION_DELAY_MS;
  const metricsOf = (each: Place): AccountMetrics => ({
    account: each.account,
    store: createMetricStore(scene.catalogOf(each), untilEpochMs),
  });
  const store = linkStores(metricsOf(place), sources.map(metricsOf));
  const derived =
    config.EvaluationCriteria === undefined
      ? evaluateMetricAlarm({
          config,
          createdEpochMs,
          sinceEpochMs: Math.max(
            anchorEpochMs - EVALUATED_MS,
            Math.min(...catalogs.map(({ oldestEpochMs }) => oldestEpochMs)),
          ),
          untilEpochMs,
          readPoints: (range) => readAlarmPoints(config, store, range, scene.evaluateQueries),
        })
      : [];
  return record(place, config, 'MetricAlarm', createdEpochMs, derived, scene, given);
}

/** Queries of logs are not run here: a log alarm is what its scenario says. */
function recordLog(place: Place, config: LogAlarm, scene: AlarmScene, given: GivenHistory): AlarmRecord<LogAlarm> {
  return record(place, config, 'LogAlarm', createdAt(config, scene.anchorEpochMs), [], scene, given);
}

function record<Alarm extends MetricAlarm | LogAlarm>(
  place: Place,
  config: Alarm,
  kind: AlarmKind,
  createdEpochMs: number,
  derived: readonly Transition[],
  scene: AlarmScene,
  given: GivenHistory,
): AlarmRecord<Alarm> {
  const name = config.AlarmName ?? '';
  const transitions = applyGivenState(config, derived, { ...scene, createdEpochMs });
  const givenHistory = given.get(name);
  return {
    kind,
    config,
    name,
    arn: config.AlarmArn ?? toAlarmArn(place, name),
    createdEpochMs,
    transitions,
    actions: planActions(transitions),
    ...(givenHistory !== undefined && { givenHistory: nameKind(givenHistory, kind) }),
  };
}

/** Composite alarms may stand on one another in any order; what hangs together in a circle is evaluated as it comes. */
function recordComposites(
  place: Place,
  configs: readonly CompositeAlarm[],
  children: Map<string, ChildAlarm>,
  scene: AlarmScene,
  given: GivenHistory,
): readonly AlarmRecord<CompositeAlarm>[] {
  const records: AlarmRecord<CompositeAlarm>[] = [];
  let waiting = [...configs];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ AlarmName }) => AlarmName));
    const ready = waiting.filter((config) => ![...dependenciesOf(config)].some((name) => names.has(name)));
    const next = ready.length > 0 ? ready : waiting;
    for (const config of next) {
      const createdEpochMs = createdAt(config, scene.anchorEpochMs);
      const made = recordComposite(place, config, createdEpochMs, children, (derived) =>
        applyGivenState(config, derived, { ...scene, createdEpochMs }),
      );
      const givenHistory = given.get(made.name);
      const whole = givenHistory === undefined ? made : { ...made, givenHistory: nameKind(givenHistory, made.kind) };
      children.set(made.name, whole);
      records.push(whole);
    }
    waiting = waiting.filter((config) => !next.includes(config));
  }
  return records;
}

function* dependenciesOf({ AlarmRule = 'FALSE', ActionsSuppressor }: CompositeAlarm): Generator<string> {
  for (const name of listRuleAlarms(parseAlarmRule(AlarmRule))) yield withoutArn(name);
  if (ActionsSuppressor !== undefined) yield withoutArn(ActionsSuppressor);
}

function withoutArn(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:.*?:alarm:/, '');
}

/** An alarm is as old as it says, a month where it says nothing. */
function createdAt(config: AnyAlarm, anchorEpochMs: number): number {
  return config.AlarmConfigurationUpdatedTimestamp?.getTime() ?? anchorEpochMs - 30 * DAY_MS;
}

function nameKind(items: readonly AlarmHistoryItem[], kind: AlarmKind): readonly AlarmHistoryItem[] {
  return items.map((item) => ({ ...item, AlarmType: item.AlarmType ?? kind }));
}

function ruleArn({ account, region }: Place, name: string | undefined): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm-mute-rule:${name}`;
}
