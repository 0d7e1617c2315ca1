import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultBoard } from '../faults.ts';
import { AwsServiceError, awsError, type OperationContext, type Operations } from '../types.ts';
import { signatureError, unknownOperationError } from './common-errors.ts';
import type { CredentialStore } from './credential-store.ts';
import { toFaultError } from './fault-errors.ts';
import { alterInput, alterOutput } from './page-faults.ts';
import type { RequestLog, RequestRecordHandle } from './request-log.ts';
import { type Route, SIGNING_NAMES } from './route.ts';
import type { ServiceName } from './schemas.ts';
import { verifySignature } from './signature.ts';
import type { WireAnswer } from './wire-answer.ts';

export interface WireParts {
  readonly operations: Readonly<Record<ServiceName, Operations>>;
  /** Operations of STS that take no signature. */
  readonly unsignedOperations: ReadonlySet<string>;
  readonly credentials: CredentialStore;
  readonly faults: FaultBoard;
  readonly requests: RequestLog;
  /** Clock of the data. */
  readonly nowEpochMs: () => number;
  /** Clock of signatures and credentials. */
  readonly signatureNowEpochMs: () => number;
}

export interface ReceivedRequest {
  readonly message: IncomingMessage;
  readonly body: Buffer;
  readonly route: Route;
  readonly requestId: string;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

export interface Outcome {
  /** Undefined = the connection is to be reset. */
  readonly answer: WireAnswer | undefined;
  /** Faults that concern how the body is sent. */
  readonly faults: readonly Fault[];
  /** To be called when the answer left. */
  readonly finish: () => void;
}

/** Verifies, decodes, runs and encodes one request of an AWS protocol. Never throws. */
export async function answerRequest(received: ReceivedRequest, parts: WireParts): Promise<Outcome> {
  const { route } = received;
  const record = parts.requests.start({
    service: route.service,
    operation: route.operation,
    protocol: route.protocol.name,
    account: '',
    region: '',
    akid: '',
    principalArn: '',
    sessionName: undefined,
    input: undefined,
    startedEpochMs: parts.nowEpochMs(),
  });
  const state: { faults: readonly Fault[]; isSignatureStage: boolean } = { faults: [], isSignatureStage: true };
  const run = async (): Promise<WireAnswer | undefined> => {
    const caller = await identifyCaller(received, parts, record);
    state.isSignatureStage = false;
    state.faults = parts.faults.take(route.operation, caller.region, caller.account, caller.accessKeyId);
    await delayAnswer(state.faults, received.signal);
    if (state.faults.some((fault) => fault.kind === 'connectionReset')) return undefined;
    const input = await decodeInput(route, received.body);
    record.update({ input });
    state.isSignatureStage = state.faults.some((fault) => fault.kind === 'expiredToken');
    for (const fault of state.faults) {
      const refusal = toFaultError(fault, route.service, route.operation, caller.principalArn);
      if (refusal !== undefined) throw refusal;
    }
    const given = alterInput(input, state.faults);
    const output = await runOperation(parts.operations[route.service], route, given, caller);
    return encodeOutput(received, alterOutput(output, input, state.faults, route.schema));
  };
  const answer = await run().catch((error: unknown) => encodeError(received, error, state.isSignatureStage));
  return {
    answer,
    faults: state.faults,
    finish: () => record.update({ status: received.signal.aborted ? 0 : (answer?.status ?? 0) }),
  };
}

interface Caller extends OperationContext {
  readonly accessKeyId: string;
}

async function identifyCaller(
  received: ReceivedRequest,
  parts: WireParts,
  record: RequestRecordHandle,
): Promise<Caller> {
  const { route, message, body } = received;
  const nowEpochMs = parts.nowEpochMs();
  if (route.service === 'sts' && parts.unsignedOperations.has(route.operation)) {
    return { account: '', region: '', principalArn: '', accessKeyId: '', nowEpochMs };
  }
  const signed = { method: message.method ?? '', url: message.url ?? '/', headers: message.headers, body };
  const verdict = await verifySignature(
    signed,
    SIGNING_NAMES[route.service],
    parts.credentials,
    parts.signatureNowEpochMs(),
  );
  if (!verdict.ok) {
    record.update({ akid: verdict.accessKeyId ?? '' });
    throw signatureError(verdict);
  }
  const { credential, region } = verdict;
  const { account, principalArn, sessionName, accessKeyId } = credential;
  record.update({ account, region, principalArn, sessionName, akid: accessKeyId });
  return { account, region, principalArn, accessKeyId, nowEpochMs };
}

async function decodeInput(route: Route, body: Buffer): Promise<unknown> {
  if (route.schema === undefined) throw unknownOperationError(route.service, route.operation);
  return route.protocol.decodeInput(route.schema, body);
}

async function runOperation(
  operations: Operations,
  route: Route,
  input: unknown,
  context: OperationContext,
): Promise<unknown> {
  const operation = Object.hasOwn(operations, route.operation) ? operations[route.operation] : undefined;
  if (operation === undefined) throw unknownOperationError(route.service, route.operation);
  return operation(input, context);
}

function encodeOutput(received: ReceivedRequest, output: unknown): WireAnswer {
  const { service, schema, operation, protocol } = received.route;
  if (schema === undefined) throw unknownOperationError(service, operation);
  return protocol.encodeOutput(schema, output, { service, requestId: received.requestId });
}

function encodeError(received: ReceivedRequest, error: unknown, isSignatureStage: boolean): WireAnswer {
  // What is no AWS error is a fault of this imitation: shown, so that a failing test says where.
  const known =
    error instanceof AwsServiceError
      ? error
      : awsError(
          'InternalFailure',
          `The embedded CloudWatch failed: ${error instanceof Error ? error.stack : String(error)}`,
        );
  const { service, protocol } = received.route;
  return protocol.encodeError(known, { service, requestId: received.requestId }, isSignatureStage);
}

async function delayAnswer(faults: readonly Fault[], signal: AbortSignal): Promise<void> {
  const latencyMs = faults.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.latencyMs : 0), 0);
  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal }).catch(() => undefined);
}
