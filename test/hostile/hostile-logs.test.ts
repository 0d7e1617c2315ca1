/** Whatever is logged: it stays inside its fence, and nothing invisible survives. One line here for each tool that shows logs. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPTED_QUERY_ID, scriptQuery } from '../support/scripted-logs.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { HOSTILE_TEXTS, MARK } from './hostile-texts.ts';
import { findInvisible, stringsOf } from './invisible.ts';

const GROUP = '/shop/hostile';
const GROUP_ARN = `arn:aws:logs:us-east-1:111122223333:log-group:${GROUP}`;
const MAX_CHARS = 24_000;

/** Arguments with which each tool shows the hostile text. */
const CALLS: Readonly<Record<string, readonly object[]>> = {
  search_log_events: [{ log_group: GROUP }, { log_group: GROUP, max_row_chars: 20_000, newest_first: false }],
  get_log_group_fields: [{ log_group: GROUP }],
  get_log_record: [{ pointer: 'CmEKJgoiMTExMTIy' }, { pointer: 'CmEKJgoiMTExMTIy', field: '@message' }],
  execute_log_insights_query: [
    { log_group_names: [GROUP], query_string: 'fields @timestamp, @message' },
    { log_group_names: [GROUP], query_string: 'stats count(*) by level', max_row_chars: 20_000 },
  ],
  get_logs_insight_query_results: [
    { query_id: SCRIPTED_QUERY_ID },
    { query_id: SCRIPTED_QUERY_ID, max_row_chars: 20_000 },
  ],
  analyze_log_group: [{ log_group_arn: GROUP }],
  execute_cwl_insights_batch: [{ log_group_names: [GROUP], query_string: 'fields @timestamp, @message' }],
};

let bench: ToolBench;
let hostile = '';

beforeAll(async () => {
  const rows = () =>
    [
      [
        ['@timestamp', '2026-03-01 11:00:00.000'],
        ['@message', hostile],
        ['@pattern', hostile],
        ['@sampleCount', '7'],
        ['@severityLabel', hostile.slice(0, 500)],
        [hostile.slice(0, 500), hostile],
      ],
      [
        ['@timestamp', '2026-03-01 11:00:01.000'],
        ['@message', 'harmless'],
        ['@pattern', 'harmless'],
        ['@sampleCount', '1'],
      ],
    ] as const;
  const query = (name: string) => (input: unknown, context: unknown) =>
    scriptQuery({ rows: rows() })[name]?.(input, context as never);
  bench = await startToolBench({
    operations: {
      logs: {
        StartQuery: query('StartQuery'),
        GetQueryResults: query('GetQueryResults'),
        DescribeLogGroups: () => ({ logGroups: [{ logGroupName: GROUP, logGroupClass: 'STANDARD', storedBytes: 1 }] }),
        FilterLogEvents: () => ({
          events: [
            {
              timestamp: Date.parse('2026-03-01T11:00:01Z'),
              message: hostile,
              logStreamName: hostile.slice(0, 500),
              eventId: '1',
            },
            { timestamp: Date.parse('2026-03-01T11:00:00Z'), message: 'harmless', logStreamName: 's', eventId: '2' },
          ],
        }),
        ListLogAnomalyDetectors: () => ({
          anomalyDetectors: [
            { anomalyDetectorArn: 'a', anomalyDetectorStatus: 'TRAINING', logGroupArnList: [GROUP_ARN] },
          ],
        }),
        ListAnomalies: () => ({
          anomalies: [
            {
              patternString: hostile.slice(0, 5_000),
              description: hostile.slice(0, 5_000),
              priority: 'HIGH',
              firstSeen: Date.parse('2026-03-01T11:10:00Z'),
              lastSeen: Date.parse('2026-03-01T11:20:00Z'),
              active: true,
              logGroupArnList: [GROUP_ARN],
            },
          ],
        }),
        GetLogRecord: () => ({
          logRecord: {
            '@message': hostile,
            '@timestamp': hostile,
            '@log': '1:/shop/hostile',
            [hostile.slice(0, 500)]: hostile,
          },
        }),
        GetLogGroupFields: () => ({
          logGroupFields: [
            { name: hostile.slice(0, 5_000), percent: 50 },
            { name: 'level', percent: 9 },
          ],
        }),
      },
    },
  });
});
afterAll(() => bench.close());

describe.each(Object.entries(CALLS).flatMap(([name, calls]) => calls.map((args) => [name, args] as const)))(
  '%s %j',
  (name, args) => {
    it.each(Object.entries(HOSTILE_TEXTS))('keeps %s inside its fence', async (_what, text) => {
      hostile = text;
      const result = await bench.run(name, args);
      expect(result.isError, textOf(result).slice(0, 500)).toBeUndefined();
      const { inside, outside } = splitFences(textOf(result));
      expect(inside).toContain(MARK);
      expect(outside).not.toContain(MARK);
      expect(outside).not.toMatch(/evil\.example|ignore all/);
      expect(textOf(result).length).toBeLessThanOrEqual(MAX_CHARS);
      expect(findInvisible(textOf(result))).toEqual([]);
      expect(stringsOf(result.structuredContent).flatMap(findInvisible)).toEqual([]);
    });
  },
);

function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}

/** What stands between the real fences, and all else. */
function splitFences(text: string): { inside: string; outside: string } {
  const boundary = /^Text in <data-([0-9a-f]{12})> is by others/m.exec(text)?.[1] ?? '';
  expect(boundary).not.toBe('');
  const [open, close] = [`<data-${boundary}>`, `</data-${boundary}>`];
  const inside: string[] = [];
  const outside: string[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    if (line === open || line === close) {
      expect(line).toBe(isInside ? close : open);
      isInside = !isInside;
    } else (isInside ? inside : outside).push(line);
  }
  expect(isInside).toBe(false);
  return { inside: inside.join('\n'), outside: outside.join('\n') };
}
