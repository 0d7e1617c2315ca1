import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => bench.local.faults.clear());
afterAll(() => bench.close());

const CALLS = [
  ['execute_promql_query', { query: '{"nothing.of.this"}' }],
  ['execute_promql_range_query', { query: '{"nothing.of.this"}' }],
  ['get_promql_label_values', { label_name: 'nothing' }],
  ['get_promql_labels', { match: ['{"nothing.of.this"}'] }],
  ['get_promql_series', { match: ['{"nothing.of.this"}'] }],
] as const;

describe.each(CALLS)('%s without an answer', (name, args) => {
  const ask = async () => bench.text(await bench.run(name, args));

  it('says that metrics of AWS services are here', async () => {
    expect(await ask()).toContain('Hint: OTel enrichment is on for this account and region');
  });

  it('says that they are not, where enrichment is off', async () => {
    const fault = { kind: 'alterOutput', alter: () => ({ Status: 'Stopped' }) } as const;
    bench.local.faults.add({ operation: 'GetOTelEnrichment', fault });
    expect(await ask()).toContain(
      'Hint: OTel enrichment is off for this account and region, so no metric of an AWS service is here; get_metric_data reads them without it.',
    );
  });

  it('is as good an answer where it may not be asked', async () => {
    bench.local.faults.add({ operation: 'GetOTelEnrichment', fault: { kind: 'accessDenied' } });
    const text = await ask();
    expect(text).toContain('are here only where OTel enrichment is on');
    expect(text).not.toContain('Error');
  });
});
