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
  const body = spoilBody(answer.body, faults);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
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
