import { ACCOUNTS, DEFAULT_REGION, HISTORY_MS, LOG_GROUPS, SHOP } from '../../scenario.ts';
import { createInvocations } from '../shop/invocations.ts';
import { API_STREAMS, apiAccessEvents } from './api-access.ts';
import { CHECKOUT_INSTANCES, checkoutEvents } from './checkout.ts';
import { ECS_STREAMS, ecsEvents, eksEvents, eksStreams } from './containers.ts';
import { DATABASE_STREAMS, databaseEvents } from './database.ts';
import { HOSTILE_STREAMS, hostileEvents } from './hostile.ts';
import { type LogWorld, MINUTE_MS } from './incident.ts';
import { lambdaStream } from './lambda-lines.ts';
import { HEALTHY_SERVICES, SERVICE_INSTANCES, serviceEvents } from './lambda-services.ts';
import { ARCHIVE_STREAMS, archiveEvents, LEGACY_STREAMS, legacyEvents } from './legacy.ts';
import type { LogEvent, LogGroup, LogStreamSpan } from './log-group.ts';
import { QUIET_STREAMS, quietEvents, quietGroupNames } from './quiet.ts';
import { integerBetween, randomFor } from './random.ts';

const DAY_MS = 86_400_000;
const GIB = 1_073_741_824;
/** Days whose streams a Lambda function's group still lists. */
const LAMBDA_STREAM_DAYS = 7;

interface GroupDetails {
  readonly streams: readonly LogStreamSpan[];
  readonly bytesPerMinute: number;
  readonly storedGib: number;
  readonly neverExpires?: boolean;
  readonly extra?: Partial<LogGroup>;
}

/** Every log group of the scenario, by name. The incident is told back from the given instant. */
export function createLogCatalog(seed: number, nowEpochMs: number): readonly LogGroup[] {
  const world: LogWorld = { seed, anchorEpochMs: Math.floor(nowEpochMs / MINUTE_MS) * MINUTE_MS };
  const groups = [...shopGroups(world), ...quietGroups(world), ...otherPlaces(world)];
  return groups.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function shopGroups(world: LogWorld): readonly LogGroup[] {
  const make = (
    name: string,
    events: (minuteEpochMs: number) => readonly LogEvent[],
    details: GroupDetails,
  ): LogGroup => ({
    account: ACCOUNTS.prod.id,
    region: DEFAULT_REGION,
    name,
    logGroupClass: 'STANDARD',
    creationEpochMs: world.anchorEpochMs - 400 * DAY_MS,
    ...(!details.neverExpires && { retentionInDays: 30 }),
    storedBytes: Math.round(details.storedGib * GIB),
    metricFilterCount: 0,
    bytesPerMinute: details.bytesPerMinute,
    logStreams: details.streams,
    eventsOfMinute: events,
    ...details.extra,
  });
  const invocationsOf = createInvocations(world);
  const services = HEALTHY_SERVICES.map((service) =>
    make(service.logGroup, serviceEvents(world, service, invocationsOf(service.functionName)), {
      streams: lambdaStreams(world, SERVICE_INSTANCES),
      bytesPerMinute: 1_500,
      storedGib: 3.2,
      extra: service.logGroup === LOG_GROUPS.payment ? { isDataProtected: true } : {},
    }),
  );
  return [
    make(LOG_GROUPS.checkout, checkoutEvents(world, invocationsOf(SHOP.checkoutFunction)), {
      streams: lambdaStreams(world, CHECKOUT_INSTANCES),
      bytesPerMinute: 3_500,
      storedGib: 8.4,
      extra: { metricFilterCount: 2, isDataProtected: true },
    }),
    ...services,
    make(LOG_GROUPS.apiAccess, apiAccessEvents(world), {
      streams: steadyStreams(world, API_STREAMS),
      bytesPerMinute: 2_600,
      storedGib: 21.7,
      extra: { metricFilterCount: 1 },
    }),
    make(LOG_GROUPS.ecs, ecsEvents(world), {
      streams: steadyStreams(world, ECS_STREAMS),
      bytesPerMinute: 600,
      storedGib: 1.9,
    }),
    make(LOG_GROUPS.eks, eksEvents(world), {
      streams: steadyStreams(world, eksStreams()),
      bytesPerMinute: 5_600,
      storedGib: 64.5,
      extra: { retentionInDays: 14 },
    }),
    make(LOG_GROUPS.database, databaseEvents(world), {
      streams: steadyStreams(world, DATABASE_STREAMS),
      bytesPerMinute: 350,
      storedGib: 5.1,
      extra: { kmsKeyId: `arn:aws:kms:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:key/0f8a1c52-6f1d-4c39-9f0e-2b7d3c4e5a60` },
    }),
    // Never expires: a finding for whoever looks at the cost of logs.
    make(LOG_GROUPS.legacy, legacyEvents(world), {
      streams: steadyStreams(world, LEGACY_STREAMS),
      bytesPerMinute: 70,
      storedGib: 312.8,
      neverExpires: true,
    }),
    make(LOG_GROUPS.archive, archiveEvents(world), {
      streams: steadyStreams(world, ARCHIVE_STREAMS),
      bytesPerMinute: 340,
      storedGib: 140.2,
      extra: { logGroupClass: 'INFREQUENT_ACCESS', retentionInDays: 3_653 },
    }),
    make(LOG_GROUPS.hostile, hostileEvents(world), {
      streams: steadyStreams(world, HOSTILE_STREAMS),
      bytesPerMinute: 3_400,
      storedGib: 0.4,
      extra: { retentionInDays: 7 },
    }),
  ];
}

function quietGroups(world: LogWorld): readonly LogGroup[] {
  return quietGroupNames().map((name) => quietGroup(world, ACCOUNTS.prod.id, DEFAULT_REGION, name));
}

function otherPlaces(world: LogWorld): readonly LogGroup[] {
  const { prod, dev, data } = ACCOUNTS;
  const quiet = (account: string, region: string, names: readonly string[]): readonly LogGroup[] =>
    names.map((name) => quietGroup(world, account, region, name));
  return [
    {
      ...quietGroup(world, prod.id, DEFAULT_REGION, '/aws/lambda/edge-delivery'),
      logGroupClass: 'DELIVERY',
      retentionInDays: 1,
    },
    ...quiet(prod.id, 'eu-west-1', ['/aws/lambda/shop-edge', '/aws/lambda/shop-geo-redirect', '/ecs/recommendations']),
    ...quiet(dev.id, 'us-east-1', [LOG_GROUPS.checkout, '/aws/lambda/shop-playground', '/codebuild/shop']),
    ...quiet(data.id, 'eu-west-1', ['/aws/glue/jobs/output', '/aws/glue/jobs/error', '/aws/lambda/warehouse-loader']),
    ...quiet(data.id, 'us-east-1', ['/aws/lambda/warehouse-replica']),
  ];
}

function quietGroup(world: LogWorld, account: string, region: string, name: string): LogGroup {
  const id = `${account}/${region}/${name}`;
  const random = randomFor(world.seed, id, 1);
  return {
    account,
    region,
    name,
    logGroupClass: 'STANDARD',
    creationEpochMs: world.anchorEpochMs - integerBetween(random, 60, 900) * DAY_MS,
    retentionInDays: [7, 14, 30, 90][integerBetween(random, 0, 3)] ?? 30,
    storedBytes: integerBetween(random, 20_000, 90_000_000),
    metricFilterCount: 0,
    bytesPerMinute: 8,
    logStreams: steadyStreams(world, QUIET_STREAMS),
    eventsOfMinute: quietEvents(world, id),
  };
}

function steadyStreams(world: LogWorld, names: readonly string[]): readonly LogStreamSpan[] {
  return names.map((name) => ({ name, firstEpochMs: world.anchorEpochMs - HISTORY_MS }));
}

function lambdaStreams(world: LogWorld, instances: readonly string[]): readonly LogStreamSpan[] {
  const today = Math.floor(world.anchorEpochMs / DAY_MS) * DAY_MS;
  return Array.from({ length: LAMBDA_STREAM_DAYS }, (_, day) => today - day * DAY_MS).flatMap((start) =>
    instances.map((instance) => ({
      name: lambdaStream(start, '$LATEST', instance),
      firstEpochMs: start,
      ...(start < today && { lastEpochMs: start + DAY_MS - 1 }),
    })),
  );
}
