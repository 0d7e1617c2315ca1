import { describe, expect, it } from 'vitest';
import { planBatch } from './batch-plan.ts';

describe('planBatch', () => {
  it.each([
    ['fields @timestamp, @message | limit 20', 'fields @timestamp, @message | limit 20'],
    ['filter a = 1', 'filter a = 1'],
    ['fields @message # all', 'fields @message | fields @timestamp as mcpMerge0 # all'],
    ['filter a = 1 | sort b', 'fields @timestamp, @message | filter a = 1 | sort b | fields b as mcpMerge0'],
    ['fields @timestamp | sort b desc | limit 5', 'fields @timestamp | sort b desc | fields b as mcpMerge0 | limit 5'],
    ['display @message', 'fields @timestamp as mcpMerge0 | display @message, mcpMerge0'],
    ['fields @timestamp | dedup host | limit 3', 'fields @timestamp | fields host as mcpMerge0 | dedup host | limit 3'],
    ['fields @timestamp, a as host | dedup host', 'fields @timestamp, a as host | dedup host'],
  ])('asks for what the order of %j needs', (query, asked) => {
    expect(planBatch(query, 100)).toMatchObject({ kind: 'events', query: asked });
  });

  it.each([
    ['stats count(*) as n by host | sort n desc | limit 3 # top', 'stats count(*) as n by host # top', 3],
    [
      'filter a | stats avg(`my ms`) by bin(5m)',
      'filter a | stats avg(`my ms`), sum(`my ms`) as mcpSum0, count(`my ms`) as mcpCount0 by bin(5m)',
      100,
    ],
    ['stats avg(a * 2) as m', 'stats avg(a * 2) as m, sum(a * 2) as mcpSum0', 100],
  ])('takes what belongs to the whole out of %j', (query, asked, limit) => {
    expect(planBatch(query, 100)).toMatchObject({ kind: 'groups', query: asked, limit });
  });

  it.each([
    ['stats pct(ms, 95), count(*)', ['pct(ms, 95)']],
    ['stats sum(a) / count(*) as mean, max(a)', ['mean']],
    ['stats avg(a * 2), earliest(a), latest(@timestamp)', ['earliest(a)']],
  ])('knows what of %j cannot be merged', (query, unmerged) => {
    expect(planBatch(query, 100)).toMatchObject({ kind: 'groups', unmerged });
  });

  it.each([
    ['pattern @message', /^pattern works/],
    ['limit 5 | filter a = 1', /^filter stands behind a limit/],
    ['limit 5 | stats count(*)', /^limit works on the events of one chunk/],
    ['dedup a | stats count(*)', /^dedup works/],
    ['stats count(*) by a | stats max(a)', /^stats behind stats/],
    ['stats count(*) as n by a | filter n > 1', /^filter behind stats/],
    ['stats count(*) as n by a | sort n * 2', /sorted by something/],
    ['fields a | tail 3', /^tail works/],
    ['fields a | dedup a | sort a', /^dedup drops events/],
    ['fields a | join x', /^join works/],
  ])('leaves %j to each chunk', (query, reason) => {
    expect(planBatch(query, 100)).toMatchObject({ kind: 'chunks', query, reason: expect.stringMatching(reason) });
  });

  it('tells whether the order is one of time alone', () => {
    const orderOf = (query: string) => {
      const plan = planBatch(query, 100);
      return plan.kind === 'events' ? plan.timeOrder : plan.kind;
    };
    expect(orderOf('fields a')).toBe('newest');
    expect(orderOf('fields a | sort @timestamp asc')).toBe('oldest');
    expect(orderOf('fields a | sort by @timestamp desc')).toBe('newest');
    expect(orderOf('fields a | sort a')).toBeUndefined();
  });
});
