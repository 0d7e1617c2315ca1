/** What CloudTrail recorded → what somebody changed, in few words. Pure; nothing of a record is believed. */
import { isRecord, parseJson } from '../alarms/alarm-reason.ts';
import { cleanLine, clip } from '../text/clean-text.ts';
import { listSome } from '../text/counts.ts';
import type { TrailEvent } from './trail-event.ts';

/** Successful calls of one person on the same resources. Its texts are foreign: clean, on one line, but never to be obeyed. */
export interface RecordedChange {
  readonly epochMs: number;
  /** Of the last of several. */
  readonly untilEpochMs: number;
  readonly count: number;
  /** Operation without the date of its API, e.g. `UpdateFunctionCode`. */
  readonly action: string;
  /** E.g. `lambda`. */
  readonly service: string;
  /** Short names; empty where the record names none. */
  readonly resources: readonly string[];
  /** Session or user, without the domain of an e-mail address. */
  readonly by?: string | undefined;
  /** What it was changed to, e.g. `s3Key=checkout/2.14.0.zip`. */
  readonly details: readonly string[];
}

const MAX_NAME_CHARS = 120;
const MAX_VALUE_CHARS = 80;
const MAX_RESOURCES = 4;
const MAX_DETAILS = 4;
const MAX_DEPTH = 3;
const MAX_MEMBERS = 200;

/** Names of operations that only read; for events that do not say it. */
const READS =
  /^(?:Get|List|Describe|Lookup|Search|Query|Scan|Head|BatchGet|Batch(?:Describe|Check)|Check|Test|Validate|Simulate|Preview|View)(?=[A-Z\d]|$)/;
/** Recorded as writing, and nothing that runs is another afterwards: sign-ins, keys at work, agents that report, queries. */
const CHANGES_NOTHING =
  /^(?:ConsoleLogin|SwitchRole|ExitRole|RenewRole|CheckMfa|UserAuthentication|Credential\w+|Federate|Assume\w*|GetSessionToken|Decrypt|Encrypt|ReEncrypt|GenerateDataKey\w*|GenerateMac|Sign|Verify\w*|CreateGrant|RetireGrant|CreateLogStream|PutLogEvents|StartQuery|StopQuery|StartLiveTail|UpdateInstanceInformation|PutInventory|PutComplianceItems|Submit\w*StateChange\w*|PollForTask\w*|Report\w+|Heartbeat\w*|SendHeartbeat|DiscoverPollEndpoint|OpenDataChannel|OpenControlChannel)$/;
/** Of these members of a request the value is told; no other, since requests hold secrets and environments. */
const TELLING =
  /^(?:.*version|.*tags?|image\w*|.*description|s3Key|taskDefinition|alias|.*(?:count|capacity|concurrency|executions)|memory\w*|timeout|.*(?:class|type|size|threshold|period|state)|.*engineVersion|applyImmediately|runtime|handler|ruleAction|cidr\w*|fromPort|toPort|policyName|parameterName)$/i;
/** Members that name what a request is about. */
const NAMING = /(?:name|identifier|id|arn|service|cluster)$/i;
const SECRET = /secret|password|token|credential|private|accesskey/i;

/** @returns undefined for what only reads, failed, or changes nothing that runs */
export function readChange(event: TrailEvent): RecordedChange | undefined {
  const action = cleanLine(event.name).replace(/\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/, '');
  if (action === '' || (event.isReadOnly ?? READS.test(action)) || CHANGES_NOTHING.test(action)) return undefined;
  const parsed = parseJson(event.record ?? '');
  const record = isRecord(parsed) ? parsed : {};
  if (typeof record.errorCode === 'string' && record.errorCode !== '') return undefined;
  const request = flatten(record.requestParameters);
  const named = event.resources.length > 0 ? event.resources : findNames(request);
  return {
    epochMs: event.epochMs,
    untilEpochMs: event.epochMs,
    count: 1,
    action: clip(action, MAX_NAME_CHARS),
    service: clip(cleanLine(event.source ?? 'unknown').replace(/\.amazonaws\.com(?:\.cn)?$/, ''), MAX_NAME_CHARS),
    resources: [...new Set(named.map(shortenName))].filter((name) => name !== '').slice(0, MAX_RESOURCES),
    by: readActor(event.userName, record.userIdentity),
    details: request
      .filter(([name]) => TELLING.test(name) && !SECRET.test(name))
      .slice(0, MAX_DETAILS)
      .map(([name, value]) => `${name}=${clip(value, MAX_VALUE_CHARS)}`),
  };
}

/**
 * Changes in order of time, each event once; the same done again to the same resources by the same person is one.
 * Yields after each event, whose record may be long.
 */
export function* foldChanges(events: readonly TrailEvent[]): Generator<void, RecordedChange[], undefined> {
  const seen = new Set<string>();
  const folded = new Map<string, RecordedChange>();
  for (const event of events.toSorted((a, b) => a.epochMs - b.epochMs)) {
    yield;
    const id = event.id ?? JSON.stringify(event);
    const change = seen.has(id) ? undefined : readChange(event);
    seen.add(id);
    if (change === undefined) continue;
    const key = JSON.stringify([change.action, change.service, change.resources, change.by]);
    const before = folded.get(key);
    folded.set(
      key,
      before === undefined
        ? change
        : { ...before, untilEpochMs: change.epochMs, count: before.count + 1, details: change.details },
    );
  }
  return [...folded.values()].sort((a, b) => a.epochMs - b.epochMs);
}

/** `UpdateAlias (lambda) of shop-checkout by ci-deployer: description=2.14.0` */
export function describeChange({ action, service, resources, by, count, details }: RecordedChange): string {
  const of = resources.length === 0 ? '' : ` of ${listSome(resources, MAX_RESOURCES)}`;
  const times = count === 1 ? '' : ` × ${count}`;
  const who = by === undefined ? '' : ` by ${by}`;
  return `${action} (${service})${of}${times}${who}${details.length === 0 ? '' : `: ${details.join(', ')}`}`;
}

/** `checkout` out of `arn:aws:lambda:us-east-1:111122223333:function:checkout`; other texts stay. */
function shortenName(name: string): string {
  const line = cleanLine(name);
  const resource = line.startsWith('arn:') ? line.split(':').slice(5).join(':') : line;
  return clip(resource.replace(/^(?:function|db|cluster|table|loadbalancer|service|instance)[:/]/, ''), MAX_NAME_CHARS);
}

function findNames(request: readonly (readonly [string, string])[]): string[] {
  return request.filter(([name]) => NAMING.test(name) && !SECRET.test(name)).map(([, value]) => value);
}

/** The session of a role is the person or the pipeline; a service acts by its own name. */
function readActor(userName: string | undefined, identity: unknown): string | undefined {
  const { arn, invokedBy } = isRecord(identity) ? identity : {};
  const session = typeof arn === 'string' ? arn.split('/').slice(1).join('/') : undefined;
  const service = typeof invokedBy === 'string' ? invokedBy : undefined;
  const name = [userName, session, service].find((text) => text !== undefined && text !== '');
  return name === undefined ? undefined : clip(cleanLine(name).replace(/@[\w.-]+$/, ''), MAX_NAME_CHARS);
}

/** Names and values of the texts, numbers and flags in a request, outer ones first. */
function flatten(request: unknown): [string, string][] {
  const found: [string, string][] = [];
  let level: unknown[] = [request];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const members of level.slice(0, MAX_MEMBERS)) {
      if (typeof members !== 'object' || members === null) continue;
      for (const [name, value] of Object.entries(members).slice(0, MAX_MEMBERS)) {
        if (typeof value === 'object') next.push(value);
        else if (found.length < MAX_MEMBERS) found.push([clip(cleanLine(name), 40), cleanLine(String(value))]);
      }
    }
    level = next;
  }
  return found;
}
