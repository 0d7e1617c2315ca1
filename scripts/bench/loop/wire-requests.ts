/** What holds the loop before and beside the tools: the largest requests that the wire takes, over HTTP as clients send them. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHttpServer } from '../../../adapters/node.ts';
import { createRoute } from '../../../handlers/index.ts';
import type { Config } from '../../../lib/config/config.ts';
import { createLifecycle } from '../../../lib/lifecycle.ts';
import { createMcpEndpoint } from '../../../lib/mcp/endpoint.ts';
import type { ToolRunner } from '../../../lib/mcp/tool-runner.ts';
import type { Logger } from '../../../lib/telemetry/logger.ts';
import type { Metrics } from '../../../lib/telemetry/metrics.ts';
import { watchLoop } from './watch-loop.ts';

const MAX_BODY_CHARS = 1_048_576;
const MAX_BATCH = 20;
const MAX_VALUES = 24_000;
const SETTLE_MS = 20;

const call = (args: unknown, id: number | string = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'get_active_alarms', arguments: args },
});
const list = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list' });
const batch = (make: (id: number) => unknown) => JSON.stringify(Array.from({ length: MAX_BATCH }, (_, id) => make(id)));
/** As often as a body has room for it. */
const fill = (piece: string) => piece.repeat(Math.floor((MAX_BODY_CHARS - 1_000) / piece.length));

/** By what fills them. */
const REQUESTS: readonly (readonly [what: string, body: () => string])[] = [
  ['a batch of lists', () => batch(list)],
  ['a batch of calls', () => batch((id) => call({ names: 'x'.repeat(MAX_BODY_CHARS / MAX_BATCH - 200) }, id))],
  [
    'a batch of calls with many values',
    () => batch((id) => call({ names: Array(MAX_VALUES / MAX_BATCH - 20).fill(1) }, id)),
  ],
  ['as many values as are taken', () => JSON.stringify(call({ names: Array(MAX_VALUES).fill('x') }))],
  ['a batch too large', () => `[${fill('{},')}{}]`],
  [
    'many arguments',
    () => JSON.stringify(call(Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`a${at}`, 1])))),
  ],
  [
    'many values',
    () =>
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_active_alarms","arguments":{"a":[${fill('0,')}0]}}}`,
  ],
  [
    'many members beside',
    () => `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"a":[${fill('{},')}0]}}}`,
  ],
  ['a long text', () => JSON.stringify(call({ name_prefix: fill('"').slice(0, MAX_BODY_CHARS / 2 - 500) }))],
  ['brackets', () => fill('[')],
  ['no JSON', () => fill('x')],
];

export async function* measureWire(
  runner: ToolRunner,
  base: { readonly config: Config; readonly logger: Logger; readonly metrics: Metrics },
  turns: number,
): AsyncGenerator<{ readonly what: string; readonly holdMs: number; readonly status: string }> {
  const lifecycle = createLifecycle();
  const endpoint = createMcpEndpoint(runner, base.logger);
  const app = { ...base, lifecycle, runner, endpoint };
  const config = { ...base.config, port: 0 };
  const server = await startHttpServer({ ...app, config, route: createRoute({ ...app, config }) });
  for (const [what, make] of REQUESTS) {
    const body = make();
    let holdMs = Number.POSITIVE_INFINITY;
    let status = '';
    for (let turn = 0; turn < turns; turn += 1) {
      const socket = connect(server.address.port, '127.0.0.1');
      await once(socket, 'connect');
      const request = [
        'POST /mcp HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        'accept: application/json, text/event-stream',
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
      ].join('\r\n');
      const bytes = Buffer.from(`${request}\r\n\r\n${body}`);
      await sleep(SETTLE_MS);
      const watch = watchLoop();
      socket.on('data', (chunk: Buffer) => {
        status = /^HTTP\/1\.1 (\d{3})/.exec(chunk.subarray(0, 20).toString('latin1'))?.[1] ?? status;
      });
      socket.write(bytes);
      await once(socket, 'close');
      await sleep(SETTLE_MS);
      holdMs = Math.min(holdMs, watch.end());
    }
    yield { what, holdMs, status };
  }
  await server.drain();
  await endpoint.close();
}
