/**
 * How many calls to AWS each part of an investigation may make, so that all of them together stay within the budget
 * whatever the account is like. Looks at running queries are not counted. Pure.
 */

/** Of one investigation: quotas are shared with everybody in the account. */
export const MAX_CALLS = 45;
/** ListMetrics without a filter. */
export const MAX_LIST_PAGES = 3;
/** The window, a day and a week before, two weeks of capacity and of what moved, sizes of logs: GetMetricData, one page each. */
const METRIC_READS = 6;
export const MAX_GROUP_SEARCHES = 5;
/** Three groups, before and since. */
export const MAX_LOG_GROUPS = 3;
const LOG_CALLS = MAX_GROUP_SEARCHES + 2 + 2 * MAX_LOG_GROUPS;
const LEAST = { historyPages: 1, dashboards: 0, named: 3, trail: 2 };
/** Edits of alarms, the list of dashboards, what the changed alarms watch. */
const SINGLE = 3;

export interface AlarmWave {
  /** Of what all alarms did. */
  readonly historyPages: number;
  /** That are read. */
  readonly dashboards: number;
}

export interface MetricWave {
  /** Resources whose metrics are asked for by name. */
  readonly named: number;
  /** LookupEvents. */
  readonly trail: number;
}

/** @param left of the budget, before the alarms of the place are looked at */
export function planAlarmWave(left: number): AlarmWave {
  const spare = left - SINGLE - MAX_LIST_PAGES - METRIC_READS - LOG_CALLS - LEAST.named - LEAST.trail;
  const historyPages = within(spare - 4, LEAST.historyPages, 8);
  return { historyPages, dashboards: within(spare - historyPages, LEAST.dashboards, 4) };
}

/** @param left of the budget, before metrics and changes are looked at */
export function planMetricWave(left: number): MetricWave {
  const spare = left - MAX_LIST_PAGES - METRIC_READS - LOG_CALLS;
  const named = within(spare - 6, LEAST.named, 6);
  return { named, trail: within(spare - named, LEAST.trail, 12) };
}

/** Each group is asked before and since, and both queries may have to be stopped. */
const CALLS_OF_GROUP = 4;
/** Classes and sizes of the groups. */
const LOG_SINGLE = 2;

/** @param left of the budget, when it is known which groups there are; the number of them that are read */
export function planLogWave(left: number): number {
  return within(Math.floor((left - LOG_SINGLE) / CALLS_OF_GROUP), 1, MAX_LOG_GROUPS);
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
