/** An account is part of a metric's identity: every tool that names a metric of a linked account says whose it is, and leads on there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { LEDGER } from '../../local/incidents/linked-accounts.ts';
import { ACCOUNTS } from '../../local/scenario.ts';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../support/tool-bench.ts';

const OWNER = ACCOUNTS.data.id;
const LOG_GROUP = '/aws/lambda/checkout';
const METRIC = {
  namespace: 'AWS/Lambda',
  metric_name: 'Errors',
  dimensions: [{ name: 'FunctionName', value: 'checkout' }],
};
/** By the name of an argument: what leads to the metric of the linked account. */
const ARGUMENTS: Readonly<Record<string, unknown>> = {
  ...METRIC,
  statistic: 'Sum',
  account_id: OWNER,
  include_linked_accounts: true,
  alarm_name: 'data-checkout-errors',
  names: ['data-checkout-errors'],
  name: 'all-accounts',
};
/** Arguments that name a metric, or what names one: tools with one of them are walked, so is a new one. */
const NAMING = ['metric_name', 'alarm_name', 'names', 'name'];
/** They name metrics without being told which. */
const WHOLE_ACCOUNT = new Set(['get_active_alarms', 'what_changed']);
/** Name no metric of an account, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  get_metric_metadata: 'the catalogue of what AWS publishes, whatever the account',
};

const schemaOf = ({ inputSchema }: (typeof TOOLS)[number]) => Object.keys(z.object(inputSchema.shape).shape);
const WALKED = TOOLS.filter(
  (tool) =>
    OTHERS[tool.name] === undefined &&
    (WHOLE_ACCOUNT.has(tool.name) || schemaOf(tool).some((name) => NAMING.includes(name))),
);

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench({ scenario: await loadScenario('linked-accounts', BENCH_NOW_EPOCH_MS) });
});
afterAll(() => bench.close());

interface Call {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Ready to run: a name of a tool and its arguments as JSON, on one line. */
function readyCalls(text: string): Call[] {
  const names = TOOLS.map(({ name }) => name).join('|');
  return [...text.matchAll(new RegExp(`^ *(${names}) (\\{.*\\})$`, 'gm'))].map(([, tool = '', json = '']) => ({
    tool,
    args: JSON.parse(json) as Call['args'],
  }));
}

const withoutLinks = (text: string): string => text.replaceAll(/\]\(https:[^)]*\)/g, ']');

describe('a metric of a linked account', () => {
  it.each(WALKED)('has its account in text, JSON, links and ready calls of $name', async (tool) => {
    const known = schemaOf(tool).filter((name) => ARGUMENTS[name] !== undefined);
    const args = Object.fromEntries(known.map((name) => [name, ARGUMENTS[name]]));
    const result = await bench.run(tool.name, args);
    const text = bench.text(result);
    expect([text, result.isError]).toEqual([text, undefined]);
    expect(withoutLinks(text)).toContain(OWNER);
    expect(JSON.stringify(result.structuredContent)).toContain(OWNER);
    const graphs = [...text.matchAll(/\]\((https:[^)]*metricsV2\?graph=[^)]*)\)/g)].map(([, url = '']) => url);
    for (const url of graphs.filter((one) => one.includes('Errors'))) expect(url).toContain(`accountId~'${OWNER}`);
    for (const call of readyCalls(text)) {
      const said = JSON.stringify(call.args);
      if (!said.includes('"Errors"') && !said.includes(LOG_GROUP)) continue;
      expect(said).toContain(OWNER);
      expect(said).not.toContain(`"${LOG_GROUP}"`);
      expect([call, (await bench.run(call.tool, call.args)).isError]).toEqual([call, undefined]);
    }
  });

  it.each(TOOLS.filter((tool) => schemaOf(tool).includes('metric_name')))('may be named to $name', (tool) => {
    const owning = schemaOf(tool).filter((name) => ['account_id', 'include_linked_accounts'].includes(name));
    expect(owning.length > 0).toBe(OTHERS[tool.name] === undefined);
  });

  it('stands in a row with equal names of other accounts, with the rights of the caller alone', async () => {
    const queries = [undefined, ACCOUNTS.dev.id, OWNER].map((account_id, index) => ({
      id: `m${index}`,
      account_id,
      metric_stat: { ...METRIC, statistic: 'Sum', period: 60 },
    }));
    interface Series {
      readonly account_id?: string;
      readonly max?: { readonly value: number };
    }
    const result = await bench.run('get_metric_data', { queries });
    const { series } = result.structuredContent as { readonly series: readonly Series[] };
    expect(series.map(({ account_id }) => account_id)).toEqual([undefined, ACCOUNTS.dev.id, OWNER]);
    expect(new Set(series.map(({ max }) => max?.value)).size).toBe(3);
    expect(bench.text(result)).toContain(`\`Errors\` in account ${OWNER}`);
    const own = (await bench.run('get_metric_data', { ...METRIC, statistic: 'Sum' })).structuredContent;
    expect(JSON.stringify(own)).not.toContain('account_id":"3');
  });

  it.each(['get_metric_data', 'get_metric_chart', 'analyze_metric', 'get_recommended_metric_alarms'])(
    'is found by %s where the account that was asked has none',
    async (tool) => {
      const [[name, value] = ['', '']] = Object.entries(LEDGER.dimensions);
      const args = { namespace: LEDGER.namespace, metric_name: LEDGER.metricName, dimensions: [{ name, value }] };
      const text = bench.text(await bench.run(tool, args));
      expect(text).toContain(`Hint: The linked account ${OWNER} has it: pass account_id=${OWNER}.`);
      expect(bench.text(await bench.run(tool, { ...args, account_id: OWNER }))).not.toContain('No datapoints');
    },
  );

  it('is not mixed up with what the alarms of the account itself watch', async () => {
    const chart = bench.text(await bench.run('get_metric_chart', { ...METRIC, statistic: 'Sum', period: 60 }));
    expect(chart).not.toContain('data-checkout-errors');
    const both = bench.text(await bench.run('describe_alarms', { names: ['sources-checkout-errors'] }));
    expect(both).toContain(`in account ${ACCOUNTS.dev.id}; m2 = `);
    const own = bench.text(await bench.run('get_alarm_history', { alarm_name: 'orders-age' }));
    expect(own).not.toMatch(/account(_id|_identifiers)?":/);
    const page = bench.text(await bench.run('investigate_alarm', { alarm_name: 'data-checkout-errors' }));
    expect(page).toContain('ledger refused the order');
    expect(page).toContain(`Look first at \`checkout (${OWNER})\``);
  });

  it('is refused for an id that is none', async () => {
    const text = bench.text(await bench.run('get_metric_data', { ...METRIC, account_id: '12' }));
    expect(text).toContain('account_id: must have 12 digits');
  });
});
