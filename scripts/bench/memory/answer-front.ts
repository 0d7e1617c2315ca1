/**
 * Stands before the embedded CloudWatch and keeps each answer as it was given first: making them costs more than the server
 * under measurement does, and two cores are not many. Some answers it makes larger, or empty, as a scenario wants them.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * `padded`: an alarm list with 10 MB that nobody knows. `rows`: 10,000 rows of a log query, 10 MB. `quiet`: no alarms.
 */
export type AnswerKind = 'plain' | 'quiet' | 'padded' | 'rows';

export interface AnswerFront {
  readonly endpoint: string;
  setKind(kind: AnswerKind): void;
  close(): void;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

export const HUGE_BYTES = 10_000_000;
const ROWS = 10_000;
const MAX_KEPT = 2_000;
/** Started once and then another one: an id of its own each time. */
const NEVER_KEPT = /StartQuery|StopQuery|DescribeQueries/;
const REGION = /Credential=[^/]+\/\d+\/([a-z0-9-]+)\//;
/** Seconds since 1970: a question is the same one a minute later. */
const TIMES = /\b\d{10}(?:\.\d+)?\b/g;

export async function startAnswerFront(behind: string): Promise<AnswerFront> {
  const kept = new Map<string, Answer>();
  let kind: AnswerKind = 'plain';

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(message);
    const operation = String(message.headers['x-amz-target'] ?? message.url).replace(/^.*\./, '');
    const region = REGION.exec(message.headers.authorization ?? '')?.[1] ?? '';
    const asked = kind === 'rows' && operation === 'GetQueryResults' ? '' : body.toString().replaceAll(TIMES, '');
    const key = `${kind} ${region} ${operation} ${asked}`;
    const known = kept.get(key) ?? change(await askBehind(behind, message, body), kind, operation);
    if (!NEVER_KEPT.test(operation) && known.status === 200 && kept.size < MAX_KEPT) kept.set(key, known);
    response.writeHead(known.status, { 'content-type': known.contentType, 'content-length': known.body.length });
    response.end(known.body);
  }

  const server = createServer((message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setKind(next) {
      kind = next;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The same request, signature and Host included. */
function askBehind(behind: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onward = request(`${behind}${url}`, { ...(method !== undefined && { method }), headers }, (answer) => {
      readAll(answer).then(
        (whole) =>
          resolve({ status: answer.statusCode ?? 502, contentType: answer.headers['content-type'] ?? '', body: whole }),
        reject,
      );
    });
    onward.on('error', reject).end(body);
  });
}

function change(answer: Answer, kind: AnswerKind, operation: string): Answer {
  if (answer.status !== 200) return answer;
  const withBody = (text: string): Answer => ({ ...answer, body: Buffer.from(text) });
  if (operation === 'DescribeAlarms' && kind === 'quiet') return withBody('{"CompositeAlarms":[],"MetricAlarms":[]}');
  if (operation === 'DescribeAlarms' && kind === 'padded')
    return withBody(`{"_padding":"${'x'.repeat(HUGE_BYTES)}",${answer.body.toString('utf8').slice(1)}`);
  if (operation === 'GetQueryResults' && kind === 'rows') return withBody(makeRows());
  return answer;
}

function makeRows(): string {
  const message = 'a line that a program wrote '.repeat(HUGE_BYTES / ROWS / 32);
  const results = Array.from({ length: ROWS }, (_, index) => [
    { field: '@timestamp', value: new Date(Date.now() - index * 100).toISOString().replace('T', ' ').replace('Z', '') },
    { field: '@message', value: `${index} ${message}` },
  ]);
  const statistics = { recordsMatched: ROWS, recordsScanned: ROWS, bytesScanned: HUGE_BYTES };
  return JSON.stringify({ results, statistics, status: 'Complete' });
}
