/** What logs, recorded changes and marks say of the candidates: who waits for whom, and what was done just before. Pure. */
import { MINUTE_MS } from '../time.ts';
import { type Candidate, type Evidence, tieByLogs } from './candidate.ts';
import type { Suspect } from './finding.ts';
import { KnownNames } from './known-names.ts';
import {
  affinityOf,
  beganWork,
  type ErrorSpeech,
  hear,
  type LogFinding,
  mentionedBy,
  speaksOf,
  tellFields,
} from './log-links.ts';
import { slackOf } from './weigh-shift.ts';

const CONSEQUENCE = 0.45;
const LIKELY_CONSEQUENCE = 0.6;
const TELLING_FIELD = 1.15;
const SPOKEN_OF = 1.25;
const BEGAN_WORK = 1.25;
const CHANGED = 1.2;
/** Of what was changed and is spoken of: more than that of errors alone, less than of errors with a field or a line that tells. */
const CHANGED_AND_NAMED = 0.55;
/** Of calls that call others. */
const MAX_CALL_DEPTH = 3;
const CONFIG_BEFORE_MS = 15 * MINUTE_MS;

/** Who logs of whom: of another one that changed no later. */
export interface LogLink {
  readonly finding: LogFinding;
  readonly caller: Candidate | undefined;
  readonly callees: readonly Candidate[];
  /** By name, rather than by the words of a metric. */
  readonly isNamed: boolean;
}

/** What logs speak of is tied to the alarm from then on. Yields after each of the candidates that a log may speak of. */
export function* findLinks(
  candidates: readonly Candidate[],
  speeches: readonly ErrorSpeech[],
  onsetEpochMs: number,
): Generator<void, readonly LogLink[], undefined> {
  const moved = new KnownNames(candidates.map(({ resource }) => resource));
  const links: LogLink[] = [];
  for (const speech of speeches) {
    const { finding } = speech;
    const caller = candidates.find(({ resource }) => resource === finding.resource);
    const callees = candidates.filter(
      ({ resource, atEpochMs, lead, score }) =>
        resource !== finding.resource &&
        // A front calls others; nobody behind it waits for it.
        lead.metric.layer !== 'entry' &&
        (caller === undefined || (atEpochMs <= caller.atEpochMs + lead.periodMs && score >= 0.25 * caller.score)),
    );
    const named: Candidate[] = [];
    for (const callee of callees) {
      if (mentionedBy(speech, callee.resource, moved)) named.push(callee);
      yield;
    }
    const isNamed = named.length > 0;
    const akin = isNamed ? named : callees.filter(({ shifts }) => affinityOf(speech, shifts));
    links.push({ finding, caller, isNamed, callees: akin });
  }
  // From the alarm on, call by call: what others say of one another is their own affair.
  const ofAlarm = (): readonly LogLink[] => links.filter(({ caller }) => caller?.tie !== 'none');
  for (let depth = 0; depth < MAX_CALL_DEPTH; depth += 1)
    for (const callee of new Set(ofAlarm().flatMap(({ callees }) => callees))) tieByLogs(callee, onsetEpochMs);
  return links.map((link) => (link.caller?.tie === 'none' ? { ...link, callees: [] } : link));
}

/** Who logs of another one logs a consequence. */
export function followLogs(links: readonly LogLink[], { onsetEpochMs }: Evidence): void {
  for (const { finding, caller, callees, isNamed } of links) {
    for (const callee of callees) {
      callee.score *= SPOKEN_OF;
      callee.reasons.push(`errors of ${finding.resource} speak of it`);
    }
    if (caller === undefined) continue;
    if (callees.length > 0) {
      caller.score *= isNamed ? CONSEQUENCE : LIKELY_CONSEQUENCE;
      caller.reasons.push(`its errors speak of ${callees.map(({ resource }) => resource).join(', ')}`);
    }
    if (beganWork(finding, onsetEpochMs)) {
      caller.score *= BEGAN_WORK;
      caller.reasons.push('began work at that time');
    }
    const fields = tellFields(finding);
    if (fields.length > 0) caller.score *= TELLING_FIELD;
    caller.reasons.push(...fields);
  }
}

/** @param known all resources. Yields after each candidate. */
export function* followConfiguration(
  candidates: readonly Candidate[],
  { configChanges, onsetEpochMs }: Evidence,
  known: KnownNames,
): Generator<void, void, undefined> {
  const near = configChanges
    .filter(({ atEpochMs }) => atEpochMs >= onsetEpochMs - CONFIG_BEFORE_MS)
    .map((change) => ({ change, speech: change.resources.length === 0 ? hear(change.text) : undefined }));
  for (const candidate of candidates) {
    const words = known.mentionsOf(candidate.resource);
    const untilEpochMs = candidate.atEpochMs + MINUTE_MS + slackOf(candidate.lead);
    // A change names what it is of; a mark on a dashboard says it in words.
    const own = near.filter(({ change, speech }) => {
      if (change.atEpochMs > untilEpochMs) return false;
      if (speech !== undefined) return speaksOf(speech, words);
      return change.resources.some((name) => isNamed(name, candidate.resource, known));
    });
    yield;
    if (own.length === 0) continue;
    candidate.score *= CHANGED;
    // What was done, and how somebody marked it.
    const told = [own.find(({ speech }) => speech === undefined), own.find(({ speech }) => speech !== undefined)];
    candidate.reasons.push(
      ...told.flatMap((one) => (one === undefined ? [] : [`${one.change.name} came just before`])),
    );
  }
}

function isNamed(name: string, resource: string, known: KnownNames): boolean {
  return (
    name === resource ||
    name.endsWith(`/${resource}`) ||
    name.endsWith(`:${resource}`) ||
    known.areAlike(name, resource)
  );
}

/**
 * What was changed just before, and errors speak of since, is a suspect though its own metrics are well: a contract that was
 * broken, an answer that others do not understand. Yields after each change.
 * @param known all resources
 */
export function* suspectChanges(
  candidates: readonly Candidate[],
  speeches: readonly ErrorSpeech[],
  { configChanges, onsetEpochMs }: Evidence,
  known: KnownNames,
): Generator<void, readonly Suspect[], undefined> {
  const just = configChanges.filter(
    ({ atEpochMs }) => atEpochMs <= onsetEpochMs + MINUTE_MS && atEpochMs >= onsetEpochMs - CONFIG_BEFORE_MS,
  );
  const suspects: Suspect[] = [];
  for (const { resources: changed, name, atEpochMs } of just) {
    yield;
    const [resource = ''] = changed;
    if (resource === '' || candidates.some((one) => isNamed(resource, one.resource, known))) continue;
    const callers = speeches.filter((speech) => mentionedBy(speech, resource, known));
    if (callers.length === 0) continue;
    const names = callers.map(({ finding }) => finding.resource).join(', ');
    const why = `${name} came just before; errors of ${names} speak of it`;
    suspects.push({ subject: `${resource} ${name}`, resource, why, score: CHANGED_AND_NAMED, atEpochMs, isTied: true });
  }
  return suspects;
}
