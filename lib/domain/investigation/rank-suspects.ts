/**
 * Where to look first: early, strong and specific before late and general; what callers log of what they call after that;
 * what traffic explains, what recurs and what only waits for others last. Pure.
 */
import { clip } from '../text/clean-text.ts';
import { listSome } from '../text/counts.ts';
import { MINUTE_MS } from '../time.ts';
import { type Candidate, type Evidence, isInTime, toCandidate } from './candidate.ts';
import type { Suspect } from './finding.ts';
import { findLinks, followConfiguration, followLogs, suspectChanges } from './follow-evidence.ts';
import { KnownNames } from './known-names.ts';
import { type ErrorSpeech, errorsOf, hearErrors, isSingleLine } from './log-links.ts';
import type { MetricShift } from './metric-shift.ts';
import { slackOf } from './weigh-shift.ts';

const MAX_SUSPECTS = 5;
/** Part of the strongest score that a suspect must have. */
const MIN_SHARE = 0.3;
const MIN_SCORE = 0.08;
/** A score of this is 1. */
const FULL_SCORE = 2.2;
const FIRST = 1.25;
const SUM = 0.3;
const MAX_TEMPLATE_CHARS = 120;

export type { ConfigChange, Evidence } from './candidate.ts';

export interface Moved {
  readonly resource: string;
  readonly shifts: readonly MetricShift[];
}

/** Yields after each piece of the work: hundreds of resources, thousands of log patterns, hundreds of changes. */
export function* rankSuspects(evidence: Evidence): Generator<void, readonly Suspect[], undefined> {
  const known = namesOf(evidence);
  const speeches = yield* hearAll(evidence);
  const sorted = yield* rank(evidence, speeches, known);
  const best = sorted[0]?.score ?? 0;
  const moved = sorted
    .filter(({ score }) => score >= Math.max(MIN_SCORE, MIN_SHARE * best))
    .slice(0, MAX_SUSPECTS)
    .map((candidate) => describe(candidate, evidence));
  const changed = yield* suspectChanges(sorted, speeches, evidence, known);
  return [...moved, ...changed].sort((a, b) => b.score - a.score).slice(0, MAX_SUSPECTS);
}

/** All that moved, the most suspect first: whose logs to read. Yields as above. */
export function* orderResources(evidence: Evidence): Generator<void, readonly Moved[], undefined> {
  return yield* rank(evidence, yield* hearAll(evidence), namesOf(evidence));
}

function* hearAll({ logs }: Evidence): Generator<void, readonly ErrorSpeech[], undefined> {
  const speeches: ErrorSpeech[] = [];
  for (const finding of logs) speeches.push(yield* hearErrors(finding));
  return speeches;
}

function namesOf({ resources, shifts }: Evidence): KnownNames {
  return new KnownNames([...resources, ...shifts.map(({ metric }) => metric.resource)]);
}

function* rank(
  evidence: Evidence,
  speeches: readonly ErrorSpeech[],
  known: KnownNames,
): Generator<void, readonly Candidate[], undefined> {
  const looked = new KnownNames(evidence.resources);
  const candidates: Candidate[] = [];
  for (const [resource, shifts] of Map.groupBy(evidence.shifts, ({ metric }) => metric.resource)) {
    candidates.push(toCandidate(resource, shifts, evidence, looked));
    yield;
  }
  lowerSums(candidates);
  const links = yield* findLinks(candidates, speeches, evidence.onsetEpochMs);
  preferFirst(candidates, evidence);
  followLogs(links, evidence);
  yield* followConfiguration(candidates, evidence, known);
  return candidates.sort((a, b) => b.score - a.score || a.atEpochMs - b.atEpochMs);
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
    (candidate) => !candidate.isSum && candidate.score >= 0.4 * best && isInTime(candidate, onsetEpochMs),
  );
  const earliest = Math.min(...eligible.map(({ atEpochMs }) => atEpochMs));
  const first = eligible.filter(({ atEpochMs, lead }) => atEpochMs <= earliest + Math.max(MINUTE_MS, slackOf(lead)));
  for (const candidate of first) {
    candidate.score *= FIRST;
    candidate.reasons.push(
      first.length === 1 ? 'changed first of all' : `changed first, with ${first.length - 1} others`,
    );
  }
}

function describe({ resource, lead, shifts, reasons, score, atEpochMs, tie }: Candidate, { logs }: Evidence): Suspect {
  const metrics = [...new Set(shifts.map(({ metric }) => metric.metricName))];
  const finding = logs.find((one) => one.resource === resource);
  const field = finding?.comparison.fields.find(({ change }) => change !== 'gone');
  const pattern = finding === undefined ? undefined : errorsOf(finding)[0];
  const note = finding?.comparison.patterns.find(isSingleLine);
  const [second, ...others] = metrics.filter((name) => name !== lead.metric.metricName);
  const also = others.slice(0, 3);
  const told = [...reasons, ...(also.length === 0 ? [] : [`also ${also.join(', ')}`])];
  return {
    subject: [
      [`${resource} ${lead.metric.metricName}`, ...(second === undefined ? [] : [second])].join(' and '),
      ...(field === undefined ? [] : [`${field.name}=${field.value}`]),
      ...[pattern, note].flatMap((one) => (one === undefined ? [] : [`"${clip(one.template, MAX_TEMPLATE_CHARS)}"`])),
    ].join(', '),
    resource,
    why: told.length === 0 ? 'out of its usual at about that time' : told.join('; '),
    score: Math.round(Math.min(1, score / FULL_SCORE) * 100) / 100,
    atEpochMs,
    isTied: tie !== 'none',
  };
}
