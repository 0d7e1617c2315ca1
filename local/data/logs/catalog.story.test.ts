import { describe, expect, it } from 'vitest';
import { LogsClient, TEST_NOW_EPOCH_MS as NOW } from '../../logs/operations-fixture.ts';
import { LOG_GROUPS, TIMELINE } from '../../scenario.ts';
import { createLogCatalog } from './catalog.ts';
import { HOSTILE_MESSAGES } from './hostile.ts';

const MINUTE_MS = 60_000;
const client = new LogsClient();
/** Begins before the deploy. */
const LAST_HOUR = { startTime: Math.floor(NOW / 1000) - 3_600 };

async function firstSeenAgoMs(logGroupName: string, condition: string): Promise<number> {
  const query = `filter ${condition} | stats toMillis(min(@timestamp)) as first`;
  const [row] = await client.rows(query, { logGroupName, ...LAST_HOUR });
  return NOW - Number(row?.first);
}

describe('the incident in the logs', () => {
  it('runs in the order of the scenario', async () => {
    const deploy = await firstSeenAgoMs(LOG_GROUPS.checkout, 'version = "2.14.0"');
    const refused = await firstSeenAgoMs(
      LOG_GROUPS.database,
      '@message like /remaining connection slots are reserved/',
    );
    const timeouts = await firstSeenAgoMs(LOG_GROUPS.checkout, '@message like /Task timed out after 15.00 seconds/');
    const gateway = await firstSeenAgoMs(LOG_GROUPS.apiAccess, 'status >= 500');
    expect(Math.abs(deploy - TIMELINE.deployAgoMs)).toBeLessThan(2 * MINUTE_MS);
    expect(refused).toBeLessThanOrEqual(TIMELINE.connectionsFillingAgoMs + MINUTE_MS);
    expect(timeouts).toBeLessThanOrEqual(TIMELINE.errorsAlarmAgoMs + MINUTE_MS);
    expect(timeouts).toBeGreaterThan(TIMELINE.errorsAlarmAgoMs - 10 * MINUTE_MS);
    expect(gateway).toBeLessThanOrEqual(TIMELINE.errorsAlarmAgoMs + MINUTE_MS);
    const queue = await firstSeenAgoMs(LOG_GROUPS.eks, 'log like "order put back"');
    expect(queue).toBeLessThanOrEqual(TIMELINE.queueAlarmAgoMs + MINUTE_MS);
    expect(timeouts).toBeGreaterThan(queue);
    expect(deploy).toBeGreaterThan(refused);
    expect(refused).toBeGreaterThan(timeouts);
  });

  it('is told by the latency of the two versions', async () => {
    const rows = await client.rows(
      'stats avg(dbQueryMs) as ms, avg(dbQueries) as queries by version | filter ispresent(ms) | sort version',
      { logGroupName: LOG_GROUPS.checkout, ...LAST_HOUR },
    );
    expect(rows.map((row) => row.version)).toEqual(['2.13.7', '2.14.0']);
    expect(Number(rows[1]?.ms)).toBeGreaterThan(10 * Number(rows[0]?.ms));
    expect(Number(rows[1]?.queries)).toBeGreaterThan(Number(rows[0]?.queries));
  });

  it('leaves the other services healthy: less than one request in a hundred fails', async () => {
    const [row] = await client.rows(
      'stats sum(@message like /"ERROR"|\\tERROR\\t/) as errors, sum(@message like /^REPORT/) as requests',
      {
        logGroupNames: [LOG_GROUPS.cart, LOG_GROUPS.payment, LOG_GROUPS.search],
        startTime: Math.floor(NOW / 1000) - 600,
      },
    );
    expect(Number(row?.requests)).toBeGreaterThan(1_000);
    expect(Number(row?.errors) / Number(row?.requests)).toBeLessThan(0.01);
  });

  it('shows masked data where a data protection policy is', async () => {
    const [row] = await client.rows('filter ispresent(card) | fields card | limit 1', {
      logGroupName: LOG_GROUPS.payment,
    });
    expect(row?.card).toMatch(/^\*+$/);
  });

  it('has events of several lines, and numbers in REPORT lines', async () => {
    const [trace] = await client.rows('filter @message like "IOException" | limit 1', {
      logGroupName: LOG_GROUPS.legacy,
      startTime: Math.floor(NOW / 1000) - 86_400,
    });
    expect(trace?.['@message']?.split('\n').length).toBeGreaterThan(3);
    const [report] = await client.rows(
      'filter @type = "REPORT" | stats max(@duration) as ms, max(@maxMemoryUsed) / 1000000 as mb',
      {
        logGroupName: LOG_GROUPS.checkout,
      },
    );
    expect(report?.ms).toBe('15000');
    expect(Number(report?.mb)).toBeGreaterThan(100);
  });
});

describe('the hostile group', () => {
  it('has every hostile text and a very long line within the hour', async () => {
    const rows = await client.rows('fields @message', {
      logGroupName: LOG_GROUPS.hostile,
      startTime: Math.floor(NOW / 1000) - 3_600,
    });
    const messages = rows.map((row) => row['@message'] ?? '');
    for (const message of HOSTILE_MESSAGES) {
      expect(messages).toContain(message);
    }
    expect(Math.max(...messages.map((message) => message.length))).toBeGreaterThan(190_000);
  });

  it('does not pollute anything through JSON keys', async () => {
    const rows = await client.rows('filter ispresent(polluted) or ispresent(toString) | stats count(*)', {
      logGroupName: LOG_GROUPS.hostile,
    });
    expect(rows).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('log data', () => {
  it('is the same for the same seed and time, and other for another seed', () => {
    const minute = Math.floor(NOW / MINUTE_MS) * MINUTE_MS - 10 * MINUTE_MS;
    const eventsOf = (seed: number): unknown =>
      createLogCatalog(seed, NOW).map((group) => group.eventsOfMinute(minute));
    expect(eventsOf(1)).toEqual(eventsOf(1));
    expect(eventsOf(1)).not.toEqual(eventsOf(2));
  });

  it('keeps each event in its minute, in order, in a stream that its group lists', () => {
    const minute = Math.floor(NOW / MINUTE_MS) * MINUTE_MS - 20 * MINUTE_MS;
    for (const group of createLogCatalog(3, NOW)) {
      const events = Array.from({ length: 20 }, (_, index) => minute + index * MINUTE_MS).flatMap(group.eventsOfMinute);
      const times = events.map(({ timestampEpochMs }) => timestampEpochMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      const streams = new Set(group.logStreams.map(({ name }) => name));
      expect(events.filter(({ logStream }) => !streams.has(logStream))).toEqual([]);
    }
  });

  it('has a tenth of its events after more than a day', async () => {
    const now = Math.floor(NOW / 1000);
    const count = async (agoSeconds: number): Promise<number> => {
      const range = { startTime: now - agoSeconds, endTime: now - agoSeconds + 3_599 };
      const query = 'SOURCE logGroups(accountIdentifiers: ["111122223333"]) | stats count(*) as n';
      return Number((await client.rows(query, range))[0]?.n);
    };
    const [dayBefore, weekBefore] = [await count(25 * 3_600), await count(7 * 86_400 + 3_600)];
    expect(dayBefore / weekBefore).toBeGreaterThan(8);
    expect(dayBefore / weekBefore).toBeLessThan(12);
  });
});
