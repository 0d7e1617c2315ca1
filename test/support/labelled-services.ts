/** The log statements of invented services: JSON, logfmt and text, access logs, stack traces of several lines. */
import type { Values } from './labelled-values.ts';

export type Write = (values: Values) => string;

const json =
  (level: string | number, message: string, extra: (v: Values) => object = () => ({})): Write =>
  (v) =>
    JSON.stringify({
      time: v.iso(),
      level,
      msg: message,
      pid: v.int(1, 999),
      hostname: `ip-10-0-${v.int(1, 9)}-${v.int(1, 254)}`,
      reqId: v.uuid(),
      ...extra(v),
    });

const spring =
  (level: string, logger: string, message: (v: Values) => string): Write =>
  (v) =>
    `${v.iso().replace('T', ' ').slice(0, 23)} ${level.padEnd(5)} ${v.int(1, 9)} --- [nio-8080-exec-${v.int(1, 40)}] ${logger} : ${message(v)}`;

const trace = (v: Values, ...frames: readonly string[]): string =>
  Array.from(
    { length: v.int(3, 9) },
    () => `\n\tat ${v.pick(frames)}(${v.pick(['Orders', 'Stock', 'Mail'])}.java:${v.int(10, 900)})`,
  ).join('');

const python =
  (level: string, message: (v: Values) => string): Write =>
  (v) =>
    `[${v.iso().slice(0, 19).replace('T', ' ')},${v.int(100, 999)}] ${level} in worker: ${message(v)}`;

const logfmt =
  (level: string, message: string, extra: (v: Values) => string): Write =>
  (v) =>
    `ts=${v.iso()} level=${level} caller=server.go:${v.int(20, 30)} msg="${message}" ${extra(v)}`;

const postgres =
  (level: string, message: (v: Values) => string): Write =>
  (v) =>
    `${v.iso().slice(0, 19).replace('T', ' ')} UTC:${v.ip()}(${v.int(30_000, 60_000)}):app@orders:[${v.int(100, 30_000)}]:${level}:  ${message(v)}`;

const nginx =
  (method: string, path: (v: Values) => string, status: number): Write =>
  (v) =>
    `${v.ip()} - - [${v.int(10, 28)}/Mar/2026:${v.clock().slice(0, 8)} +0000] "${method} ${path(v)} HTTP/1.1" ${status} ${v.int(100, 90_000)} "-" "curl/8.${v.int(1, 9)}.0" ${v.float()}`;

const pod =
  (stream: string, log: Write): Write =>
  (v) =>
    JSON.stringify({
      time: v.iso(),
      stream,
      _p: 'F',
      log: log(v),
      kubernetes: {
        pod_name: `front-${v.hex(9)}-${v.hex(5)}`,
        container_name: 'app',
        host: `ip-${v.int(1, 99)}.internal`,
      },
    });

const audit =
  (action: string): Write =>
  (v) =>
    JSON.stringify({
      at: v.iso(),
      actor: v.name(),
      action,
      target: `ord-${v.int(1, 999_999)}`,
      allowed: v.int(0, 9) > 0,
      region: v.city(),
    });

export const SERVICES: Readonly<Record<string, Readonly<Record<string, Write>>>> = {
  'node-json': {
    started: json(30, 'request started', (v) => ({
      method: v.pick(['GET', 'POST']),
      url: `/orders/${v.int(1, 9_999)}`,
    })),
    done: json(30, 'request completed', (v) => ({ ms: v.int(1, 900), user: v.name(), tags: [v.name()] })),
    slow: json(40, 'slow query', (v) => ({
      table: v.pick(['orders', 'items', 'users', 'carts']),
      ms: v.int(900, 9_000),
    })),
    refused: json(50, 'order failed', (v) => ({
      err: {
        name: 'DatabaseError',
        code: '53300',
        message: 'remaining connection slots are reserved',
        stack: `Error\n at x:${v.int(1, 99)}`,
      },
    })),
    declined: json(50, 'order failed', (v) => ({
      err: { name: 'PaymentError', code: 'DECLINED', message: `card of customer ${v.int(1, 9_999)} was declined` },
    })),
    cache: json(20, 'cache miss', (v) => ({ key: `user:${v.hex(16)}`, shard: v.int(0, 15) })),
    retry: (v) => json(40, `retry ${v.int(1, 5)} of job ${v.uuid()} in ${v.duration()}`)(v),
  },
  'java-spring': {
    placed: spring(
      'INFO',
      'c.e.shop.OrderService',
      (v) => `Order ${v.int(1, 99_999)} placed by ${v.name()} for ${v.float()} EUR`,
    ),
    shipped: spring(
      'INFO',
      'c.e.shop.OrderService',
      (v) => `Order ${v.int(1, 99_999)} shipped to ${v.city()} by ${v.pick(['dhl', 'ups'])}`,
    ),
    pool: spring(
      'WARN',
      'c.z.hikari.pool.HikariPool',
      (v) => `HikariPool-1 - Connection is not available, request timed out after ${v.int(30_000, 30_999)}ms.`,
    ),
    npe: spring(
      'ERROR',
      'o.a.c.c.C.[dispatcherServlet]',
      (v) =>
        `Servlet.service() threw exception\njava.lang.NullPointerException: Cannot invoke "Cart.total()"${trace(v, 'com.e.Cart.sum', 'com.e.Web.get', 'java.base/java.lang.Thread.run')}`,
    ),
    io: spring(
      'ERROR',
      'o.a.c.c.C.[dispatcherServlet]',
      (v) =>
        `Servlet.service() threw exception\njava.io.IOException: Broken pipe${trace(v, 'sun.nio.Socket.write', 'com.e.Web.get')}\nCaused by: java.net.SocketException: Connection reset by ${v.ip()}${trace(v, 'sun.nio.Socket.read')}`,
    ),
    gc: spring('DEBUG', 'c.e.shop.Metrics', (v) => `heap ${v.int(10, 99)}% used, gc took ${v.duration()}`),
    login: spring('INFO', 'c.e.shop.Login', (v) => `User ${v.name()} from ${v.city()} signed in`),
  },
  'python-worker': {
    picked: python('INFO', (v) => `picked task ${v.uuid()} from queue mails`),
    sent: python('INFO', (v) => `sent mail to ${v.name()}.${v.int(1, 99)}@example.com in ${v.float()} seconds`),
    skipped: python('WARNING', (v) => `template '${v.name()}' is unknown, skipped`),
    key: python(
      'ERROR',
      (v) =>
        `task ${v.uuid()} failed\nTraceback (most recent call last):\n  File "/app/worker.py", line ${v.int(1, 400)}, in run\n    send(mail)\nKeyError: 'address'`,
    ),
    http: python(
      'ERROR',
      (v) =>
        `task ${v.uuid()} failed\nTraceback (most recent call last):\n  File "/usr/lib/python3.12/site-packages/requests/api.py", line ${v.int(1, 99)}, in get\nrequests.exceptions.ConnectionError: HTTPSConnectionPool(host='mail.example.com', port=443): Max retries exceeded`,
    ),
    beat: python('DEBUG', (v) => `heartbeat, ${v.int(0, 900)} tasks waiting, load ${v.float()}`),
  },
  'go-logfmt': {
    served: logfmt(
      'info',
      'request served',
      (v) => `method=${v.pick(['GET', 'POST'])} path=/api/v1/items/${v.int(1, 9_999)} status=200 took=${v.duration()}`,
    ),
    failed: logfmt(
      'error',
      'request served',
      (v) => `method=GET path=/api/v1/items/${v.int(1, 9_999)} status=503 took=${v.duration()}`,
    ),
    evicted: logfmt('info', 'entry evicted', (v) => `key=${v.name()} size=${v.int(1, 9_000)}`),
    dial: logfmt(
      'error',
      'cannot reach database',
      (v) => `err="dial tcp ${v.ip()}:5432: connect: connection refused" attempt=${v.int(1, 9)}`,
    ),
    deadline: logfmt('error', 'cannot reach database', (v) => `err="context deadline exceeded" attempt=${v.int(1, 9)}`),
    leader: logfmt('warn', 'lost leadership', (v) => `holder=node-${v.int(1, 30)} term=${v.int(1, 900)}`),
  },
  postgres: {
    authorized: postgres('LOG', () => 'connection authorized: user=app database=orders SSL enabled'),
    closed: postgres(
      'LOG',
      (v) => `disconnection: session time: 0:00:${v.int(10, 59)}.${v.int(100, 999)} user=app database=orders`,
    ),
    slow: postgres('LOG', (v) => `duration: ${v.float()} ms  execute <unnamed>: SELECT * FROM orders WHERE id = $1`),
    slots: postgres('FATAL', () => 'remaining connection slots are reserved for roles with the SUPERUSER attribute'),
    deadlock: postgres(
      'ERROR',
      (v) =>
        `deadlock detected on relation ${v.int(10_000, 99_999)}\nDETAIL:  Process ${v.int(1, 9_999)} waits for ShareLock`,
    ),
    duplicate: postgres('ERROR', () => 'duplicate key value violates unique constraint "orders_pkey"'),
    checkpoint: (v) =>
      `${v.iso().slice(0, 19).replace('T', ' ')} UTC::@:[${v.int(100, 999)}]:LOG:  checkpoint complete: wrote ${v.int(1, 900)} buffers (${v.float()}%); write=${v.float()} s`,
  },
  nginx: {
    home: nginx('GET', () => '/', 200),
    product: nginx('GET', (v) => `/products/${v.int(1, 99_999)}`, 200),
    missing: nginx('GET', (v) => `/products/${v.int(1, 99_999)}`, 404),
    checkout: nginx('POST', () => '/checkout', 201),
    broken: nginx('POST', () => '/checkout', 502),
    health: nginx('GET', () => '/healthz', 204),
    upstream: (v) =>
      `2026/03/01 ${v.clock().slice(0, 8)} [error] ${v.int(10, 99)}#${v.int(10, 99)}: *${v.int(1, 99_999)} upstream timed out (110: Connection timed out) while reading response header from upstream, client: ${v.ip()}, server: shop.example.com`,
  },
  lambda: {
    start: (v) => `START RequestId: ${v.uuid()} Version: $LATEST`,
    end: (v) => `END RequestId: ${v.uuid()}`,
    report: (v) =>
      `REPORT RequestId: ${v.uuid()}\tDuration: ${v.float()} ms\tBilled Duration: ${v.int(1, 900)} ms\tMemory Size: 512 MB\tMax Memory Used: ${v.int(80, 200)} MB\t`,
    timeout: (v) => `${v.iso()} ${v.uuid()} Task timed out after ${v.int(3, 15)}.00 seconds`,
    invoke: (v) =>
      `${v.iso()}\t${v.uuid()}\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'TypeError', errorMessage: "Cannot read properties of undefined (reading 'id')", stack: [`TypeError: x`, `at f (/var/task/i.js:${v.int(1, 99)})`] })}`,
    import: (v) =>
      `${v.iso()}\tundefined\tERROR\tUncaught Exception \t${JSON.stringify({ errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'index'", stack: [`x:${v.int(1, 9)}`] })}`,
    search: (v) => `${v.iso()}\t${v.uuid()}\tINFO\tsearch for "${v.name()}" gave ${v.int(0, 90)} hits`,
    xray: (v) => `XRAY TraceId: 1-${v.hex(8)}-${v.hex(24)}\tSegmentId: ${v.hex(16)}\tSampled: true`,
  },
  kubernetes: {
    served: pod(
      'stdout',
      logfmt('info', 'request served', (v) => `path=/${v.name()} status=200 took=${v.int(1, 90)}ms`),
    ),
    full: pod(
      'stderr',
      (v) =>
        `E0301 ${v.clock()} ${v.int(1, 9)} disk.go:${v.int(10, 99)}] volume pvc-${v.uuid()} is full (${v.int(90, 100)}%)`,
    ),
    oom: pod(
      'stderr',
      (v) => `Out of memory: Killed process ${v.int(100, 9_999)} (node) total-vm:${v.int(1_000, 99_999)}kB`,
    ),
    probe: pod('stdout', (v) => `readiness probe of ${v.ip()}:8080 succeeded in ${v.duration()}`),
    mounted: pod('stdout', (v) => `\u001b[32mINFO\u001b[0m mounted /data/${v.hex(12)} read-only`),
  },
  syslog: {
    accepted: (v) =>
      `Mar  ${v.int(1, 9)} ${v.clock().slice(0, 8)} bastion sshd[${v.int(100, 9_999)}]: Accepted publickey for ${v.name()} from ${v.ip()} port ${v.int(1_024, 65_000)} ssh2: ED25519 SHA256:${v.hex(40)}`,
    invalid: (v) =>
      `Mar  ${v.int(1, 9)} ${v.clock().slice(0, 8)} bastion sshd[${v.int(100, 9_999)}]: Invalid user ${v.name()} from ${v.ip()} port ${v.int(1_024, 65_000)}`,
    session: (v) =>
      `Mar  ${v.int(1, 9)} ${v.clock().slice(0, 8)} bastion systemd-logind[${v.int(100, 999)}]: New session ${v.int(1, 900)} of user ${v.name()}.`,
    cron: (v) =>
      `Mar  ${v.int(1, 9)} ${v.clock().slice(0, 8)} bastion CRON[${v.int(100, 9_999)}]: (root) CMD (/usr/bin/backup --target ${v.city()})`,
    oom: (v) =>
      `Mar  ${v.int(1, 9)} ${v.clock().slice(0, 8)} bastion kernel: [${v.int(1, 9_999)}.${v.int(100_000, 999_999)}] oom-kill:constraint=CONSTRAINT_MEMCG,task=node,pid=${v.int(100, 9_999)}`,
    /** Two words that vary at once: the hardest case. */
    moved: (v) =>
      `Mar  ${v.int(1, 9)} ${v.clock().slice(0, 8)} bastion mover: parcel of ${v.name()} is on its way to ${v.city()} now`,
  },
  'json-audit': {
    viewed: audit('order.viewed'),
    refunded: audit('order.refunded'),
    price: audit('price.changed'),
    denied: (v) =>
      JSON.stringify({
        eventTime: v.iso(),
        eventName: 'AssumeRole',
        errorCode: 'AccessDenied',
        errorMessage: `User: arn:aws:sts::${v.int(100_000_000_000, 999_999_999_999)}:assumed-role/${v.name()} is not authorized`,
        sourceIPAddress: v.ip(),
      }),
    stored: (v) =>
      JSON.stringify({
        eventTime: v.iso(),
        eventName: 'PutObject',
        requestParameters: { key: `in/${v.hex(20)}.csv` },
        sourceIPAddress: v.ip(),
      }),
  },
};
