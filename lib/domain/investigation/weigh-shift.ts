/** How much the shift of one metric says of where trouble began: by its part, its place, its direction and what explains it. Pure. */
import { readMetricName, splitWords } from '../alarms/advice/metric-words.ts';
import { MINUTE_MS } from '../time.ts';
import { growthOf, type MetricShift, strengthOf } from './metric-shift.ts';

const LAYER_OF_TROUBLE = { entry: 0.6, compute: 0.9, store: 1, buffer: 0.45 } as const;
const LAYER_OF_LOAD = { entry: 1.2, compute: 1.15, store: 0.9, buffer: 0.5 } as const;
const ROLES = { load: 1, fault: 1, latency: 0.9, capacity: 1, backlog: 0.6, other: 0.9 } as const;
const REGULAR = 0.1;
const EXPLAINED = 0.2;
const IDLE = 0.5;
const RELIEF = 0.15;
const VICTIM = 0.6;
const DERIVED = 0.8;
/** Growth of traffic (as a logarithm) that explains what grows less: by half. */
const MIN_TRAFFIC = Math.log(1.5);
/** Growth of one that takes what others then lack: threefold. */
const TAKES = Math.log(3);
/** Part of a long period by which the time found in it may be wrong. */
const DOUBT = 0.5;

/** @param isRecurring what recurs is what is asked for */
export function weighShift(one: MetricShift, shifts: readonly MetricShift[], isRecurring: boolean): number {
  const { role, layer } = one.metric;
  const parts = [
    strengthOf(one) * ROLES[role],
    one.isRegular && !isRecurring ? REGULAR : 1,
    isExplained(one, shifts) ? EXPLAINED : 1,
    isVictim(one, shifts) ? VICTIM : 1,
    isIdle(one) ? IDLE : 1,
    isRelief(one) ? RELIEF : 1,
    isDerived(one) ? DERIVED : 1,
  ];
  const strength = parts.reduce((product, part) => product * part, 1);
  // What a buffer refuses is its own limit; what waits in it waits for others.
  if (role === 'fault' && layer === 'buffer') return strength;
  if (role !== 'load') return strength * LAYER_OF_TROUBLE[layer];
  return strength * LAYER_OF_LOAD[layer] * (isMereFall(one) ? IDLE : 1);
}

/** By how much its time may be wrong: what took hours to show began at any time in them. */
export function slackOf({ periodMs, isSlow }: MetricShift): number {
  return isSlow || periodMs <= MINUTE_MS ? 0 : DOUBT * periodMs;
}

/** What does nothing takes no time: that there is no duration any more only says that there is no work. */
function isIdle({ metric, shift }: MetricShift): boolean {
  return metric.role === 'latency' && shift.direction === 'stopped';
}

/** How much is at work at once follows from how much comes and how long it takes (Little's law). */
function isDerived({ metric }: MetricShift): boolean {
  return splitWords(metric.metricName).some((word) => /^(?:concurren|flight)/.test(word));
}

/** Less work where callers fail is a consequence; none at all is news. */
function isMereFall({ shift }: MetricShift): boolean {
  return shift.direction === 'down' && shift.after > 0.25 * shift.before;
}

/** Fewer errors, less waiting, less CPU: nothing bad begins with it. */
function isRelief({ metric, shift }: MetricShift): boolean {
  if (shift.direction !== 'down' && !(shift.direction === 'stopped' && metric.role === 'fault')) return false;
  if (metric.role === 'load' || metric.role === 'other') return false;
  return readMetricName(metric.metricName).direction === 'above';
}

/** Throttled or rejected while another one takes three times as much as before. A store has limits of its own. */
function isVictim(one: MetricShift, shifts: readonly MetricShift[]): boolean {
  if (one.metric.layer !== 'compute') return false;
  if (!splitWords(one.metric.metricName).some((word) => /^(?:throttl|reject)/.test(word))) return false;
  return shifts.some(
    ({ metric, shift, atEpochMs }) =>
      metric.resource !== one.metric.resource &&
      (metric.role === 'load' || metric.role === 'capacity') &&
      metric.layer === 'compute' &&
      growthOf(shift) >= TAKES &&
      atEpochMs <= one.atEpochMs + 2 * MINUTE_MS,
  );
}

/**
 * It grew or fell no more than the traffic at the door did, and not before it. Time taken is another matter: where there is enough
 * of everything, more work takes no longer.
 */
function isExplained(one: MetricShift, shifts: readonly MetricShift[]): boolean {
  const { role, layer, resource } = one.metric;
  if (role === 'latency' || layer === 'entry') return false;
  const growth = growthOf(one.shift);
  return shifts.some((other) => {
    const isDoor = other.metric.role === 'load' && other.metric.layer === 'entry';
    if (!isDoor || other.metric.resource === resource || other.atEpochMs > one.atEpochMs + doubtOf(one, other))
      return false;
    const traffic = growthOf(other.shift);
    const isAlike = Math.abs(traffic - growth) <= Math.max(0.35, 0.3 * Math.abs(growth));
    const isLess = Math.abs(traffic) >= MIN_TRAFFIC && growth * traffic > 0 && Math.abs(growth) < Math.abs(traffic);
    return isAlike || isLess;
  });
}

/** By how much their order in time may be mistaken. */
function doubtOf(...shifts: readonly MetricShift[]): number {
  return Math.max(2 * MINUTE_MS, ...shifts.map(slackOf));
}
