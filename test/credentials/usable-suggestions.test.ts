/** No answer leads its caller to an account that does not let the caller in, whatever the tool. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { evaluateMetricDataQueries } from '../../local/cloudwatch/math/evaluate.ts';
import { SAMPLE_USERS } from '../../local/issuer/users.ts';
import { ACCOUNTS } from '../../local/scenario.ts';
import { createScenario } from '../../local/scenarios/create-scenario.ts';
import { callsOf } from '../registry/calls/all-calls.ts';
import { type CredentialBench, startCredentialBench, textOf } from '../support/credential-bench.ts';

const ALL = Object.keys(ACCOUNTS);
const PLACEHOLDER = /<(query_id|pointer)>/;
const widget = (accountId: string) => ({
  type: 'metric',
  properties: { metrics: [['AWS/Lambda', 'Errors', 'FunctionName', 'web']], region: 'us-east-1', accountId },
});
/** Two accounts in which there is nothing, and a third with a dashboard of all. */
const document = {
  format: 1,
  name: 'nothing',
  dashboards: Object.keys(ACCOUNTS).map((account) => ({
    account,
    DashboardName: 'everywhere',
    DashboardBody: { widgets: Object.values(ACCOUNTS).map(({ id }) => widget(id)) },
  })),
};

let bench: CredentialBench;
beforeAll(async () => {
  const scenario = createScenario(document, {
    source: 'nothing',
    anchorEpochMs: Math.floor(Date.now() / 60_000) * 60_000,
    evaluateQueries: evaluateMetricDataQueries,
  });
  bench = await startCredentialBench({ scenario });
});
afterAll(() => bench.close());

/** Accounts that an answer tells its caller to ask. */
function suggestedIn(text: string): string[] {
  const lists = [...text.matchAll(/accounts=(\[[^\]]*\])/g)].flatMap(([, json = '[]']) => JSON.parse(json) as string[]);
  const single = [...text.matchAll(/"account":"(\w+)"|another account \(([\w, ]+)\)|or account \(([\w, ]+)\)/g)];
  const named = single.flatMap(([, ...names]) => names.flatMap((name) => (name ?? '').split(', ')));
  return [...lists.flatMap((name) => (name === 'all' ? ALL : [name])), ...named.filter((name) => name !== '')];
}

const CALLS = TOOLS.flatMap(({ name }) => {
  const { minimal, empty = [] } = callsOf(name);
  const wide =
    'regions' in (TOOLS.find((tool) => tool.name === name)?.inputSchema.shape ?? {})
      ? [{ ...minimal, regions: ['all'] }]
      : [];
  return [minimal, ...empty.slice(0, 1), ...wide, ...(name === 'get_dashboard' ? [{ name: 'everywhere' }] : [])]
    .filter((args) => !PLACEHOLDER.test(JSON.stringify(args)))
    .map((args) => ({ name, args }));
});

describe.each(SAMPLE_USERS)('$subject, who may ask $accounts,', ({ subject, accounts }) => {
  it('is led nowhere else by any tool', async () => {
    const caller = await bench.caller(subject);
    const suggested = new Set<string>();
    for (const { name, args } of CALLS) {
      const text = textOf(await bench.run(caller, name, args));
      const found = suggestedIn(text);
      for (const one of found) suggested.add(one);
      expect([name, text, found.filter((one) => !accounts.some((own) => own === one))]).toEqual([name, text, []]);
    }
    // One with a single account has been there already.
    expect([...suggested].sort()).toEqual(accounts.length > 1 ? accounts.slice(1) : []);
  });
});
