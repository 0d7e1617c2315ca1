/**
 * Statements that write the same words whether it went well or not, and say in a value how it went; and more statements of
 * invented services, so that a log group has as many as a large program.
 */
import type { Write } from './labelled-services.ts';
import type { Values } from './labelled-values.ts';

interface OutcomeStatement {
  /** Stands in all of its messages, and in those of no other. */
  readonly word: string;
  /** Told when it fails. */
  readonly failure: string;
  readonly write: (values: Values, isFailing: boolean) => string;
}

export const OUTCOMES: Readonly<Record<string, OutcomeStatement>> = {
  settled: {
    word: 'payment settled',
    failure: 'failure',
    write: (v, isFailing) =>
      JSON.stringify({
        ts: v.iso(),
        level: 'INFO',
        message: 'payment settled',
        outcome: isFailing ? 'failure' : 'success',
        amount: v.int(1, 900),
        id: v.uuid(),
      }),
  },
  authorised: {
    word: 'card authorised',
    failure: 'GATEWAY_DOWN',
    write: (v, isFailing) =>
      JSON.stringify({
        ts: v.iso(),
        level: 'INFO',
        msg: 'card authorised',
        code: isFailing ? 'GATEWAY_DOWN' : v.pick(['APPROVED', 'INSUFFICIENT_FUNDS']),
        card: v.hex(12),
      }),
  },
  moved: {
    word: 'job moved',
    failure: 'failed',
    write: (v, isFailing) =>
      `${v.iso()} INFO job moved id=${v.int(1, 99_999)} state=${isFailing ? 'failed' : v.pick(['queued', 'running', 'done'])} took=${v.int(1, 900)}ms`,
  },
  probed: {
    word: 'health probe',
    failure: 'healthy=false',
    write: (v, isFailing) =>
      JSON.stringify({ time: v.iso(), event: 'health probe', target: { healthy: !isFailing, ms: v.int(1, 90) } }),
  },
  synced: {
    word: 'replica synced',
    failure: 'timeout',
    write: (v, isFailing) =>
      `level=info ts=${v.iso()} msg="replica synced" result=${isFailing ? 'timeout' : 'ok'} lag=${v.float()} node=${v.hex(8)}`,
  },
  mailed: {
    word: 'mail handed over',
    failure: 'rejected',
    write: (v, isFailing) =>
      JSON.stringify({
        at: v.iso(),
        severity: 'info',
        message: 'mail handed over',
        smtp: { reply: isFailing ? 'rejected' : 'accepted' },
        to: `${v.name()}@example.com`,
      }),
  },
};

/** Of names as Kubernetes makes them: no vowels, few digits. */
const POD_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'.split('');

const podSuffix = (v: Values): string => Array.from({ length: 5 }, () => v.pick(POD_LETTERS)).join('');

const kube =
  (level: string, message: (v: Values) => string): Write =>
  (v) =>
    `${level}0301 ${v.clock()} ${v.int(1, 9)} controller.go:${v.int(10, 999)}] ${message(v)}`;

const kafka =
  (level: string, message: (v: Values) => string): Write =>
  (v) =>
    `[${v.iso().replace('T', ' ').slice(0, 19)},${v.int(100, 999)}] ${level} [Consumer clientId=c-${v.int(1, 20)}] ${message(v)} (org.apache.kafka.clients)`;

const serilog =
  (level: string, text: string, extra: (v: Values) => object): Write =>
  (v) =>
    JSON.stringify({
      '@t': v.iso(),
      '@l': level,
      message: text,
      SourceContext: 'Shop.Web',
      TraceId: v.hex(32),
      ...extra(v),
    });

/** Statements beside those of `SERVICES`. */
export const MORE: Readonly<Record<string, Write>> = {
  'kube/scaled': kube('I', (v) => `Scaled up replica set web-${v.hex(9)} to ${v.int(1, 30)}`),
  'kube/pulled': kube('I', (v) => `Successfully pulled image "shop/web:${v.hex(7)}" in ${v.duration()}`),
  'kube/backoff': kube('W', (v) => `Back-off restarting failed container in pod web-${podSuffix(v)}`),
  'kube/evicted': kube('W', (v) => `The node was low on resource: memory. Threshold quantity: ${v.int(1, 900)}Mi`),
  'kube/lease': kube('I', () => 'successfully renewed lease kube-system/controller'),
  'kube/quota': kube(
    'E',
    (v) => `exceeded quota: compute, requested: pods=${v.int(1, 9)}, used: pods=${v.int(10, 99)}`,
  ),
  'kafka/joined': kafka('INFO', (v) => `Successfully joined group with generation ${v.int(1, 900)}`),
  'kafka/reset': kafka(
    'INFO',
    (v) => `Resetting offset for partition orders-${v.int(0, 40)} to offset ${v.int(1, 99_999)}`,
  ),
  'kafka/revoked': kafka('INFO', (v) => `Revoke previously assigned partitions orders-${v.int(0, 40)}`),
  'kafka/lost': kafka(
    'WARN',
    (v) => `Connection to node ${v.int(1, 9)} could not be established. Broker may not be available.`,
  ),
  'kafka/commit': kafka(
    'ERROR',
    (v) =>
      `Offset commit failed on partition orders-${v.int(0, 40)} at offset ${v.int(1, 99_999)}: The coordinator is not available.`,
  ),
  'net/paid': serilog('Information', 'Order paid', (v) => ({ OrderId: v.int(1, 99_999), Amount: v.int(1, 900) })),
  'net/viewed': serilog('Information', 'Page rendered', (v) => ({
    Elapsed: v.int(1, 900),
    Path: `/p/${v.int(1, 9_999)}`,
  })),
  'net/cart': serilog('Information', 'Cart restored from cookie', (v) => ({ Items: v.int(1, 9), User: v.name() })),
  'net/slow': serilog('Warning', 'Slow call to warehouse', (v) => ({ Elapsed: v.int(1_000, 9_000) })),
  'net/stock': serilog('Error', 'Stock service answered with a conflict', (v) => ({ Sku: v.hex(10) })),
  'net/thread': serilog('Warning', 'Thread pool is starved', (v) => ({ Waiting: v.int(1, 900) })),
  'rails/started': (v) =>
    `I, [${v.iso()} #${v.int(1, 900)}]  INFO -- : [${v.uuid()}] Started GET "/carts/${v.int(1, 9_999)}" for ${v.ip()}`,
  'rails/completed': (v) =>
    `I, [${v.iso()} #${v.int(1, 900)}]  INFO -- : [${v.uuid()}] Completed 200 OK in ${v.int(1, 900)}ms (Views: ${v.float()}ms)`,
  'rails/csrf': (v) =>
    `W, [${v.iso()} #${v.int(1, 900)}]  WARN -- : [${v.uuid()}] Can't verify CSRF token authenticity.`,
  'rails/routing': (v) =>
    `F, [${v.iso()} #${v.int(1, 900)}] FATAL -- : [${v.uuid()}] ActionController::RoutingError (No route matches [GET] "/wp-${v.name()}.php")`,
};
