import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionData } from '../cloudwatch/region-data.ts';
import type { Fault } from '../faults.ts';
import { AwsServiceError, awsError, type OperationContext } from '../types.ts';
import type { Outcome, WireParts } from '../wire/answer-request.ts';
import { signatureError } from '../wire/common-errors.ts';
import { toFaultError } from '../wire/fault-errors.ts';
import { jsonProtocol } from '../wire/json-wire.ts';
import { SIGNING_NAMES } from '../wire/route.ts';
import { verifySignature } from '../wire/signature.ts';
import type { WireAnswer } from '../wire/wire-answer.ts';
import { answerApi, nameOperation } from './api.ts';
import { PromqlError } from './promql-error.ts';

export interface PromqlMessage {
  readonly message: IncomingMessage;
  readonly body: Buffer;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** Whether a request is one of Prometheus' HTTP API. */
export function isPromqlPath(url: string | undefined): boolean {
  return nameOperation(pathOf(url)) !== undefined;
}

/** Verifies the signature and answers in Prometheus' format. Faults are those of `QueryMetrics`, `GetSeries` and `GetLabels`. */
export async function answerPromql(
  { message, body, signal }: PromqlMessage,
  parts: WireParts,
  dataOf: RegionData,
): Promise<Outcome> {
  const path = pathOf(message.url);
  const operation = nameOperation(path) ?? '';
  const form = readForm(message, body);
  const record = parts.requests.start({
    service: 'cloudwatch',
    operation,
    protocol: 'promql',
    account: '',
    region: '',
    akid: '',
    principalArn: '',
    sessionName: undefined,
    input: { method: message.method, path, form: [...form] },
    startedEpochMs: parts.nowEpochMs(),
  });
  let faults: readonly Fault[] = [];
  const run = async (): Promise<WireAnswer | undefined> => {
    const signed = { method: message.method ?? '', url: message.url ?? '/', headers: message.headers, body };
    const nowEpochMs = parts.signatureNowEpochMs();
    const verdict = await verifySignature(signed, SIGNING_NAMES.cloudwatch, parts.credentials, nowEpochMs);
    if (!verdict.ok) throw signatureError(verdict);
    const { credential, region } = verdict;
    const { account, principalArn, sessionName } = credential;
    record.update({ account, region, principalArn, sessionName, akid: credential.accessKeyId });
    faults = parts.faults.take(operation, region, account, credential.accessKeyId);
    const latencyMs = faults.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.latencyMs : 0), 0);
    if (latencyMs > 0) await sleep(latencyMs, undefined, { signal }).catch(() => undefined);
    if (faults.some(({ kind }) => kind === 'connectionReset')) return undefined;
    for (const fault of faults) {
      const refusal = toFaultError(fault, 'cloudwatch', operation, principalArn);
      if (refusal !== undefined) throw refusal;
    }
    const context: OperationContext = { account, region, principalArn, nowEpochMs: parts.nowEpochMs() };
    const output = faults.reduce<unknown>(
      (altered, fault) => (fault.kind === 'alterOutput' ? fault.alter(altered, form) : altered),
      answerApi(path, form, dataOf, context),
    );
    return writeJson(200, output);
  };
  const answer = await run().catch(writeError);
  return { answer, faults, finish: () => record.update({ status: signal.aborted ? 0 : (answer?.status ?? 0) }) };
}

function pathOf(url: string | undefined): string {
  return new URL(url ?? '/', 'http://localhost').pathname;
}

function readForm(message: IncomingMessage, body: Buffer): URLSearchParams {
  return message.method === 'POST'
    ? new URLSearchParams(body.toString('utf8'))
    : new URL(message.url ?? '/', 'http://localhost').searchParams;
}

function writeError(error: unknown): WireAnswer {
  if (error instanceof PromqlError)
    return writeJson(400, { status: 'error', errorType: 'bad_data', error: error.message });
  const known =
    error instanceof AwsServiceError
      ? error
      : awsError(
          'InternalFailure',
          `The embedded PromQL failed: ${error instanceof Error ? error.stack : String(error)}`,
        );
  return jsonProtocol.encodeError(known, { service: 'cloudwatch', requestId: '' }, false);
}

function writeJson(status: number, value: unknown): WireAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) };
}
