import { hashText, noiseAt } from '../data/noise.ts';
import type { Course, Effects } from './effects.ts';
import type { Estate } from './estate.ts';
import { nameMetrics } from './names.ts';
import { createSeason, type SeriesWriter } from './series.ts';

export const MAX_CONNECTIONS = 120;
const none: Course = () => 0;
const one: Course = () => 1;

/** Usual median duration of each function in ms, and its time-out. */
export const DURATIONS = { front: 140, pricing: 80, worker: 220, helper: 60 } as const;
const TIMEOUT_MS = 10_000;
/** Share of invocations that fail on an ordinary day. */
const USUAL_FAILURES = 0.002;

/** Everything that the estate publishes, with the effects of its incident. */
export function writeMetrics(series: SeriesWriter, estate: Estate, effects: Effects, seed: number): void {
  const names = nameMetrics(estate);
  const season = createSeason(Math.floor(noiseAt(hashText('season', seed), 0) * 1_440));
  const customers: Course = (minute) => estate.traffic * season(minute) * (effects.traffic ?? one)(minute);
  const failuresOf = (name: string): Course => effects.failures?.[name] ?? none;
  const [front, pricing] = [failuresOf(estate.front), failuresOf(estate.pricing)];

  series.count(names.api('Count'), customers);
  series.count(names.api('4XXError'), (minute) => customers(minute) * 0.02);
  series.count(names.api('5XXError'), (minute) => customers(minute) * (front(minute) + USUAL_FAILURES / 2));
  series.gauge(
    names.api('Latency', 'Milliseconds'),
    (minute) => 40 + 160 * slowdownOf(effects, estate.front)(minute),
    0.08,
  );

  writeFunction(series, estate.front, customers, DURATIONS.front, effects, names.lambda(estate.front));
  writeFunction(series, estate.pricing, customers, DURATIONS.pricing, effects, names.lambda(estate.pricing));
  const orders: Course = (minute) => customers(minute) * 0.3 * (1 - 0.8 * Math.max(front(minute), pricing(minute)));
  const consumed = effects.consumed ?? one;
  writeFunction(
    series,
    estate.worker,
    (minute) => orders(minute) * consumed(minute),
    DURATIONS.worker,
    effects,
    names.lambda(estate.worker),
  );
  for (const [index, helper] of estate.helpers.entries()) {
    const load: Course = (minute) => (8 + 6 * index) * season(minute) * (effects.extraLoad?.[helper] ?? one)(minute);
    writeFunction(series, helper, load, DURATIONS.helper, effects, names.lambda(helper));
  }
  writeQueue(series, names, orders, consumed);
  writeStores(series, names, effects, customers, estate);
  series.gauge(
    names.provider('ResponseTime', 'Milliseconds'),
    (minute) => 45 * (effects.provider ?? one)(minute),
    0.12,
  );
  series.gauge(names.worker('Heartbeat'), (minute) => ((effects.heartbeat ?? one)(minute) > 0 ? 1 : Number.NaN), 0);
}

function slowdownOf(effects: Effects, name: string): Course {
  return effects.slowdown?.[name] ?? one;
}

function writeFunction(
  series: SeriesWriter,
  functionName: string,
  load: Course,
  medianMs: number,
  effects: Effects,
  name: (metricName: string, unit?: string) => Parameters<SeriesWriter['count']>[0],
): void {
  const slowdown = slowdownOf(effects, functionName);
  const failures = effects.failures?.[functionName] ?? none;
  const throttles = effects.throttles?.[functionName] ?? none;
  const invocations = series.count(name('Invocations'), (minute) => load(minute) * (1 - throttles(minute)));
  series.count(name('Errors'), (minute) => load(minute) * (failures(minute) + USUAL_FAILURES));
  series.count(name('Throttles'), (minute) => load(minute) * throttles(minute));
  series.durations(name('Duration', 'Milliseconds'), invocations, (minute) => medianMs * slowdown(minute), TIMEOUT_MS);
  series.gauge(
    name('ConcurrentExecutions'),
    (minute) => Math.max(1, (load(minute) * medianMs * slowdown(minute)) / 60_000),
    0.1,
  );
}

function writeQueue(
  series: SeriesWriter,
  names: ReturnType<typeof nameMetrics>,
  orders: Course,
  consumed: Course,
): void {
  series.count(names.queue('NumberOfMessagesSent'), orders);
  series.count(names.queue('NumberOfMessagesDeleted'), (minute) => orders(minute) * consumed(minute));
  // What is not taken off waits: the age grows by a minute a minute, and all of it goes within a few when it is taken again.
  let waiting = 0;
  let age = 0;
  series.gauge(
    names.queue('ApproximateNumberOfMessagesVisible'),
    (minute) => {
      waiting = consumed(minute) < 0.9 ? waiting + orders(minute) * (1 - consumed(minute)) : waiting * 0.5;
      return 3 + waiting;
    },
    0.05,
  );
  series.gauge(
    names.queue('ApproximateAgeOfOldestMessage', 'Seconds'),
    (minute) => {
      age = consumed(minute) < 0.9 ? age + 60 : age * 0.5;
      return 2 + age;
    },
    0.1,
  );
}

function writeStores(
  series: SeriesWriter,
  names: ReturnType<typeof nameMetrics>,
  effects: Effects,
  customers: Course,
  estate: Estate,
): void {
  const { connections = none, databaseCpu = none, storageGone = none, memory = none, tableThrottles = none } = effects;
  const load: Course = (minute) => customers(minute) / estate.traffic;
  const usual: Course = (minute) => 26 + 8 * load(minute);
  series.gauge(
    names.database('DatabaseConnections'),
    (minute) => usual(minute) + (MAX_CONNECTIONS - usual(minute)) * connections(minute),
    0.05,
    [0, MAX_CONNECTIONS],
  );
  series.gauge(
    names.database('CPUUtilization', 'Percent'),
    (minute) => 18 + 9 * load(minute) + databaseCpu(minute),
    0.1,
    [0, 100],
  );
  series.gauge(
    names.database('FreeStorageSpace', 'Bytes'),
    (minute) => Math.max(0, 80 - storageGone(minute)) * 1e9,
    0.002,
  );
  series.gauge(names.database('ReadLatency', 'Seconds'), (minute) => 0.004 * (1 + databaseCpu(minute) / 20), 0.15);
  series.count(names.table('ConsumedReadCapacityUnits'), (minute) => customers(minute) * 2.2);
  series.count(names.table('ReadThrottleEvents'), tableThrottles);
  const lost = effects.cacheLost ?? none;
  series.count(names.cache('CacheHits'), (minute) => customers(minute) * 5 * (1 - lost(minute)));
  series.count(names.cache('CacheMisses'), (minute) => customers(minute) * (0.4 + 5 * lost(minute)));
  series.gauge(names.container('CPUUtilization', 'Percent'), (minute) => 22 + 12 * load(minute), 0.08, [0, 100]);
  series.gauge(names.container('MemoryUtilization', 'Percent'), (minute) => 46 + memory(minute), 0.01, [0, 100]);
}
