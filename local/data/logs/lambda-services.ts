import { LOG_GROUPS } from '../../scenario.ts';
import type { LogWorld } from './incident.ts';
import { endLine, lambdaStream, reportLine, startLine } from './lambda-lines.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, type MinuteWriter, trafficAt } from './minute-writer.ts';
import { hexDigits, integerBetween, pick, type Random, uuid } from './random.ts';

export const SERVICE_INSTANCES = ['5de0a1b2c3f44e55', 'a4409c1e77d24d02'] as const;
const MEMORY = { sizeMb: 256, usedMb: 96 };

type Log = (offsetMs: number, level: string, message: string, extra?: Readonly<Record<string, unknown>>) => void;

interface Service {
  readonly logGroup: string;
  readonly perMinute: number;
  readonly durationMs: (random: Random) => number;
  readonly describe: (writer: MinuteWriter, startMs: number, durationMs: number, log: Log) => void;
  /** Structured, or the runtime's tab-separated text. */
  readonly isJson: boolean;
}

const CART: Service = {
  logGroup: LOG_GROUPS.cart,
  perMinute: 2,
  isJson: true,
  durationMs: (random) => 18 + random() * 60,
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
  perMinute: 2,
  isJson: true,
  durationMs: (random) => 180 + random() * 320,
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
  perMinute: 2,
  isJson: false,
  durationMs: (random) => 25 + random() * 120,
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

export function serviceEvents(world: LogWorld, service: Service): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, service.logGroup, (writer) => {
    const count = Math.max(1, Math.round(service.perMinute * trafficAt(writer.minuteEpochMs)));
    for (let index = 0; index < count; index += 1) {
      writeInvocation(writer, service);
    }
  });
}

function writeInvocation(writer: MinuteWriter, service: Service): void {
  const { random, write, minuteEpochMs } = writer;
  const requestId = uuid(random);
  const logStream = lambdaStream(minuteEpochMs, '$LATEST', pick(random, SERVICE_INSTANCES));
  const startMs = random() * 58_000;
  const durationMs = service.durationMs(random);
  const name = service.logGroup.slice('/aws/lambda/shop-'.length);
  write(startMs, logStream, startLine(requestId, '$LATEST'));
  service.describe(writer, startMs, durationMs, (offsetMs, level, message, extra = {}) => {
    const timestamp = new Date(minuteEpochMs + offsetMs).toISOString();
    const record = { timestamp, level, message, service: name, requestId, ...extra };
    write(
      offsetMs,
      logStream,
      service.isJson ? JSON.stringify(record) : `${timestamp}\t${requestId}\t${level}\t${message}`,
    );
  });
  write(startMs + durationMs, logStream, endLine(requestId));
  write(startMs + durationMs + 1, logStream, reportLine(random, requestId, durationMs, MEMORY));
}
