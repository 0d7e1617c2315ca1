/** Log groups without `pattern`, and windows in which little or nothing is there to compare. */
import { afterEach, describe, expect, it } from 'vitest';
import { LOG_GROUPS } from '../../../../local/scenario.ts';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import {
  type AskedQuery,
  cutLook,
  isFirstLook,
  patternRows,
  repeatMessage as repeat,
  type ScriptedAnswer,
  scriptAnalysis,
} from '../../../../test/support/scripted-analysis.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { analyzeLogGroup } from './analyze-log-group.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

async function analyze(args: Record<string, unknown>, options: LogsBenchOptions = {}) {
  bench = await startLogsBench(options);
  const result = await bench.run('analyze_log_group', args);
  if (result.isError !== true) analyzeLogGroup.outputSchema.strict().parse(result.structuredContent);
  const queries = bench.local.requests
    .of('StartQuery')
    .map(({ input }) => (input as { queryString: string }).queryString);
  return { text: bench.text(result), structured: structuredOf(result), queries };
}

const WINDOW_START = Date.parse('2026-03-01T11:00:00Z') / 1_000;
const isNow = ({ startTime }: AskedQuery) => startTime >= WINDOW_START;
const IA = { logGroupClass: 'INFREQUENT_ACCESS' };
const GROUP = { log_group_arn: '/test/group' };

function script(answerOf: (query: AskedQuery) => ScriptedAnswer, group: Readonly<Record<string, unknown>> = {}) {
  return { logs: scriptAnalysis(answerOf, group).operations };
}

describe('a log group of the class Infrequent Access', () => {
  it('is judged by all of its messages where they are few', async () => {
    const { text, structured, queries } = await analyze({ log_group_arn: LOG_GROUPS.archive, start_time: '-2h' });
    expect(queries.filter((query) => query.includes('pattern'))).toEqual([]);
    expect(structured).toMatchObject({ class: 'INFREQUENT_ACCESS', is_sampled: false, is_compared: true });
    expect(structured.top_patterns.map(({ pattern }: { pattern: string }) => pattern).sort()).toEqual([
      'action=customer.viewed',
      'action=order.refunded',
      'action=order.viewed',
      'action=price.changed',
    ]);
    const shown = structured.top_patterns.reduce((sum: number, pattern: { count: number }) => sum + pattern.count, 0);
    expect(shown).toBe(structured.events);
    expect(text).not.toContain('sample');
  });

  it('says what is new by messages', async () => {
    const { structured } = await analyze(
      GROUP,
      script((query) => {
        if (query.text.includes('strcontains')) return {};
        const quiet = repeat(10, (index) => `job ${index} done`);
        return {
          rows: isNow(query)
            ? [...quiet, ...repeat(2, (index) => `{"level":"error","msg":"disk ${index} full"}`)]
            : quiet,
        };
      }, IA),
    );
    expect(structured.changed).toMatchObject([
      { pattern: 'ERROR disk <num> full', change: 'new', severity: 'error', count: 2, count_before: 0 },
    ]);
    expect(structured).toMatchObject({ events: 12, events_before: 10 });
  });

  it.each([
    ['known', IA],
    ['found out by the refusal of pattern', {}],
  ])('is sampled over the whole window where there are many, and says so: class %s', async (_how, details) => {
    const isKnown = details === IA;
    const { text, structured, queries } = await analyze(GROUP, {
      ...script((query) => {
        if (isFirstLook(query))
          return cutLook(
            repeat(40, (index) => `job ${index} done`),
            50_000,
          );
        if (query.text.startsWith('pattern')) return { refusal: 'pattern is not supported' };
        if (query.text.includes('strcontains')) return {};
        if (query.text.includes('(?i)'))
          return {
            rows: isNow(query) ? repeat(1_000, (index) => `write failed on disk ${index}`) : [],
            statistics: { recordsMatched: isNow(query) ? 1_500 : 0 },
          };
        return { rows: repeat(1_800, (index) => `job ${index} done`) };
      }, details),
      ...(isKnown ? {} : { faults: [{ operation: 'DescribeLogGroups', fault: { kind: 'accessDenied' } }] }),
    });
    expect(queries.filter((query) => query.includes('% 3 = 0'))).toHaveLength(2);
    expect(structured).toMatchObject({ is_sampled: true, events: 50_000, events_before: 50_000 });
    expect(structured.top_patterns).toMatchObject([
      { pattern: 'job <num> done', count: 50_000, change: 'steady' },
      { pattern: 'write failed on disk <num>', count: 1_500, count_before: 0, change: 'new' },
    ]);
    expect(text).toContain(
      'patterns are made here from 2,800 + 1,800 messages, a sample, so that counts are estimates',
    );
  });

  it('is read by its messages where log groups may not be described', async () => {
    const { text, structured } = await analyze(
      { log_group_arn: LOG_GROUPS.archive, start_time: '-1h' },
      { faults: [{ operation: 'DescribeLogGroups', fault: { kind: 'accessDenied' } }] },
    );
    expect(text).toContain(
      'Warning: Class and retention of the log group are not known: AWS denies logs:DescribeLogGroups',
    );
    expect(structured.is_sampled).toBe(false);
    expect(structured.top_patterns).toHaveLength(4);
    expect(structured.is_compared).toBe(true);
  });
});

describe('a log group of the class Standard of which only a part is read', () => {
  it('has all its patterns, fields by a sample, and errors asked for only where the list is cut', async () => {
    const line = (code: string, version: string) => (index: number) =>
      JSON.stringify({ level: 'INFO', msg: 'order placed', code, version, id: index });
    const { text, structured, queries } = await analyze(
      GROUP,
      script((query) => {
        if (isFirstLook(query)) return cutLook(repeat(10, line('ok', '1.4')));
        if (query.text.startsWith('pattern'))
          return {
            rows: patternRows({ [line('<Token-1>', '<Token-2>')(7)]: 20_000 }),
            statistics: { recordsScanned: 20_000 },
          };
        if (query.text.startsWith('stats')) return {};
        return {
          rows: isNow(query)
            ? [...repeat(900, line('ok', '1.5')), ...repeat(100, line('GATEWAY_DOWN', '1.5'))]
            : repeat(1_000, line('ok', '1.4')),
        };
      }),
    );
    expect(queries.filter((query) => query.startsWith('filter'))).toEqual([]);
    expect(structured).toMatchObject({ events: 20_000, events_before: 20_000, is_sampled: false, is_compared: true });
    expect(structured.changed).toMatchObject([
      {
        pattern: 'INFO order placed code=GATEWAY_DOWN',
        change: 'new',
        severity: 'error',
        count: 2_000,
        count_before: 0,
      },
    ]);
    expect(structured.fields).toMatchObject([
      { field: 'version', value: '1.5', change: 'new', share: 1, share_before: 0 },
      { field: 'version', value: '1.4', change: 'gone', share: 0, share_before: 1 },
    ]);
    expect(text).toContain('values and fields are told by a sample of 1,000 + 1,000 messages');
  });
});

describe('a window in which nothing is there', () => {
  it('says when the last event was', async () => {
    const { text, structured } = await analyze({ log_group_arn: '/aws/lambda/billing-api', start_time: '-30s' });
    expect(text).toMatch(/^No event in `\/aws\/lambda\/billing-api` in these 30s \(0 in the 30s before\)\.\n/);
    expect(text).toMatch(
      /Hint: The last event before was at 2026-03-01T11:\d\d:[\d.]+Z \(.* ago\) → start_time=2026-03-01T11:/,
    );
    expect(structured).toMatchObject({ events: 0, events_before: 0, changed: [], top_patterns: [], shown: 0 });
  });

  it('says that a log group has gone quiet', async () => {
    const { text, structured } = await analyze(
      GROUP,
      script((query) => (isNow(query) ? {} : { rows: repeat(40, (index) => `job ${index} done`) })),
    );
    expect(text).toMatch(/^No event in `\/test\/group` in these 1h \(40 in the 1h before\)\./);
    expect(text).toContain('Hint: The 40 events before came from something that has stopped to log');
    expect(structured.changed).toMatchObject([{ change: 'vanished', count: 0, count_before: 40 }]);
  });

  it('is plain about a log group that never had an event', async () => {
    const { text } = await analyze(
      GROUP,
      script(() => ({})),
    );
    expect(text).toContain('Hint: Widen start_time, or check size and retention with describe_log_groups.');
  });
});

describe('a window before that cannot be compared with', () => {
  it.each([
    [
      { retentionInDays: 1 },
      { start_time: '-20h' },
      'the log group keeps 1 days, and the window before is older than that',
    ],
    [
      { creationTime: Date.parse('2026-03-01T10:30:00Z') },
      {},
      'the log group was only created at 2026-03-01T10:30:00Z',
    ],
  ])('%j', async (group, args, reason) => {
    const { text, structured, queries } = await analyze(
      { ...GROUP, ...args },
      script(() => ({ rows: repeat(4, () => 'disk failed') }), group),
    );
    expect(text).toMatch(/^`\/test\/group`: 1 pattern, 1 of errors, compared with nothing; 4 events\.\n/);
    expect(text).toContain(`compared with nothing: ${reason}.`);
    expect(structured).toMatchObject({ is_compared: false, changed: [], error_patterns: [{ count: 4 }] });
    expect(structured.error_patterns[0]).not.toHaveProperty('change');
    expect(queries).toHaveLength(1);
  });
});
