import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../../../local/scenario.ts';
import { loadScenario } from '../../../../local/scenarios/load-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench({ scenario: await loadScenario('linked-accounts', BENCH_NOW_EPOCH_MS) });
});
afterAll(() => bench.close());

const ERRORS = { namespace: 'AWS/Lambda', metric_name: 'Errors' };
const DIMENSIONS = [{ name: 'FunctionName', value: 'checkout' }];

interface Listed {
  readonly items: readonly { readonly account_id?: string }[];
}
interface Data {
  readonly series: readonly { readonly max?: { readonly value: number } }[];
}

describe('metrics of linked accounts', () => {
  it('are listed with their owners on request, and asked by account_id through the monitoring account', async () => {
    const own = (await bench.run('list_metrics', ERRORS)).structuredContent as Listed;
    expect(own.items.map((item) => item.account_id)).toEqual([undefined]);
    const all = (await bench.run('list_metrics', { ...ERRORS, include_linked_accounts: true }))
      .structuredContent as Listed;
    const owners = all.items.map((item) => item.account_id);
    expect(owners).toHaveLength(3);
    expect(new Set(owners)).toEqual(new Set([ACCOUNTS.prod.id, ACCOUNTS.dev.id, ACCOUNTS.data.id]));
    const ask = async (account_id: string | undefined): Promise<number> => {
      const args = { ...ERRORS, dimensions: DIMENSIONS, statistic: 'Sum', period: 60, account_id };
      const { series } = (await bench.run('get_metric_data', args)).structuredContent as Data;
      return series[0]?.max?.value ?? 0;
    };
    expect(await ask(ACCOUNTS.data.id)).toBeGreaterThan(50);
    expect(await ask(undefined)).toBeLessThan(10);
    const several = owners.map((account_id, index) => ({
      id: `m${index}`,
      account_id,
      metric_stat: { ...ERRORS, dimensions: DIMENSIONS, statistic: 'Sum', period: 60 },
    }));
    const row = (await bench.run('get_metric_data', { queries: several })).structuredContent as Data;
    expect(new Set(row.series.map(({ max }) => max?.value)).size).toBe(3);
  });

  it('are refused for an id that is none', async () => {
    const text = bench.text(await bench.run('get_metric_data', { ...ERRORS, account_id: '12' }));
    expect(text).toContain('account_id: must have 12 digits');
  });
});
