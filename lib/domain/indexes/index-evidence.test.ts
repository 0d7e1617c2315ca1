import { describe, expect, it } from 'vitest';
import { collectEvidence, type HistoryQuery, nameOfGroup, UNKNOWN_GROUP } from './index-evidence.ts';

function gather(queries: readonly (Partial<HistoryQuery> & { readonly query: string })[]) {
  const collector = collectEvidence();
  collector.add(queries.map((query) => ({ language: 'CWLI', createdEpochMs: 0, logGroup: 'g', ...query })));
  return collector.result();
}

describe('collectEvidence', () => {
  it('counts each query once a field, and remembers when it was asked last', () => {
    const fields = gather([
      { query: 'filter a = 1 | filter a = 2', createdEpochMs: 5, bytesScanned: 100 },
      { query: 'filter a = 3', createdEpochMs: 9 },
      { query: 'filter a > 3 or b = 1', createdEpochMs: 7 },
    ]).get('g')?.fields;
    expect(fields).toEqual([
      {
        field: 'a',
        queries: 2,
        scannedBytes: 100,
        measuredQueries: 1,
        lastUsedEpochMs: 9,
        others: new Map([['comparison', 1]]),
      },
      {
        field: 'b',
        queries: 0,
        scannedBytes: 0,
        measuredQueries: 0,
        lastUsedEpochMs: 7,
        others: new Map([['or', 1]]),
      },
    ]);
  });

  it('gives a query to each log group that it reads, by name', () => {
    const { logGroup: _, ...source } = { query: 'SOURCE "one" | SOURCE "two" | filter a = 1', logGroup: '' };
    const collector = collectEvidence();
    collector.add([{ ...source, language: 'CWLI', createdEpochMs: 0 }]);
    collector.add([{ query: 'filter b = 1', language: 'CWLI', createdEpochMs: 0 }]);
    const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:one:*';
    collector.add([{ query: 'filter a = 1', language: 'CWLI', createdEpochMs: 0, logGroup: arn }]);
    const evidence = collector.result();
    expect([...evidence.keys()].sort()).toEqual([UNKNOWN_GROUP, 'one', 'two']);
    expect(evidence.get('one')).toMatchObject({ queries: 2, fields: [{ field: 'a', queries: 2 }] });
    expect(evidence.get(UNKNOWN_GROUP)).toMatchObject({ queries: 1, fields: [{ field: 'b' }] });
  });

  it('counts a query that tells no size as the mean of the others', () => {
    const fields = gather([
      { query: 'filter small = 1', bytesScanned: 10 },
      { query: 'filter large = 1', bytesScanned: 1_000 },
      { query: 'filter untold = 1' },
    ]).get('g')?.fields;
    expect(fields?.map(({ field }) => field)).toEqual(['large', 'untold', 'small']);
  });

  it('keeps ten thousand different queries', () => {
    const queries = Array.from({ length: 10_000 }, (_, index) => ({ query: `filter f${index} = 1` }));
    expect(gather(queries).get('g')).toMatchObject({ queries: 10_000 });
    expect(gather(queries).get('g')?.fields).toHaveLength(10_000);
  });
});

describe('nameOfGroup', () => {
  it('takes the name out of an ARN', () => {
    expect(nameOfGroup('arn:aws-cn:logs:cn-north-1:111122223333:log-group:/a/b:*')).toBe('/a/b');
    expect(nameOfGroup('/a/b')).toBe('/a/b');
  });
});

describe('the order of fields', () => {
  it.each([
    ['by what was scanned', ['a 5', 'b 9', 'c 7'], ['b', 'c', 'a']],
    ['one that tells no size as the mean', ['a 4', 'b 10', 'c', 'd 6'], ['b', 'c', 'd', 'a']],
    ['at least as one byte', ['a 0', 'b'], ['b', 'a']],
    ['by number where no size is told', ['a', 'b', 'b', 'c', 'c', 'c'], ['c', 'b', 'a']],
    ['by number where the sizes are equal', ['a 4', 'b 2', 'b 2'], ['b', 'a']],
    ['else by name', ['c 1', 'a 1', 'b 1'], ['a', 'b', 'c']],
  ])('%s', (_, asked, fields) => {
    const queries = asked.map((one, index) => {
      const [field = '', bytes] = one.split(' ');
      return { query: `filter ${field} = ${index}`, ...(bytes !== undefined && { bytesScanned: Number(bytes) }) };
    });
    expect(
      gather(queries)
        .get('g')
        ?.fields.map(({ field }) => field),
    ).toEqual(fields);
  });
});
