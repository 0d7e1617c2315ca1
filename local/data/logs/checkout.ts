import { LOG_GROUPS } from '../../scenario.ts';
import type { LogWorld } from './incident.ts';
import { endLine, lambdaStream, reportLine, startLine } from './lambda-lines.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, type MinuteWriter, trafficAt } from './minute-writer.ts';
import { hexDigits, integerBetween, pick, uuid } from './random.ts';

const TIMEOUT_MS = 15_000;
const INVOCATIONS_PER_MINUTE = 4;
export const CHECKOUT_INSTANCES = ['8f2c41d09ab34e7c', '1b7e55a2c0d94f31', 'c93d0e6f4a8b4712'] as const;
const MEMORY = { sizeMb: 512, usedMb: 178 };

interface Order {
  readonly requestId: string;
  readonly logStream: string;
  readonly version: string;
  readonly traceId: string;
  readonly orderId: string;
  readonly customer: string;
  readonly cartItems: number;
}

/** Structured log of the checkout function: since 2.14.0 one database query for each cart item. */
export function checkoutEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.checkout, (writer) => {
    const count = Math.max(1, Math.round(INVOCATIONS_PER_MINUTE * trafficAt(writer.minuteEpochMs)));
    for (let index = 0; index < count; index += 1) {
      writeInvocation(writer, writer.random() * 44_000);
    }
  });
}

function writeInvocation(writer: MinuteWriter, startMs: number): void {
  const { random, phase, minuteEpochMs, write } = writer;
  const order = makeOrder(writer);
  const { requestId, logStream } = order;
  const dbQueries = phase.isDeployed ? order.cartItems + 1 : 2;
  const perQueryMs = phase.isDeployed ? 40 + 320 * phase.severity * (0.6 + random()) : 18 + random() * 25;
  const dbQueryMs = Math.round(dbQueries * perQueryMs);
  const durationMs = Math.min(TIMEOUT_MS, dbQueryMs + 90 + random() * 160);
  const log = (
    offsetMs: number,
    level: string,
    message: string,
    extra: Readonly<Record<string, unknown>> = {},
  ): void => {
    const timestamp = new Date(minuteEpochMs + offsetMs).toISOString();
    const { version, traceId, orderId, customer, cartItems } = order;
    const base = {
      timestamp,
      level,
      message,
      service: 'checkout',
      version,
      requestId,
      traceId,
      orderId,
      customer,
      cartItems,
    };
    write(offsetMs, logStream, JSON.stringify({ ...base, ...extra }));
  };
  write(startMs, logStream, startLine(requestId, '$LATEST'));
  log(startMs + 2, 'INFO', 'checkout started');
  const isRefused = phase.areConnectionsFilling && random() < 0.12 * phase.severity;
  const isTimedOut = phase.isFailing && !isRefused && random() < 0.35;
  if (isTimedOut) {
    log(startMs + 2_500, 'WARN', 'slow database query', {
      dbQueries,
      dbQueryMs: TIMEOUT_MS - 120,
      table: 'order_items',
    });
    write(
      startMs + TIMEOUT_MS,
      logStream,
      `${new Date(minuteEpochMs + startMs + TIMEOUT_MS).toISOString()} ${requestId} Task timed out after 15.00 seconds`,
    );
    write(startMs + TIMEOUT_MS + 1, logStream, endLine(requestId));
    write(startMs + TIMEOUT_MS + 2, logStream, reportLine(random, requestId, TIMEOUT_MS, MEMORY));
    return;
  }
  const end = startMs + durationMs;
  if (isRefused) {
    const error = {
      name: 'DatabaseError',
      code: '53300',
      message: 'remaining connection slots are reserved for roles with the SUPERUSER attribute',
    };
    log(end - 3, 'ERROR', 'checkout failed', { durationMs: Math.round(durationMs), error });
  } else {
    if (dbQueryMs > 1_000) {
      log(end - 5, 'WARN', 'slow database query', { dbQueries, dbQueryMs, table: 'order_items' });
    }
    const payment = {
      method: pick(random, ['card', 'invoice', 'wallet']),
      amountCents: integerBetween(random, 900, 48_000),
      card: '****************',
    };
    log(end - 3, 'INFO', 'checkout finished', {
      durationMs: Math.round(durationMs),
      dbQueries,
      dbQueryMs,
      isGift: random() < 0.1,
      payment,
    });
  }
  write(end, logStream, endLine(requestId));
  write(end + 1, logStream, reportLine(random, requestId, durationMs, MEMORY));
}

function makeOrder({ random, phase, minuteEpochMs }: MinuteWriter): Order {
  return {
    requestId: uuid(random),
    logStream: lambdaStream(minuteEpochMs, '$LATEST', pick(random, CHECKOUT_INSTANCES)),
    version: phase.isDeployed ? '2.14.0' : '2.13.7',
    traceId: `1-${Math.floor(minuteEpochMs / 1000).toString(16)}-${hexDigits(random, 24)}`,
    orderId: `ord-${integerBetween(random, 100_000, 999_999)}`,
    customer: `cust-${integerBetween(random, 1_000, 1_400)}`,
    cartItems: integerBetween(random, 1, 9),
  };
}
