/** Changes of other services' configuration around a time. */
import { describeChange } from '../../../domain/changes/recorded-change.ts';
import type { ConfigChange } from '../../../domain/investigation/rank-suspects.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { lookUpChanges } from './look-up-changes.ts';
import { part, type Session } from './session.ts';

/** Each costs calls of two a second; what all of the account did is looked up beside them. */
const MAX_RESOURCES = 2;
/** Of the time of an investigation: logs and metrics come after it. */
const TIME_SHARE = 0.6;

export async function readConfigChanges(
  session: Session,
  range: TimeRange,
  resources: readonly string[],
  maxCalls: number,
): Promise<readonly ConfigChange[]> {
  const { aws, context, signal, target } = session;
  const pace = context.paces.of('cloudtrail:LookupEvents', target);
  const question = { ...range, resources: [...new Set(resources)].slice(0, MAX_RESOURCES) };
  const found = await part(
    session,
    'recorded changes (CloudTrail)',
    lookUpChanges(question, aws.trail, { ...context, signal, pace }, { maxMs: TIME_SHARE * session.maxMs, maxCalls }),
  );
  session.notLookedAt.push(...(found?.notLookedAt ?? []));
  return (found?.changes ?? []).map((change) => ({
    atEpochMs: change.epochMs,
    name: change.action,
    text: describeChange(change),
    resources: change.resources,
  }));
}
