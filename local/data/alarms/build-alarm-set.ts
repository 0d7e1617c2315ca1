import type { AlarmHistoryItem, CompositeAlarm, LogAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ACCOUNTS } from '../../scenario.ts';
import type { World } from '../../world.ts';
import type { MetricStore } from '../metric-store.ts';
import { evaluateAlarm } from './alarm-evaluation.ts';
import { buildHistory } from './alarm-history.ts';
import { type EvaluateQueries, readAlarmPoints } from './alarm-points.ts';
import type { AlarmSet } from './alarm-set.ts';
import type { AlarmSpecs, MetricAlarmSpec, TimedTransition } from './alarm-spec.ts';
import { type ChildAlarm, evaluateComposite } from './composite-evaluation.ts';
import { createContributorHistory, createContributors } from './contributors.ts';
import { createMuteRules } from './mute-rules.ts';
import { listAlarmSpecs } from './place-alarms.ts';
import type { Transition } from './transition.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

interface Built<Alarm> {
  readonly alarm: Alarm;
  readonly history: readonly AlarmHistoryItem[];
}

/** The alarms of one account and region: configured in the spec files, their states evaluated over the metrics. */
export function buildAlarmSet(
  world: World,
  alias: keyof typeof ACCOUNTS,
  region: string,
  store: MetricStore,
  evaluateQueries: EvaluateQueries,
): AlarmSet {
  const place: Place = { world, region, accountId: ACCOUNTS[alias].id };
  const specs: AlarmSpecs = listAlarmSpecs(alias, region);
  const children = new Map<string, ChildAlarm>();
  const timed = specs.promQl.map((spec) => buildTimed<MetricAlarm>(place, spec, 'MetricAlarm', children));
  const metric = specs.metric.map((spec) =>
    buildMetricAlarm(place, spec, (range) => readAlarmPoints(spec.config, store, range, evaluateQueries), children),
  );
  const log = specs.log.map((spec) => buildTimed<LogAlarm>(place, spec, 'LogAlarm', children));
  const composite = specs.composite.map((spec) => buildComposite(place, spec, children));
  const isMain = specs.promQl.length > 0;
  const contributors: AlarmSet['contributors'] = isMain ? createContributors(world.anchorEpochMs) : new Map();
  const history = [...metric, ...timed, ...log, ...composite].flatMap((built) => built.history);
  return {
    metricAlarms: sortByName([...metric, ...timed].map((built) => built.alarm)),
    compositeAlarms: sortByName(composite.map((built) => built.alarm)),
    logAlarms: sortByName(log.map((built) => built.alarm)),
    history: [...history, ...createContributorHistory(contributors)].toSorted(
      (left, right) => (right.Timestamp?.getTime() ?? 0) - (left.Timestamp?.getTime() ?? 0),
    ),
    contributors,
    muteRules: isMain ? createMuteRules(place.accountId, region, world.anchorEpochMs) : [],
  };
}

interface Place {
  readonly world: World;
  readonly region: string;
  readonly accountId: string;
}

function buildMetricAlarm(
  place: Place,
  spec: MetricAlarmSpec,
  readPoints: (range: { startEpochMs: number; endEpochMs: number }) => ReturnType<typeof readAlarmPoints>,
  children: Map<string, ChildAlarm>,
): Built<MetricAlarm> {
  const { anchorEpochMs } = place.world;
  const createdEpochMs = createdAt(place, spec.createdDaysAgo);
  const startEpochMs = Math.max(createdEpochMs, anchorEpochMs - (spec.evaluatedDays ?? 1) * DAY_MS);
  const points = readPoints({ startEpochMs, endEpochMs: anchorEpochMs });
  const evaluate = (initialState: 'OK' | 'INSUFFICIENT_DATA'): readonly Transition[] =>
    evaluateAlarm({ config: spec.config, points, startEpochMs, endEpochMs: anchorEpochMs, initialState });
  const fromNothing = evaluate('INSUFFICIENT_DATA');
  const isOkFromCreation = fromNothing[0]?.to === 'OK' && spec.createdDaysAgo > (spec.evaluatedDays ?? 1);
  const transitions = isOkFromCreation ? [firstOk(createdEpochMs), ...evaluate('OK')] : fromNothing;
  return finish(place, spec.config, 'MetricAlarm', createdEpochMs, transitions, children);
}

function buildTimed<Alarm extends MetricAlarm | LogAlarm>(
  place: Place,
  spec: { config: Alarm & { AlarmName: string }; createdDaysAgo: number; transitions: readonly TimedTransition[] },
  alarmType: 'MetricAlarm' | 'LogAlarm',
  children: Map<string, ChildAlarm>,
): Built<Alarm> {
  const transitions = spec.transitions.map(
    ({ agoMs, to, reason }, index): Transition => ({
      epochMs: place.world.anchorEpochMs - agoMs,
      from: spec.transitions[index - 1]?.to ?? 'INSUFFICIENT_DATA',
      to,
      reason,
      reasonData: undefined,
    }),
  );
  return finish(place, spec.config, alarmType, createdAt(place, spec.createdDaysAgo), transitions, children);
}

function buildComposite(
  place: Place,
  spec: AlarmSpecs['composite'][number],
  children: Map<string, ChildAlarm>,
): Built<CompositeAlarm> {
  const createdEpochMs = createdAt(place, spec.createdDaysAgo);
  const { ActionsSuppressor: suppressorName } = spec.config;
  const suppressor = suppressorName === undefined ? undefined : children.get(suppressorName);
  const transitions = evaluateComposite(spec.config.AlarmRule, children, createdEpochMs);
  if (suppressor?.finalState !== 'ALARM') {
    return finish(place, spec.config, 'CompositeAlarm', createdEpochMs, transitions, children);
  }
  const reason = `Actions suppressed by ${suppressor.arn}`;
  const config = {
    ...spec.config,
    ActionsSuppressor: suppressor.arn,
    ActionsSuppressedBy: 'Alarm' as const,
    ActionsSuppressedReason: reason,
  };
  return finish(place, config, 'CompositeAlarm', createdEpochMs, transitions, children, reason);
}

function finish<Alarm extends MetricAlarm | CompositeAlarm | LogAlarm>(
  place: Place,
  config: Alarm & { AlarmName: string },
  alarmType: 'MetricAlarm' | 'CompositeAlarm' | 'LogAlarm',
  createdEpochMs: number,
  transitions: readonly Transition[],
  children: Map<string, ChildAlarm>,
  suppressedBecause?: string,
): Built<Alarm> {
  const { AlarmName: name } = config;
  const arn = `arn:aws:cloudwatch:${place.region}:${place.accountId}:alarm:${name}`;
  const last = transitions.at(-1);
  const state = last?.to ?? 'INSUFFICIENT_DATA';
  const actionsEnabled = config.ActionsEnabled ?? true;
  children.set(name, { name, arn, finalState: state, transitions });
  const history = buildHistory({
    alarmName: name,
    alarmArn: arn,
    alarmType,
    createdEpochMs,
    anchorEpochMs: place.world.anchorEpochMs,
    transitions,
    actionsEnabled,
    alarmActions: config.AlarmActions ?? [],
    okActions: config.OKActions ?? [],
    ...(suppressedBecause === undefined ? {} : { suppressedBecause }),
  });
  const alarm: Alarm = {
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...config,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(createdEpochMs),
    ActionsEnabled: actionsEnabled,
    StateValue: state,
    StateReason: last?.reason ?? 'Unchecked: Initial alarm creation',
    ...(last?.reasonData === undefined ? {} : { StateReasonData: last.reasonData }),
    StateUpdatedTimestamp: new Date(last?.epochMs ?? createdEpochMs),
    StateTransitionedTimestamp: new Date(last?.epochMs ?? createdEpochMs),
  };
  return { alarm, history };
}

function createdAt(place: Place, daysAgo: number): number {
  return place.world.anchorEpochMs - daysAgo * DAY_MS - 37 * MINUTE_MS;
}

function firstOk(createdEpochMs: number): Transition {
  return {
    epochMs: createdEpochMs + 4 * MINUTE_MS,
    from: 'INSUFFICIENT_DATA',
    to: 'OK',
    reason:
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    reasonData: undefined,
  };
}

function sortByName<Alarm extends { AlarmName?: string | undefined }>(alarms: readonly Alarm[]): readonly Alarm[] {
  return alarms.toSorted((left, right) => ((left.AlarmName ?? '') < (right.AlarmName ?? '') ? -1 : 1));
}
