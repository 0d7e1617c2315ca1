import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults.ts';
import type { WireAnswer } from './wire-answer.ts';

/** Writes an answer with the faults that concern its body (padding, cutting, dripping). `signal` = the caller is gone. */
export async function sendAnswer(
  response: ServerResponse,
  answer: WireAnswer,
  faults: readonly Fault[],
  signal: AbortSignal,
): Promise<void> {
  const { status, headers, body } = spoilAnswer(answer, faults);
  response.writeHead(status, { ...headers, 'content-length': body.length });
  const slow = faults.find((fault) => fault.kind === 'slowBody');
  if (slow === undefined) {
    response.end(body);
    return;
  }
  for (let offset = 0; offset < body.length && !signal.aborted; offset += slow.chunkBytes) {
    response.write(body.subarray(offset, offset + slow.chunkBytes));
    await sleep(slow.pauseMs, undefined, { signal }).catch(() => undefined);
  }
  response.end();
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** What a proxy on the way may say in the service's place. */
const HTML_PAGE = Buffer.from('<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>');

function spoilAnswer(answer: WireAnswer, faults: readonly Fault[]): WireAnswer {
  if (faults.some(({ kind }) => kind === 'htmlBody')) {
    return { status: 200, headers: { 'content-type': 'text/html' }, body: HTML_PAGE };
  }
  if (faults.some(({ kind }) => kind === 'emptyBody')) return { ...answer, status: 200, body: Buffer.alloc(0) };
  return { ...answer, body: spoilBody(answer.body, faults) };
}

function spoilBody(body: Buffer, faults: readonly Fault[]): Buffer {
  let spoiled = body;
  for (const fault of faults) {
    if (fault.kind === 'hugeAnswer') spoiled = padBody(spoiled, fault.padBytes);
    if (fault.kind === 'malformedBody')
      spoiled = Buffer.concat([Buffer.from('{"'), spoiled.subarray(0, spoiled.length >> 1)]);
  }
  return spoiled;
}

function padBody(body: Buffer, padBytes: number): Buffer {
  const text = body.toString('utf8');
  if (!text.startsWith('{')) return Buffer.concat([body, Buffer.alloc(padBytes, ' ')]);
  const separator = text === '{}' ? '' : ',';
  return Buffer.from(`{"_padding":"${'x'.repeat(padBytes)}"${separator}${text.slice(1)}`);
}
