import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { MINUTE_MS } from '../time.ts';
import { compareLogs } from './compare-logs.ts';
import { readLogLine } from './log-sample.ts';
import { layerOf, roleOf } from './metric-role.ts';
import type { MetricShift } from './metric-shift.ts';
import { type Evidence, rankSuspects } from './rank-suspects.ts';

const ONSET = Date.UTC(2026, 4, 20, 14, 0);

function moved(
  namespace: string,
  resource: string,
  metricName: string,
  minute: number,
  before: number,
  after: number,
): MetricShift {
  return {
    metric: {
      namespace,
      metricName,
      dimensions: [{ name: 'Name', value: resource }],
      resource,
      role: roleOf(metricName),
      layer: layerOf({ namespace, dimensions: [] }),
      distance: 2,
    },
    statistic: 'Sum',
    shift: { index: 0, before, after, deviations: 40, direction: after > before ? 'up' : 'down' },
    atEpochMs: ONSET + minute * MINUTE_MS,
    periodMs: MINUTE_MS,
    isRegular: false,
    isSlow: false,
  };
}

const api = (minute: number) => moved('AWS/ApiGateway', 'shop-api', '5XXError', minute, 0, 60);
const front = (minute: number, metricName = 'Errors') => moved('AWS/Lambda', 'shop-front', metricName, minute, 1, 60);
const pricing = (minute: number) => moved('AWS/Lambda', 'shop-pricing', 'Errors', minute, 1, 60);

/** Errors that a function logs since the onset. */
const logs = (resource: string, message: string, more: object = {}) => {
  const lines = Array.from({ length: 30 }, (_, index) =>
    readLogLine(ONSET + index * 2_000, JSON.stringify({ level: 'ERROR', message, ...more })),
  );
  return { group: `/aws/lambda/${resource}`, resource, comparison: finish(compareLogs([], lines, 1, ONSET)) };
};

const first = (evidence: Partial<Evidence>): string | undefined =>
  finish(
    rankSuspects({
      onsetEpochMs: ONSET,
      shifts: [],
      logs: [],
      configChanges: [],
      isRecurring: false,
      own: [],
      resources: [],
      ...evidence,
    }),
  )[0]?.resource;

describe('rankSuspects', () => {
  it('puts a sum over resources behind the one of them that moved, and leaves a sum of which none did', () => {
    const { metric, ...shift } = moved('AWS/Lambda', 'AWS/Lambda', 'Errors', -2, 0, 90);
    const sum = { ...shift, metric: { ...metric, dimensions: [] } };
    const shifts = [sum, front(1, 'Duration')];
    const ranked = finish(
      rankSuspects({
        onsetEpochMs: ONSET,
        shifts,
        logs: [],
        configChanges: [],
        isRecurring: false,
        own: [],
        resources: [],
      }),
    );
    expect(ranked[0]).toMatchObject({ resource: 'shop-front', why: expect.stringContaining('changed first of all') });
    expect(ranked[1]).toMatchObject({ resource: 'AWS/Lambda', why: 'a sum, of which shop-front moved too' });
    expect(first({ shifts: [sum, api(1)] })).toBe('AWS/Lambda');
  });

  it('puts what moved first before what moved later', () => {
    const cache = moved('AWS/ElastiCache', 'shop-cache', 'CacheMisses', -1, 100, 900);
    const database = moved('AWS/RDS', 'shop-db', 'CPUUtilization', 0, 27, 90);
    expect(first({ shifts: [api(0), front(0, 'Duration'), database, cache] })).toBe('shop-cache');
  });

  it('puts what a caller’s errors name before the caller', () => {
    expect(
      first({
        shifts: [api(0), front(0), pricing(0)],
        logs: [logs('shop-front', 'pricing answered 502'), logs('shop-pricing', 'TypeError: x')],
      }),
    ).toBe('shop-pricing');
    // What is named and did not move is not the place.
    expect(
      first({ shifts: [api(0), front(0)], logs: [logs('shop-front', 'call of pricing was given up after 50 ms')] }),
    ).toBe('shop-front');
  });

  it('hears in errors what a metric counts', () => {
    const database = moved('AWS/RDS', 'shop-db', 'DatabaseConnections', 0, 30, 120);
    const shifts = [api(0), front(0), database];
    expect(first({ shifts, logs: [logs('shop-front', 'FATAL: remaining connection slots are reserved')] })).toBe(
      'shop-db',
    );
  });

  it('takes traffic at the door for the reason of traffic behind it, and a storm inside for none', () => {
    const count = moved('AWS/ApiGateway', 'shop-api', 'Count', 0, 300, 1_500);
    const invoked = moved('AWS/Lambda', 'shop-front', 'Invocations', 0, 300, 1_500);
    expect(first({ shifts: [invoked, count, front(0, 'Duration')] })).toBe('shop-api');
    const storm = moved('AWS/Lambda', 'shop-images', 'Invocations', -1, 10, 600);
    expect(first({ shifts: [front(0, 'Throttles'), storm] })).toBe('shop-images');
  });

  it('leaves what happens regularly, long before or long after behind', () => {
    const flapping = { ...moved('Shop/Jobs', 'warmup', 'Lag', -1, 20, 220), isRegular: true };
    expect(first({ shifts: [flapping, front(0)] })).toBe('shop-front');
    const stopped = moved('AWS/Lambda', 'shop-worker', 'Invocations', -13, 90, 0);
    const table = moved('AWS/DynamoDB', 'shop-table', 'ReadThrottleEvents', 0, 0, 90);
    expect(first({ shifts: [stopped, table, front(0), api(0)] })).toBe('shop-table');
    expect(first({ shifts: [front(0), moved('AWS/RDS', 'shop-db', 'CPUUtilization', 20, 20, 95)] })).toBe('shop-front');
  });

  it('gives weight to a change of configuration just before, and names fields', () => {
    const configChanges = [
      { atEpochMs: ONSET - MINUTE_MS, name: 'UpdateFunctionCode', text: '', resources: ['shop-pricing'] },
    ];
    expect(first({ shifts: [front(0), pricing(0)], configChanges })).toBe('shop-pricing');
    const [suspect] = finish(
      rankSuspects({
        onsetEpochMs: ONSET,
        shifts: [pricing(0)],
        logs: [logs('shop-pricing', 'TypeError: x')],
        configChanges,
        isRecurring: false,
        own: [],
        resources: [],
      }),
    );
    expect(suspect?.subject).toBe('shop-pricing Errors, "ERROR TypeError: x"');
    expect(suspect?.why).toContain('UpdateFunctionCode came just before');
  });

  it('names what was changed and what errors speak of, though its own metrics are well', () => {
    const configChanges = [
      { atEpochMs: ONSET - MINUTE_MS, name: 'UpdateFunctionCode', text: '', resources: ['shop-telemetry'] },
    ];
    const unknownField = [logs('shop-front', '422 from telemetry: unknown field "code"')];
    expect(first({ shifts: [front(0)], logs: unknownField, configChanges })).toBe('shop-telemetry');
    expect(first({ shifts: [front(0)], logs: [logs('shop-front', '422: unknown field')], configChanges })).toBe(
      'shop-front',
    );
    const old = configChanges.map((change) => ({ ...change, atEpochMs: ONSET - 16 * MINUTE_MS }));
    expect(first({ shifts: [front(0)], logs: unknownField, configChanges: old })).toBe('shop-front');
  });

  it('takes what nothing ties to the alarm for a coincidence when it is earlier, and says so', () => {
    const alien = moved('AWS/Lambda', 'searchHandler', 'Errors', -6, 1, 60);
    const own = ['shop-api'];
    const resources = ['shop-api', 'shop-front', 'searchHandler', 'searchIndex'];
    const whole = { onsetEpochMs: ONSET, logs: [], configChanges: [], isRecurring: false, own, resources };
    const suspects = finish(rankSuspects({ ...whole, shifts: [api(0), front(0), alien] }));
    expect(suspects.map(({ resource }) => resource)).toEqual(['shop-front', 'shop-api', 'searchHandler']);
    const alone = finish(rankSuspects({ ...whole, shifts: [alien] }));
    expect(alone).toMatchObject([{ resource: 'searchHandler', isTied: false }]);
    // In the same minute it may be what takes what others lack.
    const taker = moved('AWS/Lambda', 'backfill', 'Invocations', 0, 2, 900);
    expect(first({ shifts: [front(0, 'Throttles'), taker], own: ['shop-front'], resources })).toBe('backfill');
    // What logs speak of may lie farther back.
    const database = moved('AWS/RDS', 'main', 'DatabaseConnections', -9, 38, 200);
    const slots = [logs('shop-front', 'FATAL: remaining connection slots are reserved')];
    expect(first({ shifts: [front(0), database], own, resources, logs: slots })).toBe('main');
    expect(first({ shifts: [front(0), database], own, resources })).toBe('shop-front');
  });

  it('lets no bad thing begin with fewer errors, with less load on a processor, or with what is over', () => {
    const calmer = moved('AWS/EC2', 'i-1', 'CPUUtilization', -2, 80, 4);
    const fewer = moved('AWS/Lambda', 'shop-pdf', 'Errors', -1, 40, 0);
    const over = { ...moved('AWS/Lambda', 'shop-sms', 'Errors', -6, 1, 60), endedEpochMs: ONSET - MINUTE_MS };
    expect(first({ shifts: [calmer, fewer, over, front(0)] })).toBe('shop-front');
    const space = moved('AWS/RDS', 'shop-db', 'FreeStorageSpace', -1, 80e9, 1e9);
    expect(first({ shifts: [space, front(0)] })).toBe('shop-db');
  });

  it('names at most five, and none where nothing moved', () => {
    const many = Array.from({ length: 40 }, (_, index) => moved('AWS/Lambda', `f-${index}`, 'Errors', 0, 1, 60));
    const suspects = finish(
      rankSuspects({
        onsetEpochMs: ONSET,
        shifts: many,
        logs: [],
        configChanges: [],
        isRecurring: false,
        own: [],
        resources: [],
      }),
    );
    expect(suspects).toHaveLength(5);
    expect(suspects.every(({ score }) => score > 0 && score <= 1)).toBe(true);
    expect(first({})).toBeUndefined();
  });
});

describe('the steps of what is ranked', () => {
  /** As many as an investigation looks at, by names of the length that AWS takes. */
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      moved('AWS/Lambda', `shop-${index}-${'ab-'.repeat(50)}`, 'Errors', -1, 1, 60),
    );

  it('are as many as what there is, however much of each there is at once', () => {
    const shifts = many(200);
    const texts = Array.from(
      { length: 600 },
      (_, index) => `shop-${index} refused by pattern ${'abcdefghij'[index % 10]}`,
    );
    const lines = texts.map((text, index) =>
      readLogLine(
        ONSET + index,
        `ERROR ${text.replace(/\d+/, (n) =>
          Array.from(n)
            .map((d) => 'qrstuvwxyz'[Number(d)])
            .join(''),
        )}`,
      ),
    );
    const comparison = finish(compareLogs([], lines, 1, ONSET));
    expect(comparison).toMatchObject({ patterns: { length: 500 }, patternsLeft: 100 });
    const configChanges = Array.from({ length: 300 }, (_, index) => ({
      atEpochMs: ONSET - MINUTE_MS,
      name: 'Update',
      text: `deploy ${index}`,
      resources: index % 2 === 0 ? [] : [`resource-${index}`],
    }));
    const whole: Evidence = {
      onsetEpochMs: ONSET,
      shifts,
      logs: [{ group: 'g', resource: shifts[0]?.metric.resource ?? '', comparison }],
      configChanges,
      isRecurring: false,
      own: [api(0).metric.resource],
      resources: shifts.map(({ metric }) => metric.resource),
    };
    // Each pattern, each candidate alone and as one that the log may speak of and that was changed, each change.
    expect([...rankSuspects(whole)]).toHaveLength(500 + 200 + 199 + 200 + 300);
    expect(finish(rankSuspects(whole))).toHaveLength(5);
  });
});
