import { LOG_GROUPS, SHOP } from '../../scenario.ts';
import type { ReadInvocations } from '../shop/invocations.ts';
import type { LogWorld } from './incident.ts';
import { type Invocation, planInvocations, writePlatformLines } from './lambda-lines.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, type MinuteWriter } from './minute-writer.ts';
import { hexDigits, integerBetween, pick } from './random.ts';

export const SERVICE_INSTANCES = ['5de0a1b2c3f44e55', 'a4409c1e77d24d02'] as const;
const MEMORY = { sizeMb: 256, usedMb: 96 };
const SAMPLED_ONE_OF = 50;

type Log = (offsetMs: number, level: string, message: string, extra?: Readonly<Record<string, unknown>>) => void;

interface Service {
  readonly logGroup: string;
  readonly functionName: string;
  /** What a failed invocation says. */
  readonly failure: string;
  readonly describe: (writer: MinuteWriter, startMs: number, durationMs: number, log: Log) => void;
  /** Structured, or the runtime's tab-separated text. */
  readonly isJson: boolean;
}

const CART: Service = {
  logGroup: LOG_GROUPS.cart,
  functionName: SHOP.cartFunction,
  failure: 'cart could not be saved: the session store did not answer',
  isJson: true,
  describe: ({ random }, startMs, durationMs, log) => {
    const cartId = `cart-${hexDigits(random, 10)}`;
    if (random() < 0.02) {
      log(startMs + 3, 'WARN', 'cart expired, a new one was made', { cartId });
    }
    log(startMs + durationMs - 1, 'INFO', 'cart saved', { cartId, items: integerBetween(random, 1, 9) });
  },
};

const PAYMENT: Service = {
  logGroup: LOG_GROUPS.payment,
  functionName: SHOP.paymentFunction,
  failure: 'payment provider did not answer in time',
  isJson: true,
  describe: ({ random }, startMs, durationMs, log) => {
    const paymentId = `pay-${hexDigits(random, 12)}`;
    if (random() < 0.03) {
      log(startMs + 40, 'WARN', 'payment provider asked to retry', { paymentId, attempt: 2 });
    }
    log(startMs + durationMs - 1, 'INFO', 'payment authorized', {
      paymentId,
      amountCents: integerBetween(random, 900, 48_000),
      card: '************',
      cardholderEmail: '********************',
    });
  },
};

const SEARCH: Service = {
  logGroup: LOG_GROUPS.search,
  functionName: SHOP.searchFunction,
  failure: 'index shard did not answer',
  isJson: false,
  describe: ({ random }, startMs, durationMs, log) => {
    const hits = integerBetween(random, 0, 240);
    if (random() < 0.02) {
      log(startMs + 5, 'WARN', `index segment ${integerBetween(random, 1, 32)} is being merged`);
    }
    log(
      startMs + durationMs - 1,
      'INFO',
      `search for "${pick(random, ['shoes', 'lamp', 'tent', 'mug'])}" gave ${hits} hits`,
    );
  },
};

/** The functions of the shop that stay healthy throughout the incident. */
export const HEALTHY_SERVICES: readonly Service[] = [CART, PAYMENT, SEARCH];

export function serviceEvents(
  world: LogWorld,
  service: Service,
  readInvocations: ReadInvocations,
): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, service.logGroup, (writer) => {
    const conditions = { instances: SERVICE_INSTANCES, sampledOneOf: SAMPLED_ONE_OF, timeoutShare: 0 };
    for (const invocation of planInvocations(writer, readInvocations(writer.minuteEpochMs), conditions)) {
      writePlatformLines(writer, invocation, MEMORY);
      describeInvocation(writer, service, invocation);
    }
  });
}

function describeInvocation(writer: MinuteWriter, service: Service, invocation: Invocation): void {
  const { requestId, logStream, startMs, durationMs, ending, isSampled } = invocation;
  const name = service.logGroup.slice('/aws/lambda/shop-'.length);
  const log: Log = (offsetMs, level, message, extra = {}) => {
    const timestamp = new Date(writer.minuteEpochMs + offsetMs).toISOString();
    const record = { timestamp, level, message, service: name, requestId, ...extra };
    const text = service.isJson ? JSON.stringify(record) : `${timestamp}\t${requestId}\t${level}\t${message}`;
    writer.write(offsetMs, logStream, text);
  };
  if (ending === 'failure') log(startMs + durationMs - 1, 'ERROR', service.failure);
  else if (isSampled) service.describe(writer, startMs, durationMs, log);
}
