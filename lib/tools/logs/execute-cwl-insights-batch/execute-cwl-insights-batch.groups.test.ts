/** Which log groups are asked where, and what is left out. */
import { describe, expect, it } from 'vitest';
import { askBatch, EU, events, numbered } from '../../../../test/support/batch-bench.ts';
import { makeGroup } from '../../../../test/support/log-world.ts';
import { BENCH_NOW_EPOCH_MS } from '../../../../test/support/tool-bench.ts';

describe('the log groups of a batch', () => {
  it.each([
    [1, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ])('asks %i log groups with %i queries', async (count, queries) => {
    const { sent, structured } = await askBatch(numbered(count), { query_string: 'stats count(*) as n' });
    expect(sent).toHaveLength(queries);
    expect(sent.every(({ logGroupNames }) => (logGroupNames?.length ?? 0) <= 50)).toBe(true);
    expect(new Set(sent.flatMap(({ logGroupNames }) => logGroupNames)).size).toBe(count);
    expect(structured.rows).toEqual([[count]]);
  });

  it('asks each log group once, however often and in whatever form it is named', async () => {
    const groups = numbered(50);
    const names = groups.map(({ name }) => name);
    const arn = `arn:aws:logs:us-east-1:111122223333:log-group:${names[0]}`;
    const { sent, structured } = await askBatch(groups, {
      log_group_names: [...names, ...names, arn, `${arn}:*`],
      query_string: 'stats count(*) as n',
    });
    expect(sent).toHaveLength(1);
    expect(structured.rows).toEqual([[50]]);
  });

  it('asks ARNs as identifiers, and only in their own region', async () => {
    const arnOf = (region: string) => `arn:aws:logs:${region}:111122223333:log-group:app`;
    const groups = [makeGroup('app', events('{"n":1}')), makeGroup('app', events('{"n":2}'), EU)];
    const both = await askBatch(groups, { log_group_names: [arnOf('us-east-1'), arnOf('eu-west-1')], limit: 5 });
    expect(new Map(both.sent.map(({ region, logGroupIdentifiers }) => [region, logGroupIdentifiers]))).toEqual(
      new Map([
        ['us-east-1', [arnOf('us-east-1')]],
        ['eu-west-1', [arnOf('eu-west-1')]],
      ]),
    );
    expect(both.sent).toHaveLength(2);
    expect(both.structured.total).toBe(2);
    const one = await askBatch(groups, { log_group_names: [arnOf('eu-west-1')], regions: ['us-east-1', 'eu-west-1'] });
    expect(one.sent.map(({ region }) => region)).toEqual(['eu-west-1']);
    const none = await askBatch(groups, { log_group_names: [arnOf('eu-west-1')], region: 'us-east-1' });
    expect(none.text).toMatch(/^Error: An ARN names a log group of region eu-west-1, which the call leaves out → add/);
    expect(none.sent).toEqual([]);
  });

  it('asks an ARN of a linked account through the monitoring one', async () => {
    const linked = makeGroup('app', events('{"n":1}'), { account: '222233334444' });
    const arn = 'arn:aws:logs:us-east-1:222233334444:log-group:app';
    const { sent, structured } = await askBatch([linked], { log_group_names: [arn] });
    expect(sent[0]?.logGroupIdentifiers).toEqual([arn]);
    expect(structured.total).toBe(1);
  });

  it('names a log group that does not exist, and asks the others', async () => {
    const groups = numbered(3);
    const { text, structured } = await askBatch(groups, {
      log_group_names: ['app-000', 'app-001', 'ap-002'],
      query_string: 'stats count(*) as n',
    });
    expect(structured.rows).toEqual([[2]]);
    expect(text).toContain('Warning: Log group "ap-002" does not exist. Did you mean app-002');
    const none = await askBatch(groups, { log_group_names: ['ap-002'] });
    expect(none.text).toMatch(/^Error: Log group "ap-002" does not exist\. Did you mean app-002.*\(not_found,/);
    expect(none.sent).toEqual([]);
  });

  it('does not warn of a log group that another region has', async () => {
    const { text, structured } = await askBatch(
      [makeGroup('here', events('{"n":1}')), makeGroup('there', events('{"n":2}'), EU)],
      {
        regions: ['us-east-1', 'eu-west-1'],
      },
    );
    expect(structured).toMatchObject({ total: 2, columns: ['region', '@timestamp', 'n'] });
    expect(structured.warnings).toBeUndefined();
    expect(text).toContain('Not in default/eu-west-1: `here`.');
  });

  it('leaves out what cannot be queried, and says so', async () => {
    const [standard, delivery, infrequent, young] = [
      makeGroup('standard', events('a b')),
      makeGroup('delivery', events('a b'), { logGroupClass: 'DELIVERY' }),
      makeGroup('infrequent', events('a b'), { logGroupClass: 'INFREQUENT_ACCESS' }),
      makeGroup('young', [], { creationEpochMs: BENCH_NOW_EPOCH_MS - 60_000 }),
    ];
    const groups = [standard, delivery, infrequent, young];
    const counted = await askBatch(groups, { query_string: 'stats count(*) as n' });
    expect(counted.structured.rows).toEqual([[2]]);
    expect(counted.structured.warnings).toEqual([
      'Left out, of class DELIVERY, which cannot be queried: `delivery` (default/us-east-1).',
    ]);
    const pattern = await askBatch(groups, { query_string: 'pattern @message', end_time: '-2m' });
    expect(pattern.text).toContain('of class INFREQUENT_ACCESS, which has no pattern: `infrequent`');
    expect(pattern.text).toContain('Left out, newer than end_time, or keeping nothing so old: `young`');
    const none = await askBatch([delivery], { query_string: 'stats count(*)' });
    expect(none.text).toMatch(/^Error: No log group is left to query: Left out, of class DELIVERY.*\(invalid_input,/);
    expect(none.sent).toEqual([]);
  });

  it('says when the time range begins before what is kept', async () => {
    const { text } = await askBatch([makeGroup('short', events('{"n":1}'), { retentionInDays: 3 })], {
      start_time: '-10d',
    });
    expect(text).toContain(
      'start_time lies before what 1 log group still keep (`short`, default/us-east-1; the shortest since 2026-02-26T12:00:00Z)',
    );
  });
});
