/** What logs, recorded changes and marks say of the candidates: who waits for whom, and what was done just before. Pure. */
import { MINUTE_MS } from '../time.ts';
import { type Candidate, type ConfigChange, type Evidence, tieByLogs } from './candidate.ts';
import type { Suspect } from './finding.ts';
import { affinityOf, beganWork, type LogFinding, mentionedBy, speaksOf, tellFields } from './log-links.ts';
import { coreName, mentionsOf, nameParts } from './resource.ts';
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

/** What logs speak of is tied to the alarm from then on. */
export function findLinks(candidates: readonly Candidate[], { logs, onsetEpochMs }: Evidence): readonly LogLink[] {
  const all = candidates.map(({ resource }) => resource);
  const links = logs.map((finding): LogLink => {
    const caller = candidates.find(({ resource }) => resource === finding.resource);
    const callees = candidates.filter(
      ({ resource, atEpochMs, lead, score }) =>
        resource !== finding.resource &&
        // A front calls others; nobody behind it waits for it.
        lead.metric.layer !== 'entry' &&
        (caller === undefined || (atEpochMs <= caller.atEpochMs + lead.periodMs && score >= 0.25 * caller.score)),
    );
    const named = callees.filter(({ resource }) => mentionedBy(finding, resource, all));
    const isNamed = named.length > 0;
    return {
      finding,
      caller,
      isNamed,
      callees: isNamed ? named : callees.filter(({ shifts }) => affinityOf(finding, shifts)),
    };
  });
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

export function followConfiguration(
  candidates: readonly Candidate[],
  { configChanges, onsetEpochMs, resources }: Evidence,
): void {
  const all = [...new Set([...resources, ...candidates.map(({ resource }) => resource)])];
  for (const candidate of candidates) {
    const own = configChanges.filter(
      (change) =>
        change.atEpochMs <= candidate.atEpochMs + MINUTE_MS + slackOf(candidate.lead) &&
        change.atEpochMs >= onsetEpochMs - CONFIG_BEFORE_MS &&
        isAbout(change, candidate.resource, all),
    );
    if (own.length === 0) continue;
    candidate.score *= CHANGED;
    // What was done, and how somebody marked it.
    const told = [
      own.find((change) => change.resources.length > 0),
      own.find((change) => change.resources.length === 0),
    ];
    candidate.reasons.push(
      ...told.flatMap((change) => (change === undefined ? [] : [`${change.name} came just before`])),
    );
  }
}

/** A change names what it is of; a mark on a dashboard says it in words. */
function isAbout({ resources, text }: ConfigChange, resource: string, all: readonly string[]): boolean {
  if (resources.length > 0) return resources.some((name) => isNamed(name, resource));
  return speaksOf(text, mentionsOf(all).get(resource) ?? []);
}

function isNamed(name: string, resource: string): boolean {
  return (
    name === resource ||
    name.endsWith(`/${resource}`) ||
    name.endsWith(`:${resource}`) ||
    nameParts(coreName(name)).join('-') === nameParts(coreName(resource)).join('-')
  );
}

/**
 * What was changed just before, and errors speak of since, is a suspect though its own metrics are well: a contract that was
 * broken, an answer that others do not understand.
 */
export function suspectChanges(candidates: readonly Candidate[], evidence: Evidence): readonly Suspect[] {
  const { configChanges, logs, onsetEpochMs, resources } = evidence;
  const moved = candidates.map(({ resource }) => resource);
  const just = configChanges.filter(
    ({ atEpochMs }) => atEpochMs <= onsetEpochMs + MINUTE_MS && atEpochMs >= onsetEpochMs - CONFIG_BEFORE_MS,
  );
  return just.flatMap(({ resources: changed, name, atEpochMs }): readonly Suspect[] => {
    const [resource = ''] = changed;
    if (resource === '' || moved.some((one) => isNamed(resource, one))) return [];
    const callers = logs.filter((finding) => mentionedBy(finding, resource, [...resources, ...moved, resource]));
    if (callers.length === 0) return [];
    const why = `${name} came just before; errors of ${callers.map((one) => one.resource).join(', ')} speak of it`;
    return [{ subject: `${resource} ${name}`, resource, why, score: CHANGED_AND_NAMED, atEpochMs, isTied: true }];
  });
}
