import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { TOOLS } from '../../../mcp/registry.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
});
afterAll(async () => {
  await bench.close();
});

async function ask(name: string, args: object) {
  const result = await bench.run(name, args);
  if (result.isError !== true) TOOLS.find((tool) => tool.name === name)?.outputSchema.parse(result.structuredContent);
  return { text: bench.text(result), structured: result.structuredContent };
}

const asked = (operation: string) => bench.local.requests.of(operation).map(({ input }) => input);

describe('get_promql_label_values', () => {
  it('lists the metrics', async () => {
    const { structured } = await ask('get_promql_label_values', { label_name: '__name__' });
    expect(structured).toMatchObject({ values: expect.arrayContaining(['Duration', 'Invocations']) });
  });

  it('sends each selector by itself', async () => {
    const match = ['{"Duration", FunctionName=~"shop-(cart|checkout)"}', '{"Errors", FunctionName="a,b"}'];
    const { structured } = await ask('get_promql_label_values', { label_name: 'FunctionName', match });
    expect(structured).toMatchObject({ values: ['shop-cart', 'shop-checkout'] });
    const [input] = asked('GetLabels') as { form: string[][] }[];
    expect(input?.form.filter(([name]) => name === 'match[]')).toEqual(match.map((selector) => ['match[]', selector]));
  });

  it.each(['@aws.region', 'a/../../query?query=1#x', 'ü %2F\u0000', "(it's)*!", '__name__ '])(
    'keeps %j inside its part of the path',
    async (label) => {
      const { text } = await ask('get_promql_label_values', { label_name: label });
      expect(text).not.toMatch(/^Error/);
      const [input] = asked('GetLabels') as { path: string }[];
      expect(decodeURIComponent(input?.path.split('/')[4] ?? '')).toBe(label);
      expect(input?.path.split('/')).toHaveLength(6);
    },
  );

  it.each(['.', '..'])('refuses %j, which is a step in a path', async (label) => {
    expect((await ask('get_promql_label_values', { label_name: label })).text).toMatch(/is not a label → /);
    expect(bench.local.requests.all).toHaveLength(0);
  });

  it('explains an empty result', async () => {
    expect((await ask('get_promql_label_values', { label_name: 'nope' })).text).toMatch(
      /^No value of `nope` in this range\./,
    );
  });
});

describe('get_promql_labels', () => {
  it('lists labels with their scope', async () => {
    const { text, structured } = await ask('get_promql_labels', { match: ['{"Duration"}'] });
    expect(structured).toMatchObject({
      labels: expect.arrayContaining(['@aws.region', '@instrumentation.@name', 'FunctionName', '__name__']),
    });
    expect(text).toMatch(/^\d+ labels\./);
  });

  it('says when there are more', async () => {
    const { text, structured } = await ask('get_promql_labels', { max_items: 2 });
    expect(text).toMatch(/^More than 2 labels\./);
    expect(structured).not.toHaveProperty('total');
  });
});

describe('get_promql_series', () => {
  it('writes each series as a selector that finds it', async () => {
    const { structured } = await ask('get_promql_series', { match: ['{"Duration", FunctionName="shop-checkout"}'] });
    expect(structured).toMatchInlineSnapshot(`
      {
        "series": [
          "Duration{"@instrumentation.@name"="cloudwatch.aws/lambda", "@aws.account"="111122223333", "@aws.region"="us-east-1", FunctionName="shop-checkout"}",
        ],
        "shown": 1,
        "targets": [
          {
            "account": "default",
            "region": "us-east-1",
          },
        ],
        "total": 1,
      }
    `);
    const { text } = await ask('get_promql_series', { match: ['{"Duration", FunctionName="shop-checkout"}'] });
    const selector = text.split('\n').find((line) => line.startsWith('Duration{')) ?? '';
    expect((await ask('execute_promql_query', { query: selector })).text).toContain('of one series');
  });

  it('gives the reason when a selector names no metric', async () => {
    expect((await ask('get_promql_series', { match: ['{a="b"}'] })).text).toMatch(
      /^Error: CloudWatch refuses the query: .*metric name/,
    );
  });

  it('refuses to be asked for everything', async () => {
    expect((await ask('get_promql_series', {})).text).toMatch(/^Error: match: missing/);
    expect((await ask('get_promql_series', { match: [] })).text).toMatch(/^Error: match/);
  });
});
