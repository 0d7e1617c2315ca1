import type { LogAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { ACCOUNTS } from '../../scenario.ts';
import type { World } from '../../world.ts';
import type { LogGroup } from '../logs/log-group.ts';
import type { SlotStore } from '../metric-store.ts';
import { type EvaluateQueries, readAlarmPoints } from './alarm-points.ts';
import { type AlarmKind, type AlarmRecord, toAlarmArn } from './alarm-record.ts';
import type { AlarmSet } from './alarm-set.ts';
import type { AlarmSpecs, LogAlarmSpec, MetricAlarmSpec, TimedTransition } from './alarm-spec.ts';
import { createAlarmsAt, NO_CONTRIBUTORS } from './alarm-timeline.ts';
import type { ChildAlarm } from './composite-evaluation.ts';
import { recordComposite } from './composite-record.ts';
import { createContributorHistory, createContributors } from './contributors.ts';
import { evaluateMetricAlarm } from './evaluate-metric-alarm.ts';
import { evaluateLogAlarm } from './log-alarm-evaluation.ts';
import { createMuteRules } from './mute-rules.ts';
import { listAlarmSpecs } from './place-alarms.ts';
import { planActions } from './suppression.ts';
import type { Transition } from './transition.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How far back alarms follow from what they watch; before, nothing happened to them. */
const EVALUATED_DAYS = 14;
/** Of alarms that count log events. */
const COUNTED_MS = 2 * 60 * MINUTE_MS;

/** Where and when a set of alarms stands. */
export interface AlarmPlace {
  readonly world: World;
  readonly region: string;
  readonly account: string;
}

/** The alarms of one account and region of the shop: configured in the spec files, their states evaluated over the metrics. */
export function buildAlarmSet(
  place: AlarmPlace,
  alias: keyof typeof ACCOUNTS,
  store: SlotStore,
  evaluateQueries: EvaluateQueries,
  groups: readonly LogGroup[],
): AlarmSet {
  const { world, region, account } = place;
  const specs: AlarmSpecs = listAlarmSpecs(alias, region);
  const timed = specs.promQl.map((spec) => recordTimed<MetricAlarm>(place, spec, 'MetricAlarm'));
  const metric = specs.metric.map((spec) => recordMetric(place, spec, store, evaluateQueries));
  const log = specs.log.map((spec) => recordLog(place, spec, groups));
  const children = new Map<string, ChildAlarm>([...timed, ...metric, ...log].map((record) => [record.name, record]));
  const composite = specs.composite.map((spec) => {
    const record = recordComposite(place, spec.config, createdAt(place, spec.createdDaysAgo), children);
    children.set(record.name, record);
    return record;
  });
  const isMain = specs.promQl.length > 0;
  const contributors = isMain ? createContributors(world.anchorEpochMs, log) : NO_CONTRIBUTORS;
  const muteRules = isMain ? createMuteRules(account, region, world.anchorEpochMs) : [];
  const alarmsAt = createAlarmsAt({
    metric: [...metric, ...timed],
    composite,
    log,
    contributors,
    extraHistory: createContributorHistory(contributors),
    muteRulesAt: () => muteRules,
  });
  return alarmsAt(world.anchorEpochMs);
}

function recordMetric(
  place: AlarmPlace,
  spec: MetricAlarmSpec,
  store: SlotStore,
  evaluateQueries: EvaluateQueries,
): AlarmRecord<MetricAlarm> {
  const { anchorEpochMs } = place.world;
  const createdEpochMs = createdAt(place, spec.createdDaysAgo);
  const transitions = evaluateMetricAlarm({
    config: spec.config,
    createdEpochMs,
    sinceEpochMs: anchorEpochMs - (spec.evaluatedDays ?? EVALUATED_DAYS) * DAY_MS,
    untilEpochMs: anchorEpochMs,
    readPoints: (range) => readAlarmPoints(spec.config, store, range, evaluateQueries),
  });
  return recordAlarm(place, spec.config, 'MetricAlarm', createdEpochMs, transitions);
}

/** Over the last hours; before, there were no events that these alarms count. */
function recordLog(place: AlarmPlace, spec: LogAlarmSpec, groups: readonly LogGroup[]): AlarmRecord<LogAlarm> {
  const { anchorEpochMs } = place.world;
  const createdEpochMs = createdAt(place, spec.createdDaysAgo);
  const group = groups.find(
    ({ account, region, name }) => account === place.account && region === place.region && name === spec.logGroup,
  );
  const transitions =
    group === undefined ? [] : evaluateLogAlarm(spec, group, createdEpochMs, anchorEpochMs - COUNTED_MS, anchorEpochMs);
  return recordAlarm(place, spec.config, 'LogAlarm', createdEpochMs, transitions);
}

function recordTimed<Alarm extends MetricAlarm>(
  place: AlarmPlace,
  spec: { config: Alarm & { AlarmName: string }; createdDaysAgo: number; transitions: readonly TimedTransition[] },
  kind: 'MetricAlarm',
): AlarmRecord<Alarm> {
  const transitions = spec.transitions.map(
    ({ agoMs, to, reason }, index): Transition => ({
      epochMs: place.world.anchorEpochMs - agoMs,
      from: spec.transitions[index - 1]?.to ?? 'INSUFFICIENT_DATA',
      to,
      reason,
      reasonData: undefined,
    }),
  );
  return recordAlarm(place, spec.config, kind, createdAt(place, spec.createdDaysAgo), transitions);
}

function recordAlarm<Alarm extends MetricAlarm | LogAlarm>(
  place: AlarmPlace,
  config: Alarm & { AlarmName: string },
  kind: AlarmKind,
  createdEpochMs: number,
  transitions: readonly Transition[],
): AlarmRecord<Alarm> {
  const name = config.AlarmName;
  const arn = toAlarmArn(place, name);
  return { kind, config, name, arn, createdEpochMs, transitions, actions: planActions(transitions) };
}

function createdAt(place: AlarmPlace, daysAgo: number): number {
  return place.world.anchorEpochMs - daysAgo * DAY_MS - 37 * MINUTE_MS;
}
