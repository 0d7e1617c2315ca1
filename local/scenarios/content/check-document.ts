import { listRuleAlarms, parseAlarmRule } from '../../data/alarms/alarm-rule.ts';
import { metricKey } from '../../data/metric-model.ts';
import type { Placed } from '../document.ts';
import type { FaultList } from '../format/faults.ts';
import { LIMITS } from '../format/limits.ts';
import type { PlaceOf } from './places.ts';
import type { ReadDocument } from './read-document.ts';

/** What only shows when the parts of a document are seen together: names that are taken, sums that are too large, rules. */
export function checkDocument(document: ReadDocument, placeOf: PlaceOf, faults: FaultList): void {
  const { metrics = [], logGroups = [], metricAlarms = [], compositeAlarms = [], logAlarms = [] } = document;
  const names = createNameCheck(placeOf, faults);
  for (const [member, alarms] of Object.entries({ metricAlarms, compositeAlarms, logAlarms }))
    for (const [index, alarm] of alarms.entries())
      names.add('alarm', alarm.AlarmName ?? '', alarm, `${member}[${index}]`);
  for (const [index, group] of logGroups.entries())
    names.add('log group', group.logGroupName, group, `logGroups[${index}]`);
  for (const [index, metric] of metrics.entries()) {
    const dimensions = (metric.Dimensions ?? []).map(({ Name, Value }) => ({ name: Name, value: Value }));
    const key = metricKey(metric.Namespace, metric.MetricName, dimensions);
    names.add('metric', key, metric, `metrics[${index}]`);
  }
  for (const [index, dashboard] of (document.dashboards ?? []).entries())
    names.add('dashboard', dashboard.DashboardName, { ...dashboard, region: '' }, `dashboards[${index}]`);
  for (const [index, { AlarmRule }] of compositeAlarms.entries()) {
    checkRule(AlarmRule ?? '', `compositeAlarms[${index}].AlarmRule`, faults);
  }
  checkSizes(document, faults);
}

function createNameCheck(placeOf: PlaceOf, faults: FaultList) {
  const seen = new Map<string, string>();
  return {
    add(kind: string, name: string, item: Placed, path: string): void {
      const { account, region } = placeOf(item);
      const key = JSON.stringify([kind, account, region, name]);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, path);
      else faults.add(path, `is the same ${kind} as ${first}`);
    },
  };
}

function checkRule(rule: string, path: string, faults: FaultList): void {
  try {
    listRuleAlarms(parseAlarmRule(rule));
  } catch (error) {
    faults.add(path, error instanceof Error ? error.message : String(error));
  }
}

function checkSizes({ metrics = [], logGroups = [] }: ReadDocument, faults: FaultList): void {
  const numbers = metrics.reduce((sum, { values, statistics = {} }) => {
    const lengths = Object.values(statistics).map(({ length }) => length);
    return sum + (values?.length ?? 0) + lengths.reduce((total, length) => total + length, 0);
  }, 0);
  const events = logGroups.reduce((sum, group) => sum + (group.events?.length ?? 0), 0);
  if (numbers > LIMITS.numbers) faults.add('metrics', `must hold at most ${LIMITS.numbers} numbers, not ${numbers}`);
  if (events > LIMITS.events) faults.add('logGroups', `must hold at most ${LIMITS.events} events, not ${events}`);
}
