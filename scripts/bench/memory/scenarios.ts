/** What is wanted of a server at once, each with the most memory that it may take; docs/operations.md has the figures. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Shot } from '../load.ts';
import { HUGE_BYTES } from './answer-front.ts';
import type { EmbeddedAws } from './embedded-aws.ts';
import type { WatchedServer } from './watched-server.ts';

export interface Scenario {
  readonly name: string;
  readonly what: string;
  readonly reachMb: number;
  /** The reach is of what it takes above what the warm server has. */
  readonly isAdded?: boolean;
  /** @returns what there is to say of it, asked when the server has had time to give back what it took */
  run(server: WatchedServer, aws: EmbeddedAws): Promise<() => string>;
}

const STRANGERS = 600;
const STALL_MS = 5_000;
export const GIVEN_BACK_MS = 30_000;
const CLIENTS = 64;
const LOAD_MS = 20_000;
const USERS_AT_ONCE = 8;
const HUGE_MB = HUGE_BYTES / 1_000_000;
const MAX_COST = 3;
/** An answer after each other, so that the young generation is as large as it becomes. */
const ANSWERS_BEFORE = 3;

const ALARMS = { name: 'get_active_alarms', arguments: {} };
const QUERY = {
  name: 'execute_log_insights_query',
  arguments: {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: 'fields @message | limit 10000',
    start_time: '-1h',
  },
};
const LOAD = [
  ALARMS,
  { name: 'get_metric_data', arguments: { namespace: 'AWS/Lambda', metric_name: 'Invocations', statistic: 'Sum' } },
  { name: 'describe_log_groups', arguments: {} },
];

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'strangers',
    what: `${STRANGERS} stalled strangers for ${STALL_MS / 1_000} s`,
    reachMb: 200,
    run: (server) => stallStrangers(server),
  },
  {
    name: 'clients',
    what: `${CLIENTS} clients for ${LOAD_MS / 1_000} s`,
    reachMb: 220,
    run: loadClients,
  },
  {
    name: 'one-answer',
    what: `one answer of ${HUGE_MB} MB (10,000 rows), above the warm server`,
    reachMb: MAX_COST * HUGE_MB,
    isAdded: true,
    run: askForOneAnswer,
  },
  {
    name: 'padded-answers',
    what: `${CLIENTS} answers of ${HUGE_MB} MB at once, of which little is kept`,
    reachMb: 350,
    run: (server, aws) => askForHugeAnswers(server, aws, 'padded'),
  },
  {
    name: 'rows-answers',
    what: `${CLIENTS} answers of ${HUGE_MB} MB at once, of 10,000 rows`,
    reachMb: 350,
    run: (server, aws) => askForHugeAnswers(server, aws, 'rows'),
  },
  {
    name: 'everywhere',
    what: 'users × all regions, once each',
    reachMb: 300,
    run: askEverywhere,
  },
];

/** One call of each kind, so that the whole program is loaded before memory is looked at. */
export async function warmUp({ url }: WatchedServer, { tokens }: EmbeddedAws): Promise<void> {
  for (const body of LOAD) await post(callOf(url, tokens[0] ?? '', body));
}

/** A foreign Host, no token, and a mebibyte of body of which half comes. */
async function stallStrangers({ url }: WatchedServer): Promise<() => string> {
  const head = 'POST /mcp HTTP/1.1\r\nhost: evil.example\r\ncontent-length: 1048576\r\n\r\n';
  const sockets: Socket[] = [];
  for (let count = 0; count < STRANGERS; count += 1) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(`${head}${'x'.repeat(524_288)}`);
    sockets.push(socket);
  }
  await sleep(STALL_MS);
  return () => {
    const open = sockets.filter(({ closed }) => !closed).length;
    for (const socket of sockets) socket.destroy();
    return `${open} still connected at the end`;
  };
}

async function loadClients({ url }: WatchedServer, { tokens }: EmbeddedAws): Promise<() => string> {
  const untilMs = performance.now() + LOAD_MS;
  const answers: string[] = [];
  const work = async (index: number): Promise<void> => {
    for (let turn = index; performance.now() < untilMs; turn += 1) {
      const text = await post(callOf(url, tokens[index % USERS_AT_ONCE] ?? '', LOAD[turn % LOAD.length] ?? ALARMS));
      answers.push(outcomeOf(text));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => work(index)));
  return () => `${((answers.length * 1_000) / LOAD_MS).toFixed(0)} calls a second, ${countOf(answers)}`;
}

async function askForOneAnswer(server: WatchedServer, aws: EmbeddedAws): Promise<() => string> {
  await aws.answerWith('rows');
  const call = callOf(server.url, aws.tokens[0] ?? '', QUERY);
  for (let count = 0; count < ANSWERS_BEFORE; count += 1) await post(call);
  await server.collect();
  server.takePeakMb();
  const outcome = outcomeOf(await post(call));
  return () => outcome;
}

/** Everybody has credentials before: STS is a part of the embedded AWS too, and would be late while it sends what is huge. */
async function askForHugeAnswers(
  { url }: WatchedServer,
  aws: EmbeddedAws,
  kind: 'padded' | 'rows',
): Promise<() => string> {
  const users = aws.tokens.slice(0, CLIENTS);
  for (const token of users) await post(callOf(url, token, ALARMS));
  await aws.answerWith(kind);
  const calls = users.map((token) => callOf(url, token, kind === 'rows' ? QUERY : ALARMS));
  const outcomes = (await Promise.all(calls.map(post))).map(outcomeOf);
  return () => countOf(outcomes);
}

async function askEverywhere({ url }: WatchedServer, aws: EmbeddedAws): Promise<() => string> {
  const { tokens } = aws;
  await aws.answerWith('quiet');
  const call = { ...ALARMS, arguments: { regions: ['all'] } };
  const answers: string[] = [];
  const left = tokens.values();
  const work = async (): Promise<void> => {
    for (const token of left) answers.push(outcomeOf(await post(callOf(url, token, call))));
  };
  await Promise.all(Array.from({ length: USERS_AT_ONCE }, work));
  return () => `${tokens.length} users: ${countOf(answers)}`;
}

/** `ok`, the code of the error, or the first words of what is no answer of a tool. */
function outcomeOf(text: string): string {
  const code = /\(([a-z_]+), (?:may be|trying)/.exec(text)?.[1];
  return code ?? (text.includes('"content"') ? 'ok' : text.slice(0, 60));
}

/** `61 ok, 3 limit_exceeded` */
function countOf(outcomes: readonly string[]): string {
  return [...Map.groupBy(outcomes, (outcome) => outcome)]
    .map(([outcome, all]) => `${all.length} ${outcome}`)
    .join(', ');
}

function callOf(url: string, token: string, call: object): Shot {
  return {
    url: `${url}/mcp/tools/call`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(call),
  };
}
