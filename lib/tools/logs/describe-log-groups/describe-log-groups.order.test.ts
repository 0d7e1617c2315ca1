import { afterEach, describe, expect, it } from 'vitest';
import { awsError, type Operations } from '../../../../local/types.ts';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import { fc } from '../../../../test/support/property.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { describeLogGroups } from './describe-log-groups.ts';

let bench: ToolBench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

interface Described {
  readonly logGroupName: string;
  readonly storedBytes?: number;
}

/** A service with these log groups, in the order of their names, in pages of 50. */
function serve(groups: readonly Described[], onPage?: (page: number) => void): Operations {
  const sorted = groups.toSorted((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  return {
    DescribeLogGroups: ({ nextToken = '0' }: { nextToken?: string }) => {
      const offset = Number(nextToken);
      onPage?.(offset / 50);
      const end = offset + 50;
      return { logGroups: sorted.slice(offset, end), ...(end < sorted.length && { nextToken: String(end) }) };
    },
    DescribeQueryDefinitions: () => ({ queryDefinitions: [] }),
  };
}

function makeGroups(count: number, bytesOf: (index: number) => number | undefined): Described[] {
  return Array.from({ length: count }, (_, index) => {
    const storedBytes = bytesOf(index);
    return { logGroupName: `/g/${String(index).padStart(5, '0')}`, ...(storedBytes !== undefined && { storedBytes }) };
  });
}

async function ask(args: Record<string, unknown>, options: LogsBenchOptions = {}) {
  bench ??= await startLogsBench(options);
  bench.local.requests.clear();
  const result = await bench.run('describe_log_groups', { include_saved_queries: false, ...args });
  if (result.isError !== true) describeLogGroups.outputSchema.strict().parse(result.structuredContent);
  const structured = structuredOf(result);
  const names: string[] = (structured.log_groups ?? []).map(({ name }: { name: string }) => name);
  const calls = bench.local.requests.of('DescribeLogGroups').length;
  return { result, text: bench.text(result), structured, names, calls };
}

const BY_SIZE = { order_by: 'size' };

describe('the total of describe_log_groups', () => {
  it('is counted beyond the page where that takes few calls', async () => {
    const logs = serve(makeGroups(312, () => 1_000));
    const { text, structured, calls } = await ask({}, { logs });
    expect(text).toMatch(/^The first 50 of 312 log groups: 50 kB stored, 50 never expire\.\n/);
    expect(text).toContain('Showing 50 of 312 log groups.');
    expect(text).toContain('order_by=size shows the largest first.');
    expect(structured.total).toBe(312);
    // 51 to list, the page of the last one again, and those behind.
    expect(calls).toBe(2 + 6);
  });

  it('is not told where that takes many', async () => {
    const { text, structured, calls } = await ask({}, { logs: serve(makeGroups(900, () => 1_000)) });
    expect(text).toMatch(/^The first 50 log groups: .*; there are more\./);
    expect(structured.total).toBeUndefined();
    expect(calls).toBeLessThanOrEqual(2 + 10);
  });

  it('is not told on a page that the service goes on from', async () => {
    const first = await ask({}, { logs: serve(makeGroups(120, () => 1)) });
    const second = await ask({ next_token: first.structured.next_token });
    expect(second.structured.total).toBeUndefined();
    expect(second.text).toMatch(/^The next 50 log groups: /);
  });

  it('is that of all regions', async () => {
    const { structured, text } = await ask({ regions: ['us-east-1', 'eu-west-1'], max_items: 3 });
    const alone = await Promise.all(
      ['us-east-1', 'eu-west-1'].map((region) => ask({ region, max_items: 500 }).then(({ names }) => names.length)),
    );
    expect(structured.total).toBe((alone[0] ?? 0) + (alone[1] ?? 0));
    expect(text).toContain(`The first 3 of ${structured.total} log groups`);
  });
});

describe('describe_log_groups by size', () => {
  it('gives the large ones of many in one call, and how much of all they are', async () => {
    const large = new Map([
      [777, 9e12],
      [3, 4e12],
      [1_200, 2e12],
    ]);
    const logs = serve(makeGroups(1_201, (index) => large.get(index) ?? 1e6));
    const { text, structured, names, calls } = await ask({ ...BY_SIZE, max_items: 3 }, { logs });
    expect(names).toEqual(['/g/00777', '/g/00003', '/g/01200']);
    expect(text).toMatch(/^The largest 3 of 1,?201 log groups: 15 TB stored of 15 TB \(100 %\), 3 never expire\.\n/);
    expect(structured).toMatchObject({ total: 1_201, compared: 1_201 });
    expect(calls).toBe(25);
  });

  it('keeps equal sizes in the order of names, also over pages', async () => {
    const logs = serve(makeGroups(130, (index) => index % 3));
    const whole = await ask({ ...BY_SIZE, max_items: 500 }, { logs });
    const expected = [2, 1, 0].flatMap((rest) =>
      makeGroups(130, () => 0)
        .map(({ logGroupName }) => logGroupName)
        .filter((_name, index) => index % 3 === rest),
    );
    expect(whole.names).toEqual(expected);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page = await ask({ ...BY_SIZE, max_items: 37, ...(next !== undefined && { next_token: next }) });
      expect(page.structured.total).toBe(130);
      seen.push(...page.names);
      next = page.structured.next_token;
    } while (next !== undefined);
    expect(seen).toEqual(expected);
  });

  it('puts those that tell no size last, and says so', async () => {
    const logs = serve(makeGroups(5, (index) => (index % 2 === 0 ? undefined : index)));
    const { text, names } = await ask(BY_SIZE, { logs });
    expect(names).toEqual(['/g/00003', '/g/00001', '/g/00000', '/g/00002', '/g/00004']);
    expect(text).toContain('3 of the 5 log groups compared tell no size, and stand last.');
  });

  it('says what it covers where there are more than it compares', async () => {
    const logs = serve(makeGroups(2_101, (index) => index));
    const { text, structured, names, calls } = await ask({ ...BY_SIZE, max_items: 1 }, { logs });
    expect(names).toEqual(['/g/01999']);
    expect(text).toContain(
      'Warning: Only the first 2,000 log groups by name were compared: a larger one may stand behind them → log_group_name_prefix or log_group_name_pattern compares fewer.',
    );
    expect(text).toMatch(/^The largest 1 log group: .*; there are more\./);
    expect(structured).toMatchObject({ compared: 2_000 });
    expect(structured.total).toBeUndefined();
    expect(calls).toBe(41);
  });

  it('gives what it has where the service fails in the middle, or the time is over', async () => {
    const fail = (page: number) => {
      if (page === 3) throw awsError('ThrottlingException', 'slow down');
    };
    const broken = await ask(
      { ...BY_SIZE, max_items: 1 },
      {
        logs: serve(
          makeGroups(400, (index) => index),
          fail,
        ),
      },
    );
    expect(broken.names).toEqual(['/g/00149']);
    expect(broken.text).toContain('first 150 log groups by name were compared, since the list broke off (');
    await bench?.close();
    bench = await startLogsBench({ logs: serve(makeGroups(400, (index) => index)) });
    bench.endTimeAt('DescribeLogGroups', 2);
    const late = await ask({ ...BY_SIZE, max_items: 1 });
    expect(late.text).toContain('first 100 log groups by name were compared, since the time was over');
  });

  it('says that it may not list, and that there is nothing', async () => {
    const faults = [{ operation: 'DescribeLogGroups', fault: { kind: 'accessDenied' } }] as const;
    expect((await ask(BY_SIZE, { faults })).text).toMatch(/^Error: AWS denies logs:DescribeLogGroups/);
    await bench?.close();
    bench = await startLogsBench({ logs: serve([]) });
    expect((await ask(BY_SIZE)).text).toMatch(/^No log group\./);
  });

  it('knows sizes by a part of the name too, which the service leaves out there', async () => {
    const { structured, names } = await ask({ ...BY_SIZE, log_group_name_pattern: 'shop', max_items: 500 });
    const sizes: number[] = structured.log_groups.map((group: { stored_bytes: number }) => group.stored_bytes);
    expect(names.length).toBeGreaterThan(3);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes.every((size) => Number.isFinite(size))).toBe(true);
  });

  it('compares over regions, and names the one that was cut', async () => {
    const { structured } = await ask({ ...BY_SIZE, regions: ['us-east-1', 'eu-west-1'], max_items: 500 });
    const sizes: number[] = structured.log_groups.map((group: { stored_bytes: number }) => group.stored_bytes);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(new Set(structured.log_groups.map(({ region }: { region: string }) => region)).size).toBe(2);
  });

  it('sorts whatever sizes there are, each log group once', async () => {
    let served: readonly Described[] = [];
    bench = await startLogsBench({
      logs: { ...serve([]), DescribeLogGroups: (input, context) => serve(served).DescribeLogGroups?.(input, context) },
    });
    const sizes = fc.array(fc.option(fc.oneof(fc.constantFrom(0, 1, 2), fc.nat()), { nil: undefined }), {
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(sizes, async (bytes) => {
        served = makeGroups(bytes.length, (index) => bytes[index]);
        const { structured, names } = await ask({ ...BY_SIZE, max_items: 500 });
        const told: (number | undefined)[] = structured.log_groups.map(
          (group: { stored_bytes?: number }) => group.stored_bytes,
        );
        expect(told).toEqual(bytes.toSorted((a, b) => (b ?? -1) - (a ?? -1)));
        expect(new Set(names).size).toBe(bytes.length);
        const steps = names
          .slice(1)
          .map((name, index) => told[index] !== told[index + 1] || (names[index] ?? '') < name);
        expect(steps.every(Boolean)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});
