import { hexDigits, integerBetween, pick, type Random, randomFor, uuid } from '../data/logs/random.ts';
import type { WrittenEvent, WrittenLogGroup } from '../scenarios/document.ts';
import type { Failure, Story } from './effects.ts';
import type { Estate } from './estate.ts';
import { DURATIONS } from './write-metrics.ts';

/** Logs are written for a day; of the requests one in so many, which keeps a scenario small. */
const LOG_MINUTES = 1_440;
const ONE_IN = 40;
const ENDPOINTS = ['/items', '/items/{id}', '/offers', '/account', '/checkout', '/search'] as const;
const TENANTS = ['acme', 'globex', 'initech', 'umbrella', 'hooli'] as const;
const ZONES = ['a', 'b', 'c'] as const;
/** Noise that is always there, and lines that happen to come up once. */
const CONSTANT_NOISE = [
  'deprecated header x-legacy-id was sent',
  'retrying after a connection reset, attempt 2',
] as const;
const BY_CHANCE = [
  'locale not found, using en',
  'clock skew of 3 s was corrected',
  'unknown currency code XTS',
  'cookie is larger than 4 kB',
  'the feature flag file was reloaded',
] as const;

/** Streams of a group: the hosts that write it. */
interface Writer {
  readonly estate: Estate;
  readonly story: Story;
  readonly random: Random;
  readonly events: WrittenEvent[];
}

/** One log group a function and one of the database; failures as often as the metrics have them, by the factor. */
export function writeLogs(estate: Estate, story: Story, seed: number): readonly WrittenLogGroup[] {
  const functions = [estate.front, estate.pricing, estate.worker, ...estate.helpers];
  return functions.map((functionName) => {
    const events: WrittenEvent[] = [];
    const writer: Writer = { estate, story, random: randomFor(seed, functionName, 2), events };
    for (let minute = -LOG_MINUTES; minute < 0; minute += 1) writeMinute(writer, functionName, minute);
    for (const note of story.notes ?? []) {
      if (note.functionName === functionName)
        writer.events.push(line(writer, note.functionName, note.minute, 12, 'INFO', note.message));
    }
    events.sort((left, right) => left[0] - right[0]);
    return {
      logGroupName: `${estate.style.isServerless ? '/aws/lambda' : '/ecs'}/${functionName}`,
      logGroupClass: 'STANDARD',
      retentionInDays: 30,
      storedBytes: Math.round(estate.traffic * 9e6),
      creationTime: -86_400 * 300,
      events,
    };
  });
}

function writeMinute(writer: Writer, functionName: string, minute: number): void {
  const { estate, story, random } = writer;
  const { effects } = story;
  const share = estate.helpers.includes(functionName) ? 0.06 : functionName === estate.worker ? 0.3 : 1;
  const load = (estate.traffic * share * (effects.traffic?.(minute) ?? 1)) / ONE_IN;
  const requests = Math.floor(load + random());
  const failureShare = effects.failures?.[functionName]?.(minute) ?? 0;
  const slowdown = effects.slowdown?.[functionName]?.(minute) ?? 1;
  for (let index = 0; index < requests; index += 1) {
    const second = random() * 59;
    const isFailed = random() < failureShare;
    if (isFailed) writeFailure(writer, functionName, minute, second, story.errors?.[functionName]);
    else {
      const durationMs = Math.round(usualDuration(estate, functionName) * slowdown * (0.5 + random()));
      writer.events.push(line(writer, functionName, minute, second, 'INFO', 'request finished', { durationMs }));
    }
  }
  if (random() < 0.2) writer.events.push(line(writer, functionName, minute, 30, 'WARN', pick(random, CONSTANT_NOISE)));
  if (random() < 0.003) writer.events.push(line(writer, functionName, minute, 40, 'WARN', pick(random, BY_CHANCE)));
}

function usualDuration(estate: Estate, functionName: string): number {
  if (functionName === estate.front) return DURATIONS.front;
  return functionName === estate.worker ? DURATIONS.worker : DURATIONS.pricing;
}

function writeFailure(
  writer: Writer,
  functionName: string,
  minute: number,
  second: number,
  failure: Failure = { message: 'upstream failed' },
): void {
  const host = failure.host === undefined ? {} : { [writer.estate.style.log.host]: failure.host };
  writer.events.push(
    line(writer, functionName, minute, second, 'ERROR', failure.message, { ...failure.fields, ...host }),
  );
}

function line(
  { estate, story, random }: Writer,
  functionName: string,
  minute: number,
  second: number,
  level: string,
  message: string,
  extra: Readonly<Record<string, unknown>> = {},
): WrittenEvent {
  const time = Math.round((minute * 60 + second) * 1000) / 1000;
  const { deployed } = story;
  const { log } = estate.style;
  const isNew = deployed?.functionName === functionName && minute >= deployed.minute;
  const record = {
    time: `{{t:${time}}}`,
    [log.level]: level,
    [log.message]: message,
    service: functionName,
    ...((deployed === undefined || deployed.isVersionLogged) && {
      [log.version]: isNew ? estate.nextVersion : estate.version,
    }),
    [log.host]: pickHost(estate, random),
    zone: pick(random, ZONES),
    tenant: pick(random, TENANTS),
    endpoint: pick(random, ENDPOINTS),
    requestId: uuid(random),
    ...extra,
  };
  const text = log.isJson ? JSON.stringify(record) : toLogfmt(record);
  return [time, `2026/[$LATEST]${hexDigits(random, 1)}f0c1d52aa10d55a`, text];
}

function toLogfmt(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}=${/[\s"=]/.test(String(value)) ? JSON.stringify(value) : String(value)}`)
    .join(' ');
}

/** For descriptions: what share of the requests the logs hold. */
export const LOGGED_SHARE = `1 : ${ONE_IN}`;
export function pickHost(estate: Estate, random: Random): string {
  return estate.hosts[integerBetween(random, 0, estate.hosts.length - 1)] ?? '';
}
