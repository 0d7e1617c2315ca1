import { LOG_GROUPS } from '../../scenario.ts';
import type { ReadInvocations } from '../shop/invocations.ts';
import type { LogWorld } from './incident.ts';
import { type Invocation, planInvocations, writePlatformLines } from './lambda-lines.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, type MinuteWriter } from './minute-writer.ts';
import { hexDigits, integerBetween, pick } from './random.ts';

export const CHECKOUT_INSTANCES = ['8f2c41d09ab34e7c', '1b7e55a2c0d94f31', 'c93d0e6f4a8b4712'] as const;
const MEMORY = { sizeMb: 512, usedMb: 178 };
const SAMPLED_ONE_OF = 35;
/** Of the failures since time-outs began; the others are refused by a full database. */
const TIMEOUT_SHARE = 0.7;
/** Of all invocations, those that fail anyway: as many in the incident as before it. */
const USUAL_SHARE = 0.002;
/** Milliseconds of an invocation that are not spent in the database. */
const OWN_WORK_MS = 60;
/** Milliseconds of database time that the function warns of. */
const SLOW_MS = 1_000;

const REFUSED = {
  name: 'DatabaseError',
  code: '53300',
  message: 'remaining connection slots are reserved for roles with the SUPERUSER attribute',
};
const CONFLICT = { name: 'ConflictError', message: 'the cart was changed by another session' };

type Log = (offsetMs: number, level: string, message: string, extra?: Readonly<Record<string, unknown>>) => void;

/**
 * Structured log of the checkout function: since 2.14.0 one database query for each cart item. Each failure is told, of
 * the others and of slow queries a sample.
 */
export function checkoutEvents(
  world: LogWorld,
  readInvocations: ReadInvocations,
): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.checkout, (writer) => {
    const invocations = planInvocations(writer, readInvocations(writer.minuteEpochMs), {
      instances: CHECKOUT_INSTANCES,
      sampledOneOf: SAMPLED_ONE_OF,
      timeoutShare: writer.phase.isFailing ? TIMEOUT_SHARE : 0,
    });
    let usualCount = Math.floor(invocations.length * USUAL_SHARE + writer.random());
    for (const invocation of invocations) {
      const isUsual = !writer.phase.areConnectionsFilling || usualCount > 0;
      if (invocation.ending === 'failure') usualCount -= 1;
      writePlatformLines(writer, invocation, MEMORY);
      describe(writer, invocation, isUsual ? CONFLICT : REFUSED);
    }
  });
}

function describe(writer: MinuteWriter, invocation: Invocation, error: object): void {
  const { startMs, durationMs, ending, isSampled } = invocation;
  const dbQueryMs = Math.max(1, Math.round(durationMs - OWN_WORK_MS));
  if (ending === 'success' && !isSampled) return;
  const { random, phase } = writer;
  const { log, cartItems } = startOrder(writer, invocation);
  const database = { dbQueries: phase.isDeployed ? cartItems + 1 : 2, dbQueryMs };
  const endMs = startMs + durationMs;
  if (isSampled) log(startMs + 2, 'INFO', 'checkout started');
  const isSlow = isSampled && dbQueryMs > SLOW_MS;
  if (ending === 'timeout') {
    if (isSlow) log(startMs + 2_500, 'WARN', 'slow database query', { ...database, table: 'order_items' });
    const time = new Date(writer.minuteEpochMs + endMs).toISOString();
    writer.write(endMs, invocation.logStream, `${time} ${invocation.requestId} Task timed out after 15.00 seconds`);
    return;
  }
  if (isSlow) log(endMs - 5, 'WARN', 'slow database query', { ...database, table: 'order_items' });
  if (ending === 'failure') {
    log(endMs - 3, 'ERROR', 'checkout failed', { durationMs: Math.round(durationMs), error });
  } else if (isSampled) {
    const payment = {
      method: pick(random, ['card', 'invoice', 'wallet']),
      amountCents: integerBetween(random, 900, 48_000),
      card: '****************',
    };
    const isGift = random() < 0.1;
    log(endMs - 3, 'INFO', 'checkout finished', { durationMs: Math.round(durationMs), ...database, isGift, payment });
  }
}

function startOrder(
  { random, phase, minuteEpochMs, write }: MinuteWriter,
  { requestId, logStream }: Invocation,
): { readonly log: Log; readonly cartItems: number } {
  const cartItems = integerBetween(random, 1, 9);
  const order = {
    service: 'checkout',
    version: phase.isDeployed ? '2.14.0' : '2.13.7',
    requestId,
    traceId: `1-${Math.floor(minuteEpochMs / 1000).toString(16)}-${hexDigits(random, 24)}`,
    orderId: `ord-${integerBetween(random, 100_000, 999_999)}`,
    customer: `cust-${integerBetween(random, 1_000, 1_400)}`,
    cartItems,
  };
  const log: Log = (offsetMs, level, message, extra = {}) => {
    const timestamp = new Date(minuteEpochMs + offsetMs).toISOString();
    write(offsetMs, logStream, JSON.stringify({ timestamp, level, message, ...order, ...extra }));
  };
  return { log, cartItems };
}
