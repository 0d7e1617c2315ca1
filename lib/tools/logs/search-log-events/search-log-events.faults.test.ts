import { afterEach, describe, expect, it } from 'vitest';
import { awsError } from '../../../../local/types.ts';
import { structuredOf } from '../../../../test/support/logs-bench.ts';
import { startToolBench, type ToolBench, type ToolBenchOptions } from '../../../../test/support/tool-bench.ts';

let bench: ToolBench;
afterEach(() => bench.close());

const GROUP = '/aws/lambda/shop-checkout';

async function start(options: ToolBenchOptions = {}): Promise<void> {
  bench = await startToolBench(options);
}
const ask = (args: object = {}) => bench.run('search_log_events', { log_group: GROUP, ...args });

interface Input {
  readonly nextToken?: string;
}

/** A search that never ends: each page is empty or has one event, and has a token. */
function endless(eventOf: (page: number) => object | undefined) {
  return {
    FilterLogEvents: ({ nextToken = '0' }: Input) => {
      const page = Number(nextToken.split('-')[0]);
      const event = eventOf(page);
      return { events: event === undefined ? [] : [event], nextToken: `${page + 1}-${'x'.repeat(600)}` };
    },
  };
}

const event = (epochMs: number, message = 'hit') => ({ timestamp: epochMs, message, logStreamName: 's', eventId: '1' });
const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('search_log_events at the time limit', () => {
  it('gives what it found, says how far it got, and goes on there', async () => {
    await start({ operations: { logs: endless((page) => (page === 0 ? event(NOW - 60_000) : undefined)) } });
    bench.endTimeAt('FilterLogEvents', 3);
    const first = await ask();
    const text = bench.text(first);
    expect(text).toMatch(
      /^1 event found in .* so far, the newest at 2026-03-01T11:59:00Z \(1m ago\); not everything is searched yet\./,
    );
    expect(text).toContain(
      'The time limit came first: searched completely: 2026-03-01T11:59:00Z – 2026-03-01T12:00:00Z; not completely: 2026-03-01T11:00:00Z – 2026-03-01T11:59:00Z.',
    );
    const { next_token, is_complete } = structuredOf(first);
    expect(is_complete).toBe(false);
    expect(text).toContain(
      `Showing 1 event; there may be more. For the next ones repeat the call with next_token="${next_token}"`,
    );
    const pages = bench.local.requests.of('FilterLogEvents').length;
    bench.endTimeAt('FilterLogEvents', 2);
    const second = await ask({ next_token });
    expect(bench.text(second)).toMatch(/^No further event found in .* so far; not everything is searched yet\./);
    expect(bench.text(second)).toContain('is not known; next_token goes on there.');
    // The second call goes on behind the pages of the first.
    const tokens = bench.local.requests.of('FilterLogEvents').map(({ input }) => (input as Input).nextToken);
    expect(Number(tokens[pages]?.split('-')[0])).toBeGreaterThanOrEqual(pages);
  });

  it('gives what it found when CloudWatch fails in the middle', async () => {
    await start({ operations: { logs: endless((page) => (page < 2 ? event(NOW - page * 1_000) : undefined)) } });
    bench.local.faults.add({
      operation: 'FilterLogEvents',
      fault: {
        kind: 'alterOutput',
        alter(output) {
          if (bench.local.requests.of('FilterLogEvents').length > 2)
            throw awsError('ServiceUnavailableException', 'no');
          return output;
        },
      },
    });
    const result = await ask();
    expect(result.isError).toBeUndefined();
    expect(bench.text(result)).toContain('Warning: Not everything could be searched: ');
    expect(structuredOf(result).events).toHaveLength(2);
    expect(structuredOf(result).next_token).toBeDefined();
  });
});

describe('search_log_events with much data', () => {
  it('stays within its budget whatever comes', async () => {
    await start({
      operations: {
        logs: {
          FilterLogEvents: () => ({
            events: Array.from({ length: 1_000 }, (_, index) => event(NOW - index, 'x'.repeat(1_000))),
          }),
        },
      },
      faults: [{ operation: 'FilterLogEvents', fault: { kind: 'hugeAnswer', padBytes: 10_000_000 } }],
    });
    const result = await ask({ max_items: 1_000 });
    expect(bench.text(result).length).toBeLessThanOrEqual(24_000);
    expect(JSON.stringify(result.structuredContent).length).toBeLessThan(100_000);
    expect(structuredOf(result).next_token).toBeDefined();
  });
});

describe('search_log_events with bad input', () => {
  it('gives the service’s reason for a bad pattern, cleaned, and the syntax', async () => {
    await start({
      operations: {
        logs: {
          FilterLogEvents: () => {
            throw awsError(
              'InvalidParameterException',
              'Invalid filter pattern \u001b[31m for arn:aws:logs:us-east-1:111122223333:x',
            );
          },
        },
      },
    });
    const text = bench.text(await ask({ filter_pattern: 'a:b' }));
    expect(text).toMatch(/^Error: CloudWatch refuses filter_pattern: Invalid filter pattern for \[arn\] → put a term/);
    expect(text).toContain('(invalid_input, ');
    expect(bench.text(await ask())).toContain(
      'execute_log_insights_query reads log groups that cannot be searched this way',
    );
  });

  it('says that a token of the service has expired', async () => {
    await start({ operations: { logs: endless(() => undefined) } });
    bench.endTimeAt('FilterLogEvents');
    const { next_token } = structuredOf(await ask());
    bench.local.faults.add({
      operation: 'FilterLogEvents',
      fault: {
        kind: 'alterOutput',
        alter: () => {
          throw awsError('InvalidParameterException', 'The specified nextToken is invalid.');
        },
      },
    });
    expect(bench.text(await ask({ next_token }))).toMatch(/^Error: CloudWatch does not know this next_token any more/);
  });

  it('searches backwards from 2024 on only, and says so', async () => {
    await start();
    expect(bench.text(await ask({ start_time: '2020-01-01', end_time: '2021-01-01' }))).toMatch(
      /^Error: .*newest first only from 2024-01-01T00:00:00Z on.* → pass newest_first=false\./,
    );
    expect(bench.text(await ask({ start_time: '2020-01-01', max_items: 1 }))).toContain(
      'Warning: Events before 2024-01-01T00:00:00Z were not searched',
    );
    expect((await ask({ start_time: '2020-01-01', newest_first: false, max_items: 1 })).isError).toBeUndefined();
  });

  it.each([
    [{ filter: 'x' }, /unknown argument "filter"/],
    [{ log_group: 'a b' }, /cannot be the name of a log group/],
    [{ log_group: 'arn:aws:s3:::bucket' }, /not one of a log group/],
    [{ filter_pattern: 'x'.repeat(1_025) }, /filter_pattern/],
    [{ start_time: 'now', end_time: '-1h' }, /is not before/],
    [{ start_time: '+1h' }, /lies in the future/],
    [{ max_items: 'many' }, /max_items/],
    [{ max_row_chars: -1 }, /max_row_chars/],
    [{ region: 'us-esat-1' }, /us-esat-1/],
    [{ next_token: 'nonsense' }, /next_token is not one that this tool gave/],
  ])('refuses %j and says why', async (args, expected) => {
    await start();
    const text = bench.text(await ask(args));
    expect(text).toMatch(expected);
    expect(text).toContain('(invalid_input, ');
    expect(bench.local.requests.of('FilterLogEvents')).toEqual([]);
  });

  it('refuses a token of other arguments', async () => {
    await start();
    const { next_token } = structuredOf(await ask({ max_items: 1 }));
    expect(bench.text(await ask({ filter_pattern: 'ERROR', next_token }))).toContain(
      'belongs to a call with other arguments',
    );
  });
});
