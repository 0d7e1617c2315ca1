import type { FilteredLogEvent, FilterLogEventsResponse, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, LOG_GROUPS } from '../scenario.ts';
import { LogsClient, TEST_NOW_EPOCH_MS as NOW } from './operations-fixture.ts';

const HOUR_MS = 3_600_000;
const client = new LogsClient();
const LAST_MINUTES = { logGroupName: LOG_GROUPS.checkout, startTime: NOW - 5 * 60_000, endTime: NOW };
const LAST_HOUR = { logGroupName: LOG_GROUPS.checkout, startTime: NOW - HOUR_MS, endTime: NOW };

async function readAll(input: object): Promise<{ readonly events: FilteredLogEvent[]; readonly pageSizes: number[] }> {
  const events: FilteredLogEvent[] = [];
  const pageSizes: number[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.call<FilterLogEventsResponse>('FilterLogEvents', { ...input, nextToken });
    events.push(...(page.events ?? []));
    pageSizes.push(page.events?.length ?? 0);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return { events, pageSizes };
}

describe('FilterLogEvents', () => {
  it('gives the events of a range, oldest first, inside its bounds', async () => {
    const { events } = await readAll(LAST_HOUR);
    const times = events.map(({ timestamp }) => timestamp ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(NOW - HOUR_MS);
    expect(times.at(-1)).toBeLessThanOrEqual(NOW);
  });

  it.each([true, false])('gives the same events in pages as in one (startFromHead %s)', async (startFromHead) => {
    const whole = await readAll({ ...LAST_MINUTES, startFromHead });
    const paged = await readAll({ ...LAST_MINUTES, startFromHead, limit: 37 });
    expect(whole.pageSizes).toHaveLength(1);
    expect(paged.pageSizes.length).toBeGreaterThan(5);
    expect(paged.events).toEqual(whole.events);
  });

  it('turns the order round when it does not start from the head', async () => {
    const { events: forward } = await readAll({ ...LAST_HOUR, filterPattern: 'ERROR' });
    const { events: backward } = await readAll({ ...LAST_HOUR, filterPattern: 'ERROR', startFromHead: false });
    expect(forward.length).toBeGreaterThan(3);
    expect(backward.map(({ eventId }) => eventId)).toEqual(forward.map(({ eventId }) => eventId).toReversed());
  });

  it('does not move when time goes on between two pages', async () => {
    const late = new LogsClient();
    const input = { ...LAST_HOUR, endTime: NOW + HOUR_MS, startFromHead: false, limit: 10 };
    const first = await late.call<FilterLogEventsResponse>('FilterLogEvents', input);
    const expected = await late.call<FilterLogEventsResponse>('FilterLogEvents', {
      ...input,
      nextToken: first.nextToken,
    });
    late.nowEpochMs += 20_000;
    const second = await late.call<FilterLogEventsResponse>('FilterLogEvents', {
      ...input,
      nextToken: first.nextToken,
    });
    expect(second).toEqual(expected);
  });

  it('may answer an empty page with a token when it had much to look at', async () => {
    const { events, pageSizes } = await readAll({
      ...LAST_HOUR,
      startTime: NOW - 2 * HOUR_MS,
      filterPattern: '"Task timed out"',
    });
    expect(pageSizes.length).toBeGreaterThan(1);
    expect(pageSizes[0]).toBe(0);
    expect(events.length).toBeGreaterThan(0);
  });

  it('ends a page at 1 MB', async () => {
    const { pageSizes } = await readAll({ logGroupName: LOG_GROUPS.hostile, startTime: NOW - 12 * HOUR_MS });
    expect(pageSizes.length).toBeGreaterThan(1);
  });

  it('takes streams by name or prefix', async () => {
    const { events } = await readAll(LAST_MINUTES);
    const stream = events[0]?.logStreamName ?? '';
    const named = await readAll({ ...LAST_MINUTES, logStreamNames: [stream] });
    expect(named.events).toEqual(events.filter(({ logStreamName }) => logStreamName === stream));
    expect((await readAll({ ...LAST_MINUTES, logStreamNamePrefix: '1999' })).events).toEqual([]);
  });

  it.each([
    [{ logGroupName: 'nope' }, 'ResourceNotFoundException'],
    [{ limit: 10_001 }, 'InvalidParameterException'],
    [{ startTime: NOW, endTime: NOW - 1 }, 'InvalidParameterException'],
    [{ logStreamNames: ['a'], logStreamNamePrefix: 'b' }, 'InvalidParameterException'],
    [{ logStreamNames: [] }, 'InvalidParameterException'],
    [{ nextToken: 'x' }, 'InvalidParameterException'],
    [{ nextToken: Buffer.from('{}').toString('base64url') }, 'InvalidParameterException'],
    [{ startTime: 0, startFromHead: false }, 'InvalidParameterException'],
    [{ filterPattern: 'a:b' }, 'InvalidParameterException'],
    [
      { logGroupName: `arn:aws:logs:us-east-1:${ACCOUNTS.prod.id}:log-group:${LOG_GROUPS.cart}` },
      'InvalidParameterException',
    ],
  ])('refuses %o', async (input, name) => {
    expect((await client.refusal('FilterLogEvents', { ...LAST_HOUR, ...input })).name).toBe(name);
  });

  it('reads the group of a linked account by its ARN', async () => {
    const logGroupIdentifier = `arn:aws:logs:us-east-1:${ACCOUNTS.dev.id}:log-group:${LOG_GROUPS.checkout}`;
    const { events } = await readAll({ logGroupIdentifier, startTime: NOW - HOUR_MS });
    expect(events.length).toBeGreaterThan(0);
  });
});

describe('GetLogEvents', () => {
  it('walks a stream back and forth and stays at its end', async () => {
    const { events } = await readAll(LAST_MINUTES);
    const stream = { logGroupName: LOG_GROUPS.checkout, logStreamName: events.at(-1)?.logStreamName, limit: 5 };
    const latest = await client.call<GetLogEventsResponse>('GetLogEvents', stream);
    const before = await client.call<GetLogEventsResponse>('GetLogEvents', {
      ...stream,
      nextToken: latest.nextBackwardToken,
    });
    const again = await client.call<GetLogEventsResponse>('GetLogEvents', {
      ...stream,
      nextToken: before.nextForwardToken,
      startFromHead: true,
    });
    expect(latest.events).toHaveLength(5);
    expect(again.events).toEqual(latest.events);
    expect(before.events?.at(-1)?.timestamp).toBeLessThanOrEqual(latest.events?.[0]?.timestamp ?? 0);
    const end = await client.call<GetLogEventsResponse>('GetLogEvents', {
      ...stream,
      nextToken: latest.nextForwardToken,
      startFromHead: true,
    });
    expect(end).toEqual({
      events: [],
      nextForwardToken: latest.nextForwardToken,
      nextBackwardToken: expect.any(String),
    });
  });

  it('refuses an unknown stream and a strange token', async () => {
    const input = { logGroupName: LOG_GROUPS.database, logStreamName: 'nope' };
    expect((await client.refusal('GetLogEvents', input)).name).toBe('ResourceNotFoundException');
    const strange = { logGroupName: LOG_GROUPS.database, logStreamName: 'shop-orders-db', nextToken: 'x' };
    expect((await client.refusal('GetLogEvents', strange)).name).toBe('InvalidParameterException');
  });
});
