/**
 * `npm run bench:memory`: how much memory the bundle takes where much is wanted of it at once, each figure by a server of
 * its own, with the flags of the image (or those of NODE_OPTIONS), before the embedded AWS. RSS as the system counts it.
 * `--only TEXT` for the lines that hold the text, `--users N` for fewer users.
 */
import '../assert-node.mjs';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_AUDIENCE } from '../../local/issuer/issuer.ts';
import { type LocalAws, startLocalAws } from '../../local/stack.ts';
import type { LocalRole } from '../../local/sts/role.ts';
import { pointAtLocal } from '../local/local-stack.ts';
import { post, type Shot } from './load.ts';
import { type Child, startServer } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BUNDLE = process.env.BUNDLE ?? join(ROOT, 'dist', 'server.mjs');
const SAMPLE_MS = 100;
const USERS_AT_ONCE = 8;
const STRANGERS = 600;
const STALL_MS = 5_000;
const GIVEN_BACK_MS = 30_000;
const HUGE_BYTES = 10_000_000;
const CLIENTS = 64;
const LOAD_MS = 20_000;
const ROLE_ARN = 'arn:aws:iam::111122223333:role/CloudWatchMCPRole';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, users: { type: 'string', default: '1000' } },
});
const USERS = Number(values.users);

/** Everybody may take the one role. */
const nameOf = (index: number): string => `user-${index}`;
const local = await startLocalAws({ rolesFor: (issuer) => [trustEverybody(issuer)] });
const imageFlags =
  /NODE_OPTIONS="?([^"\\\n]+)"?/.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'))?.[1]?.trim() ?? '';
const flags = process.env.NODE_OPTIONS ?? imageFlags;
const env = {
  ...process.env,
  ...pointAtLocal({ RATE_LIMIT_PER_MINUTE: '0' }, local),
  AWS_CLOUDWATCH_ROLE_ARN: ROLE_ARN,
  AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify({ prod: ROLE_ARN }),
  NODE_OPTIONS: flags,
};
let port = 20_000 + (process.pid % 20_000);

try {
  console.log(`flags: ${flags}\n\n| what | peak | afterwards | reach |\n| --- | ---: | ---: | ---: |`);
  await measure(`${STRANGERS} stalled strangers; given back after ${GIVEN_BACK_MS / 1_000} s`, 200, stallStrangers);
  await measure(`${CLIENTS} clients for ${LOAD_MS / 1_000} s`, 220, loadClients);
  await measure(`${CLIENTS} × ${HUGE_BYTES / 1_000_000} MB answers`, 350, askForHugeAnswers);
  await measure(`${USERS} users × all regions`, 300, askEverywhere);
} finally {
  await local.close();
}

async function measure(what: string, reachMb: number, work: (server: Child) => Promise<string>): Promise<void> {
  if (!what.includes(values.only)) return;
  port += 1;
  const server = await startServer(BUNDLE, port, env);
  let peakMb = server.rssMb();
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, server.rssMb());
  }, SAMPLE_MS);
  try {
    const note = await work(server);
    console.log(`| ${what}${note} | ${peakMb.toFixed(0)} MB | ${server.rssMb().toFixed(0)} MB | ≤ ${reachMb} MB |`);
  } finally {
    clearInterval(timer);
    await server.stop();
  }
}

/** A foreign Host, no token, and a mebibyte of body of which half comes. */
async function stallStrangers({ url }: Child): Promise<string> {
  const head = 'POST /mcp HTTP/1.1\r\nhost: evil.example\r\ncontent-length: 1048576\r\n\r\n';
  const sockets: Socket[] = [];
  for (let count = 0; count < STRANGERS; count += 1) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(`${head}${'x'.repeat(524_288)}`);
    sockets.push(socket);
  }
  await sleep(STALL_MS + GIVEN_BACK_MS);
  const open = sockets.filter(({ closed }) => !closed).length;
  for (const socket of sockets) socket.destroy();
  return ` (${open} still connected)`;
}

async function loadClients({ url }: Child): Promise<string> {
  const untilMs = performance.now() + LOAD_MS;
  let calls = 0;
  const work = async (index: number): Promise<void> => {
    const call = callOf(url, await tokenOf(local, index % USERS_AT_ONCE));
    for (; performance.now() < untilMs; calls += 1) await post(call);
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => work(index)));
  return ` (${((calls * 1_000) / LOAD_MS).toFixed(0)} calls a second)`;
}

/** Everybody has credentials before: this process is AWS too, and while it sends what is huge, STS would be late. */
async function askForHugeAnswers({ url }: Child): Promise<string> {
  const tokens = await Promise.all(Array.from({ length: CLIENTS }, (_, index) => tokenOf(local, index)));
  for (const token of tokens) await post(callOf(url, token));
  const disarm = local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'hugeAnswer', padBytes: HUGE_BYTES } });
  try {
    const answers = await Promise.all(tokens.map((token) => post(callOf(url, token))));
    return ` (${countOutcomes(answers)})`;
  } finally {
    disarm();
  }
}

/** `61 ok, 3 limit_exceeded`: by the code of the error, or the first words of what is no answer of a tool. */
function countOutcomes(answers: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of answers) {
    const code = /\(([a-z_]+), (?:may be|trying)/.exec(text)?.[1];
    const outcome = code ?? (text.includes('"content"') ? 'ok' : text.slice(0, 60));
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

async function askEverywhere({ url }: Child): Promise<string> {
  let failed = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < USERS) {
      const token = await tokenOf(local, next);
      next += 1;
      const text = await post(callOf(url, token, { regions: ['all'] }));
      if (text.includes('"isError":true')) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: USERS_AT_ONCE }, work));
  return ` (${failed} refused)`;
}

function tokenOf({ issuer }: LocalAws, index: number): Promise<string> {
  return issuer.mint(nameOf(index));
}

function trustEverybody(issuer: string): LocalRole {
  const subjects = Array.from({ length: USERS }, (_, index) => nameOf(index));
  return {
    arn: ROLE_ARN,
    maxSessionSeconds: 3_600,
    webIdentities: [{ issuer, audience: DEFAULT_AUDIENCE, subjects }],
    principals: [],
  };
}

function callOf(url: string, token: string, args: object = {}): Shot {
  return {
    url: `${url}/mcp/tools/call`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ name: 'get_active_alarms', arguments: args }),
  };
}
