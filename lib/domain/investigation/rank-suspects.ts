/**
 * Where to look first: early, strong and specific before late and general; what callers log of what they call after that;
 * what traffic explains, what recurs and what only waits for others last. Pure.
 */
import { clip } from '../text/clean-text.ts';
import { listSome } from '../text/counts.ts';
import { MINUTE_MS } from '../time.ts';
import type { Suspect } from './finding.ts';
import { affinityOf, beganWork, isSingleLine, type LogFinding, mentionedBy, tellFields } from './log-links.ts';
import { growthOf, type MetricShift, strengthOf } from './metric-shift.ts';
import { nameParts } from './resource.ts';

export interface ConfigChange {
  readonly atEpochMs: number;
  /** Of the operation. */
  readonly name: string;
  /** The same in words: on what, by whom. */
  readonly text: string;
  readonly resources: readonly string[];
}

export interface Evidence {
  readonly onsetEpochMs: number;
  readonly shifts: readonly MetricShift[];
  readonly logs: readonly LogFinding[];
  readonly configChanges: readonly ConfigChange[];
  /** Whether what recurs is what is asked for. */
  readonly isRecurring: boolean;
}

const MAX_SUSPECTS = 5;
/** Part of the strongest score that a suspect must have. */
const MIN_SHARE = 0.3;
const MIN_SCORE = 0.08;
/** A score of this is 1. */
const FULL_SCORE = 2.2;
const LAYER_OF_TROUBLE = { entry: 0.6, compute: 0.9, store: 1, buffer: 0.45 } as const;
const LAYER_OF_LOAD = { entry: 1.2, compute: 1.15, store: 0.9, buffer: 0.5 } as const;
const ROLES = { load: 1, fault: 1, latency: 0.9, capacity: 1, backlog: 0.6, other: 0.9 } as const;
/** A cause shows at most so long before what it does. */
const LEAD_MINUTES = 6;
const FIRST = 1.25;
const REGULAR = 0.1;
const EXPLAINED = 0.2;
const CONSEQUENCE = 0.45;
const BEGAN_WORK = 1.25;
const SUM = 0.3;
/** Growth of traffic (as a logarithm) that explains what grows less: by half. */
const MIN_TRAFFIC = Math.log(1.5);
/** Part of a long period by which the time found in it may be wrong. */
const DOUBT = 0.5;
const MAX_TEMPLATE_CHARS = 120;
const CONFIG_BEFORE_MS = 15 * MINUTE_MS;

interface Candidate {
  readonly resource: string;
  readonly lead: MetricShift;
  readonly shifts: readonly MetricShift[];
  readonly atEpochMs: number;
  readonly reasons: string[];
  /** Of resources of which one moved too. */
  isSum: boolean;
  score: number;
}

export function rankSuspects(evidence: Evidence): readonly Suspect[] {
  const sorted = rank(evidence);
  const best = sorted[0]?.score ?? 0;
  return sorted
    .filter(({ score }) => score >= Math.max(MIN_SCORE, MIN_SHARE * best))
    .slice(0, MAX_SUSPECTS)
    .map((candidate) => describe(candidate, evidence));
}

/** All that moved, the most suspect first: whose logs to read. */
export function orderResources(
  evidence: Evidence,
): readonly { readonly resource: string; readonly shifts: readonly MetricShift[] }[] {
  return rank(evidence);
}

function rank(evidence: Evidence): readonly Candidate[] {
  const candidates = [...Map.groupBy(evidence.shifts, ({ metric }) => metric.resource)].map(([resource, shifts]) =>
    toCandidate(resource, shifts, evidence),
  );
  lowerSums(candidates);
  preferFirst(candidates, evidence);
  followLogs(candidates, evidence);
  followConfiguration(candidates, evidence);
  return candidates.sort((a, b) => b.score - a.score || a.atEpochMs - b.atEpochMs);
}

function toCandidate(resource: string, shifts: readonly MetricShift[], evidence: Evidence): Candidate {
  const weighed = shifts
    .map((shift) => ({ shift, weight: weigh(shift, evidence) }))
    .sort((a, b) => b.weight - a.weight || a.shift.atEpochMs - b.shift.atEpochMs);
  const lead = (weighed[0]?.shift ?? shifts[0]) as MetricShift;
  const weight = weighed[0]?.weight ?? 0;
  const telling = weighed.filter((one) => one.weight >= 0.5 * weight).map(({ shift }) => shift);
  const atEpochMs = Math.min(...telling.map((one) => one.atEpochMs));
  return {
    resource,
    lead,
    shifts: telling,
    atEpochMs,
    reasons: [],
    isSum: false,
    score: weight * timing(atEpochMs, lead, evidence.onsetEpochMs),
  };
}

function weigh(one: MetricShift, evidence: Evidence): number {
  const { role, layer } = one.metric;
  const regular = one.isRegular && !evidence.isRecurring ? REGULAR : 1;
  const explained = isExplained(one, evidence) ? EXPLAINED : 1;
  const strength = strengthOf(one) * ROLES[role] * regular * explained * (isIdle(one) ? 0.5 : 1);
  // What a buffer refuses is its own limit; what waits in it waits for others.
  if (role === 'fault' && layer === 'buffer') return strength;
  if (role !== 'load') return strength * LAYER_OF_TROUBLE[layer];
  return strength * LAYER_OF_LOAD[layer] * (isMereFall(one) ? 0.5 : 1);
}

/** What does nothing takes no time: that there is no duration any more only says that there is no work. */
function isIdle({ metric, shift }: MetricShift): boolean {
  return metric.role === 'latency' && shift.direction === 'stopped';
}

/** Less work where callers fail is a consequence; none at all is news. */
function isMereFall({ shift }: MetricShift): boolean {
  return shift.direction === 'down' && shift.after > 0.25 * shift.before;
}

/**
 * It grew or fell no more than the traffic at the door did, and not before it. Time taken is another matter: where there is enough
 * of everything, more work takes no longer.
 */
function isExplained(one: MetricShift, { shifts }: Evidence): boolean {
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
  const coarsestMs = Math.max(...shifts.map(({ periodMs }) => periodMs));
  return coarsestMs <= MINUTE_MS ? 2 * MINUTE_MS : Math.max(2 * MINUTE_MS, DOUBT * coarsestMs);
}

/** What took hours to show began at any time in them. */
function slackOf({ periodMs, isSlow }: MetricShift): number {
  return isSlow || periodMs <= MINUTE_MS ? 0 : DOUBT * periodMs;
}

function timing(atEpochMs: number, lead: MetricShift, onsetEpochMs: number): number {
  if (lead.isSlow) return 1;
  const minutes = (onsetEpochMs - atEpochMs) / MINUTE_MS;
  if (minutes < 0) return Math.max(0.15, Math.exp(Math.min(0, minutes + slackOf(lead) / MINUTE_MS) / 6));
  if (minutes <= LEAD_MINUTES) return 1 + 0.04 * minutes;
  return minutes <= 2.5 * LEAD_MINUTES ? 0.6 : 0.4;
}

/** A sum over all resources of a namespace is no place to look at where one of them moved too. */
function lowerSums(candidates: readonly Candidate[]): void {
  for (const sum of candidates) {
    if (sum.shifts.some(({ metric }) => metric.dimensions.length > 0)) continue;
    const namespaces = new Set(sum.shifts.map(({ metric }) => metric.namespace));
    const parts = candidates.filter(({ shifts }) =>
      shifts.some(({ metric }) => metric.dimensions.length > 0 && namespaces.has(metric.namespace)),
    );
    if (parts.length === 0) continue;
    sum.isSum = true;
    sum.score *= SUM;
    sum.reasons.push(
      `a sum, of which ${listSome(
        parts.map(({ resource }) => resource),
        3,
      )} moved too`,
    );
  }
}

/** The earliest of those that are strong and near in time; ties are ties. */
function preferFirst(candidates: readonly Candidate[], { onsetEpochMs }: Evidence): void {
  const best = Math.max(0, ...candidates.map(({ score }) => score));
  const eligible = candidates.filter(
    ({ score, atEpochMs, lead, isSum }) =>
      !isSum &&
      score >= 0.4 * best &&
      atEpochMs >= onsetEpochMs - LEAD_MINUTES * MINUTE_MS &&
      atEpochMs <= onsetEpochMs + 2 * MINUTE_MS + slackOf(lead),
  );
  const earliest = Math.min(...eligible.map(({ atEpochMs }) => atEpochMs));
  const first = eligible.filter(({ atEpochMs, lead }) => atEpochMs < earliest + Math.max(MINUTE_MS, slackOf(lead)));
  for (const candidate of first) {
    candidate.score *= FIRST;
    candidate.reasons.push(
      first.length === 1 ? 'changed first of all' : `changed first, with ${first.length - 1} others`,
    );
  }
}

/** Who logs of another one that changed no later logs a consequence. */
function followLogs(candidates: readonly Candidate[], { logs, onsetEpochMs }: Evidence): void {
  const base = new Map(candidates.map((candidate) => [candidate, candidate.score]));
  for (const finding of logs) {
    const caller = candidates.find(({ resource }) => resource === finding.resource);
    const callees = candidates.filter(
      (candidate) =>
        candidate.resource !== finding.resource &&
        (caller === undefined ||
          (candidate.atEpochMs <= caller.atEpochMs + candidate.lead.periodMs &&
            (base.get(candidate) ?? 0) >= 0.25 * (base.get(caller) ?? 0))),
    );
    const named = callees.filter(({ resource }) =>
      mentionedBy(
        finding,
        resource,
        candidates.map((one) => one.resource),
      ),
    );
    const alike = named.length > 0 ? [] : callees.filter(({ shifts }) => affinityOf(finding, shifts));
    for (const callee of [...named, ...alike]) {
      callee.score *= 1.25;
      callee.reasons.push(`errors of ${finding.resource} speak of it`);
    }
    if (caller === undefined) continue;
    if (named.length + alike.length > 0) {
      caller.score *= named.length > 0 ? CONSEQUENCE : 0.6;
      caller.reasons.push(`its errors speak of ${[...named, ...alike].map(({ resource }) => resource).join(', ')}`);
    }
    if (beganWork(finding, onsetEpochMs)) {
      caller.score *= BEGAN_WORK;
      caller.reasons.push('began work at that time');
    }
    const fields = tellFields(finding);
    if (fields.length > 0) caller.score *= 1.15;
    caller.reasons.push(...fields);
  }
}

function followConfiguration(candidates: readonly Candidate[], { configChanges, onsetEpochMs }: Evidence): void {
  for (const candidate of candidates) {
    const own = configChanges.filter(
      ({ atEpochMs, resources }) =>
        atEpochMs <= candidate.atEpochMs + MINUTE_MS &&
        atEpochMs >= onsetEpochMs - CONFIG_BEFORE_MS &&
        resources.some((name) => isNamed(name, candidate.resource)),
    );
    const [last] = own;
    if (last === undefined) continue;
    candidate.score *= 1.2;
    candidate.reasons.push(`${last.name} came just before`);
  }
}

function isNamed(name: string, resource: string): boolean {
  return (
    name === resource ||
    name.endsWith(`/${resource}`) ||
    name.endsWith(`:${resource}`) ||
    nameParts(name).join('-') === nameParts(resource).join('-')
  );
}

function describe({ resource, lead, shifts, reasons, score, atEpochMs }: Candidate, { logs }: Evidence): Suspect {
  const metrics = [...new Set(shifts.map(({ metric }) => metric.metricName))];
  const finding = logs.find((one) => one.resource === resource);
  const field = finding?.comparison.fields.find(({ change }) => change !== 'gone');
  const pattern = finding?.comparison.patterns.find(({ isError, change }) => isError && change !== 'gone');
  const note = finding?.comparison.patterns.find(isSingleLine);
  const also = metrics.filter((name) => name !== lead.metric.metricName).slice(0, 3);
  const told = [...reasons, ...(also.length === 0 ? [] : [`also ${also.join(', ')}`])];
  return {
    subject: [
      `${resource} ${lead.metric.metricName}`,
      ...(field === undefined ? [] : [`${field.name}=${field.value}`]),
      ...[pattern, note].flatMap((one) => (one === undefined ? [] : [`"${clip(one.template, MAX_TEMPLATE_CHARS)}"`])),
    ].join(', '),
    resource,
    why: told.length === 0 ? 'out of its usual at about that time' : told.join('; '),
    score: Math.round(Math.min(1, score / FULL_SCORE) * 100) / 100,
    atEpochMs,
  };
}
