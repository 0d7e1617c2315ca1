import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createLookupEvents } from './cloudtrail/lookup-events.ts';
import { createCloudWatchOperations } from './cloudwatch/operations.ts';
import { createRegionData, type RegionData } from './cloudwatch/region-data.ts';
import { FaultBoard, type FaultRule } from './faults.ts';
import { createLogsOperations } from './logs/operations.ts';
import type { QueryTiming } from './logs/query-timing.ts';
import { answerPromql, isPromqlPath } from './promql/answer-promql.ts';
import { ACCOUNTS, AMBIENT_CREDENTIALS, AMBIENT_PRINCIPAL_ARN } from './scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { createShop } from './shop.ts';
import { createStsOperations, UNSIGNED_STS_OPERATIONS } from './sts/operations.ts';
import type { IdentityProvider, LocalRole } from './sts/role.ts';
import type { Operations } from './types.ts';
import { answerRequest, type Outcome, type WireParts } from './wire/answer-request.ts';
import { controlFaults } from './wire/control-faults.ts';
import { CredentialStore } from './wire/credential-store.ts';
import { readBody } from './wire/read-body.ts';
import { RequestLog } from './wire/request-log.ts';
import { findRoute } from './wire/route.ts';
import type { ServiceName } from './wire/schemas.ts';
import { sendAnswer, sendJson } from './wire/send-answer.ts';
import { createWorld, type World } from './world.ts';

/** AWS takes up to 1 MiB a request in the services imitated here. */
const MAX_BODY_BYTES = 1024 * 1024;
const KEEP_ALIVE_MS = 65_000;
const DEFAULT_SEED = 20_260_101;

export interface LocalCloudWatchOptions {
  /** 0 or undefined = a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Clock of the data; the story is told at its value when the server starts. Default: the real one. */
  readonly nowEpochMs?: () => number;
  /** Clock that signatures and credentials are checked against. Default: the real one. */
  readonly signatureNowEpochMs?: () => number;
  /** Clock of the tokens that STS checks and the sessions that it gives. Default: that of signatures. */
  readonly stsNowEpochMs?: () => number;
  readonly seed?: number;
  /** Served instead of the shop. */
  readonly scenario?: Scenario;
  /** Adds operations or replaces them, per service. */
  readonly operations?: Partial<Readonly<Record<ServiceName, Operations>>>;
  readonly faults?: readonly FaultRule[];
  /** How long Logs Insights queries take. */
  readonly queryTiming?: Partial<QueryTiming>;
  /** OIDC providers whose tokens STS takes. */
  readonly identityProviders?: readonly IdentityProvider[];
  /** Roles that STS gives sessions of. */
  readonly roles?: readonly LocalRole[];
}

export interface LocalCloudWatch {
  /** `http://127.0.0.1:<port>`; one endpoint serves CloudWatch with its PromQL API, Logs, STS and CloudTrail. */
  readonly endpoint: string;
  readonly port: number;
  readonly world: World;
  readonly credentials: CredentialStore;
  readonly faults: FaultBoard;
  readonly requests: RequestLog;
  /** Names of the operations that a service has here. */
  operationNames(service: ServiceName): readonly string[];
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/** Starts the embedded CloudWatch (the wire protocols of CloudWatch, Logs, STS and CloudTrail) on loopback. */
export async function startLocalCloudWatch(options: LocalCloudWatchOptions = {}): Promise<LocalCloudWatch> {
  const nowEpochMs = options.nowEpochMs ?? Date.now;
  const world = createWorld(options.seed ?? DEFAULT_SEED, options.scenario?.anchorEpochMs ?? nowEpochMs());
  const content = options.scenario?.content ?? createShop(world);
  const credentials = createCredentials();
  const faults = new FaultBoard();
  for (const rule of options.faults ?? []) faults.add(rule);
  const requests = new RequestLog();
  const signatureNowEpochMs = options.signatureNowEpochMs ?? Date.now;
  const sts = createStsOperations({
    roles: options.roles ?? [],
    providers: options.identityProviders ?? [],
    credentials,
    nowEpochMs: options.stsNowEpochMs ?? signatureNowEpochMs,
  });
  const parts: WireParts = {
    operations: {
      cloudwatch: { ...createCloudWatchOperations(content), ...options.operations?.cloudwatch },
      logs: {
        ...createLogsOperations({
          content: content.logs,
          ...(options.queryTiming === undefined ? {} : { timing: options.queryTiming }),
        }),
        ...options.operations?.logs,
      },
      sts: { ...sts, ...options.operations?.sts },
      cloudtrail: { LookupEvents: createLookupEvents(content), ...options.operations?.cloudtrail },
    },
    unsignedOperations: UNSIGNED_STS_OPERATIONS,
    credentials,
    faults,
    requests,
    nowEpochMs,
    signatureNowEpochMs,
  };
  const dataOf = createRegionData(content);
  const server = createServer((request, response) => {
    serve(request, response, parts, dataOf).catch(() => response.destroy());
  });
  // Clients keep connections for reuse; closing idle ones early would race with their next request.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://${host}:${port}`,
    port,
    world,
    credentials,
    faults,
    requests,
    operationNames: (service) => Object.keys(parts.operations[service]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createCredentials(): CredentialStore {
  const credentials = new CredentialStore();
  credentials.add({
    ...AMBIENT_CREDENTIALS,
    account: ACCOUNTS.prod.id,
    principalArn: AMBIENT_PRINCIPAL_ARN,
    sessionName: 'cloudwatch-mcp',
  });
  return credentials;
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  parts: WireParts,
  dataOf: RegionData,
): Promise<void> {
  const requestId = randomUUID();
  response.setHeader('x-amzn-requestid', requestId);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = await readBody(message, MAX_BODY_BYTES);
  if (body === undefined) return sendJson(response, 413, { __type: 'RequestEntityTooLargeException' });
  if (message.url === '/__faults') return controlFaults(message, response, body, parts.faults);
  if (isPromqlPath(message.url)) {
    await send(
      message,
      response,
      await answerPromql({ message, body, signal: gone.signal }, parts, dataOf),
      gone.signal,
    );
    return;
  }
  const route = findRoute(message, body);
  if (route === undefined || message.method !== 'POST') {
    return sendJson(response, 404, { __type: 'UnknownOperationException' });
  }
  const outcome = await answerRequest({ message, body, route, requestId, signal: gone.signal }, parts);
  await send(message, response, outcome, gone.signal);
}

async function send(
  message: IncomingMessage,
  response: ServerResponse,
  outcome: Outcome,
  signal: AbortSignal,
): Promise<void> {
  if (outcome.answer === undefined) {
    message.socket.resetAndDestroy();
    return;
  }
  outcome.finish();
  if (!signal.aborted) await sendAnswer(response, outcome.answer, outcome.faults, signal);
}
