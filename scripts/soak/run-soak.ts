/**
 * Many clients of three users for a while, before an AWS that fails, throttles and changes its issuer's keys, with
 * clients that leave in the middle; and what must hold all the while. Random by a seed, bounded by time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../local/faults.ts';
import type { LocalAws } from '../../local/stack.ts';
import { watchRequests } from './watch-requests.ts';

export interface SoakOptions {
  readonly url: string;
  readonly local: LocalAws;
  readonly seed: number;
  readonly durationMs: number;
  readonly clients: number;
  /** Between two changes of the issuer's key. */
  readonly rotateMs: number;
}

export interface SoakReport {
  readonly calls: number;
  /** Calls whose client left before the answer. */
  readonly left: number;
  /** Answers by `ok`, error code or HTTP status. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** What must not be: an answer or a request of one user that is another's, an answer that is none, a query left running. */
  readonly faults: readonly string[];
  readonly queries: number;
  /** New keys of the issuer. */
  readonly rotations: number;
}

const USERS = ['olivia', 'dev', 'guest'] as const;
const ACCOUNTS = ['prod', 'dev', 'data'] as const;
const QUERY_ACCOUNTS = ['prod', 'dev'] as const;
/** Of the shop; the account `data` has none of the name. */
const LOG_GROUP = '/aws/lambda/shop-checkout';
const LEAVING_SHARE = 0.05;
const LIST_SHARE = 0.1;
const QUERY_SHARE = 0.1;
const MAX_LEAVE_MS = 60;
const FAULT_MS = 400;
const PAUSE_MS = 20;
/** A token, a key of AWS or a session token: nothing that an answer may hold. */
const SECRET = /\beyJ[\w-]{8,}\.|\bA[KS]IA[A-Z0-9]{12}|FwoGZX/;
/** Busy, overdue or failing by what was armed: all that a sound server may say. */
const ALLOWED = new Set(['ok', '401', '429', '503', 'role_denied', 'throttled', 'limit_exceeded']);
const ALLOWED_BY_FAULTS = new Set([
  'upstream_unavailable',
  'deadline_exceeded',
  'unreadable_answer',
  'access_denied',
  'role_rejected',
]);
const FAULTS: readonly Fault[] = [
  { kind: 'throttle' },
  { kind: 'serverError' },
  { kind: 'connectionReset' },
  { kind: 'malformedBody' },
  { kind: 'htmlBody' },
  { kind: 'latency', latencyMs: 200 },
];

export async function runSoak({ url, local, seed, durationMs, clients, rotateMs }: SoakOptions): Promise<SoakReport> {
  const untilMs = performance.now() + durationMs;
  const isOver = (): boolean => performance.now() >= untilMs;
  const faults: string[] = [];
  const outcomes: Record<string, number> = {};
  const watch = watchRequests(local, faults);
  const tokens = new Map<string, string>();
  let calls = 0;
  let left = 0;
  let rotations = 0;

  async function tokenOf(user: string): Promise<string> {
    const token = tokens.get(user) ?? (await local.issuer.mint(user, { jti: `${seed}-${calls}` }));
    tokens.set(user, token);
    return token;
  }

  async function callOnce(random: () => number): Promise<void> {
    const user = pick(USERS, random);
    const mark = `soak-${user}-${calls}-`;
    calls += 1;
    const leaving = random() < LEAVING_SHARE ? AbortSignal.timeout(Math.floor(random() * MAX_LEAVE_MS)) : undefined;
    const { path, body } = choose(random, mark);
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${await tokenOf(user)}`,
    };
    try {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers,
        body,
        ...(leaving && { signal: leaving }),
      });
      const text = await answer.text();
      const outcome = readOutcome(answer.status, text);
      // STS reads the new keys before the server does.
      if (outcome === '401' || outcome === 'role_rejected') tokens.delete(user);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (!ALLOWED.has(outcome) && !ALLOWED_BY_FAULTS.has(outcome))
        faults.push(`${mark} was answered with ${outcome}: ${text.slice(0, 200)}`);
      const foreign = text.match(/soak-\w+-\d+-/g)?.find((found) => found !== mark);
      if (foreign !== undefined) faults.push(`the answer to ${mark} speaks of ${foreign}`);
      if (SECRET.test(text)) faults.push(`the answer to ${mark} holds a secret`);
    } catch (error) {
      if (leaving?.aborted === true) left += 1;
      else faults.push(`${mark} was lost: ${String(error)}`);
    }
  }

  async function work(index: number): Promise<void> {
    const random = createRandom(seed + index);
    while (!isOver()) {
      await callOnce(random);
      await sleep(random() * PAUSE_MS);
    }
  }

  async function disturb(): Promise<void> {
    const random = createRandom(seed - 1);
    while (!isOver()) {
      const fault = pick(FAULTS, random);
      // An id that stood in an answer nobody could read is known to nobody: such a query ends by itself.
      const operation = fault.kind.endsWith('Body') ? 'DescribeAlarms' : '*';
      const disarm = local.faults.add({ operation, fault, times: 3 });
      await sleep(FAULT_MS);
      disarm();
      watch.look();
    }
  }

  async function rotate(): Promise<void> {
    let nextMs = performance.now() + rotateMs;
    while (!isOver()) {
      await sleep(FAULT_MS);
      if (performance.now() < nextMs) continue;
      nextMs += rotateMs;
      await local.issuer.rotateKey();
      rotations += 1;
      tokens.clear();
    }
  }

  await Promise.all([...Array.from({ length: clients }, (_, index) => work(index)), disturb(), rotate()]);
  const queries = await watch.settle();
  return { calls, left, outcomes, faults, queries, rotations };
}

function choose(random: () => number, mark: string): { readonly path: string; readonly body: string } {
  const kind = random();
  if (kind < LIST_SHARE)
    return { path: '/mcp', body: JSON.stringify({ jsonrpc: '2.0', id: mark, method: 'tools/list' }) };
  const isQuery = kind < LIST_SHARE + QUERY_SHARE;
  const args = isQuery
    ? {
        log_group_names: [LOG_GROUP],
        query_string: `fields @message | filter @message like "${mark}"`,
        start_time: '-5m',
        end_time: 'now',
      }
    : { name_prefix: mark };
  return {
    path: '/mcp/tools/call',
    body: JSON.stringify({
      name: isQuery ? 'execute_log_insights_query' : 'get_active_alarms',
      arguments: { ...args, account: pick(isQuery ? QUERY_ACCOUNTS : ACCOUNTS, random) },
    }),
  };
}

/** `ok`, the code of a tool's error, or the status. */
function readOutcome(status: number, text: string): string {
  if (status !== 200) return String(status);
  if (!text.includes('"isError":true'))
    return text.includes('"content"') || text.includes('"tools"') ? 'ok' : 'no answer';
  return /\(([a-z_]+), (?:may be|trying)/.exec(text)?.[1] ?? 'unknown error';
}

function pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}

/** mulberry32: small, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
