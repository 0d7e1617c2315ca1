/**
 * `npm run bench`: what the program itself costs, as ratios inside one run against floors made for the purpose. Rounds
 * are interleaved and the median counts, since machines are shared and noisy. Prints a table; `--json` prints JSON.
 */
import '../assert-node.mjs';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../local/scenario.ts';
import { startLocalAws } from '../../local/stack.ts';
import { pointAtLocal } from '../local/local-stack.ts';
import { mintUserTokens } from '../local/local-tokens.ts';
import { type LoadResult, load, measure, median, type Shot } from './load.ts';
import { type Child, startPrinting, startServer, timeBareNode } from './processes.ts';

const ROUNDS = 5;
const ROUND_MS = 1_500;
const CLIENTS = 32;
const BUNDLE = join(import.meta.dirname, '..', '..', 'dist', 'server.mjs');
const FLOOR = join(import.meta.dirname, 'floor.mjs');
const MEMORY_CALLS_MS = 15_000;

interface Figure {
  readonly figure: string;
  readonly value: string;
  readonly reach: string;
}

const local = await startLocalAws();
/** One account, so that `list_targets` asks AWS once. */
const oneAccount = { AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify({ prod: local.roleArns.prod }) };
const env = { ...process.env, ...pointAtLocal({ RATE_LIMIT_PER_MINUTE: '0' }, local), ...oneAccount };
const token = Object.values(await mintUserTokens(local))[0] ?? '';
const port = 20_000 + (process.pid % 20_000);
const figures: Figure[] = [];
const note = (figure: string, value: string, reach: string): void => void figures.push({ figure, value, reach });
let server: Child | undefined;
let floor: Child | undefined;

try {
  const starts = { bare: [] as number[], server: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    starts.bare.push(await timeBareNode());
    const startedMs = performance.now();
    const child = await startServer(BUNDLE, port, env);
    starts.server.push(performance.now() - startedMs);
    await child.stop();
  }
  note('start to /health, of `node -e 0`', times(median(starts.server) / median(starts.bare)), '≤ 4×');

  server = await startServer(BUNDLE, port, env);
  floor = await startPrinting([FLOOR]);
  note('memory, idle', `${server.rssMb().toFixed(0)} MB`, '≤ 110 MB');

  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${token}`,
  };
  const rpc = (method: string, params: unknown): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const noAws = { name: 'get_logs_insight_query_results', arguments: { query_id: 'none' } };
  const call: Shot = { url: `${server.url}/mcp`, headers, body: rpc('tools/call', noAws) };
  const list: Shot = { ...call, body: rpc('tools/list', {}) };
  const bare: Shot = { ...call, url: `${floor.url}/600` };
  const listChars = (await (await fetch(list.url, { method: 'POST', headers, body: list.body })).text()).length;
  const bareList: Shot = { ...list, url: `${floor.url}/${listChars}` };
  const identity: Shot = { ...call, body: rpc('tools/call', { name: 'list_targets', arguments: {} }) };
  const sts = new STSClient({ region: DEFAULT_REGION, endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS });
  const runs = {
    bare: [] as LoadResult[],
    bareList: [] as LoadResult[],
    call: [] as LoadResult[],
    list: [] as LoadResult[],
    full: [] as LoadResult[],
    sdk: [] as LoadResult[],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.bare.push(await load(bare, CLIENTS, ROUND_MS));
    runs.bareList.push(await load(bareList, CLIENTS, ROUND_MS));
    runs.call.push(await load(call, CLIENTS, ROUND_MS));
    runs.list.push(await load(list, CLIENTS, ROUND_MS));
    runs.full.push(await load(identity, CLIENTS, ROUND_MS));
    runs.sdk.push(
      await measure(async () => void (await sts.send(new GetCallerIdentityCommand({}))), CLIENTS, ROUND_MS),
    );
  }
  sts.destroy();
  const rate = (results: readonly LoadResult[]): number => median(results.map(({ perSecond }) => perSecond));
  note('tools/call without AWS, of a bare server', share(rate(runs.call) / rate(runs.bare)), '≥ 0.10');
  note('tools/list, of a bare server with as long an answer', share(rate(runs.list) / rate(runs.bareList)), '≥ 0.10');
  note('one AWS call through everything, of the bare SDK call', share(rate(runs.full) / rate(runs.sdk)), '≥ 0.6');
  note('added latency p50, of the bare SDK call', times(added(runs.full, runs.sdk, 'p50Ms')), '≤ 0.5×');
  note('added latency p99, of the bare SDK call', times(added(runs.full, runs.sdk, 'p99Ms')), '≤ 1×');

  const warmMb = server.rssMb();
  const { perSecond } = await load(list, 64, MEMORY_CALLS_MS);
  const growth = server.rssMb() / warmMb - 1;
  note(
    `memory growth over ${Math.round((perSecond * MEMORY_CALLS_MS) / 1_000)} more calls, 64 clients`,
    `${(growth * 100).toFixed(0)} % (${server.rssMb().toFixed(0)} MB)`,
    '≤ 10 %',
  );
  note('bundle', `${(statSync(BUNDLE).size / 1e6).toFixed(2)} MB`, '≤ 2.0 MB');
} finally {
  await Promise.all([server?.stop(), floor?.stop()]);
  await local.close();
}

if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
else {
  console.log('| figure | this run | reach |\n| --- | --- | --- |');
  for (const { figure, value, reach } of figures) console.log(`| ${figure} | ${value} | ${reach} |`);
}

function added(full: readonly LoadResult[], sdk: readonly LoadResult[], key: 'p50Ms' | 'p99Ms'): number {
  const of = (results: readonly LoadResult[]): number => median(results.map((result) => result[key]));
  return of(full) / of(sdk) - 1;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

function share(ratio: number): string {
  return ratio.toFixed(3);
}
