import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { fc } from '../../../../test/support/property.ts';
import { parseDashboard as parsePage } from '../../../domain/dashboards/parse-dashboard.ts';
import { parseTime } from '../../../domain/time.ts';
import { callsOf, type WidgetCalls } from './answer-calls.ts';
import type { Places } from './widget-place.ts';

const parseDashboard = (body: string) => finish(parsePage(body, { offset: 0, count: 500 }));

const EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');
const OWN = '111122223333';
const PLACES: Places = {
  targets: {
    regions: ['us-east-1', 'eu-west-1'],
    defaultAccount: 'prod',
    accounts: [
      { alias: 'prod', id: OWN },
      { alias: 'dev', id: '222233334444' },
    ],
  },
  home: { account: 'prod', accountId: OWN, region: 'us-east-1' },
  homeAccountId: OWN,
};
const REGIONS = 'abcdefgh'.split('');
const ERRORS = ['AWS/Lambda', 'Errors', 'FunctionName', 'a'];

function ask(type: string, properties: object, body: object = {}): WidgetCalls {
  const dashboard = parseDashboard(JSON.stringify({ widgets: [{ type, properties }], ...body }));
  const [widget] = dashboard.widgets;
  if (widget === undefined) throw new Error('no widget was read');
  return callsOf(widget, { ...dashboard, nowEpochMs: EPOCH_MS }, PLACES);
}

const argsOf = ({ calls }: WidgetCalls) => calls.map(({ args }) => args);

describe('arguments of a metric widget', () => {
  it('are those of one metric, where it is one', () => {
    const widget = { metrics: [[...ERRORS, { id: 'x', period: 60 }]], stat: 'Sum', period: 300, region: 'eu-west-1' };
    expect(ask('metric', widget)).toEqual({
      problems: [],
      calls: [
        {
          tool: 'get_metric_data',
          args: {
            namespace: 'AWS/Lambda',
            metric_name: 'Errors',
            dimensions: [{ name: 'FunctionName', value: 'a' }],
            statistic: 'Sum',
            period: 60,
            region: 'eu-west-1',
          },
        },
      ],
    });
  });

  it('hold ids where the widget has none, and none twice', () => {
    const { calls, problems } = ask('metric', {
      metrics: [ERRORS, [...ERRORS, { id: 'm1' }], [...ERRORS, { id: 'm1' }], [...ERRORS, { id: 'Not One' }]],
    });
    expect(calls[0]?.args.queries).toMatchObject([{ id: 'm2' }, { id: 'm1' }, { id: 'm3' }, { id: 'm4' }]);
    expect(problems).toEqual([
      'metric 3 has an id that is taken or is not one',
      'metric 4 has an id that is taken or is not one',
    ]);
  });

  it('are apart by region, with the account of each; an expression goes where its metrics are', () => {
    const asked = ask('metric', {
      metrics: [
        [{ expression: 'a + b', id: 'both' }],
        [{ expression: 'b * 2', id: 'double' }],
        [{ expression: "SEARCH('{x} a', 'Sum')", id: 'found', region: 'eu-west-1' }],
        [...ERRORS, { id: 'a' }],
        ['...', { id: 'b', region: 'eu-west-1' }],
        ['...', { id: 'c', accountId: '222233334444' }],
      ],
    });
    expect(argsOf(asked)).toMatchObject([
      { region: 'eu-west-1', queries: [{ id: 'double' }, { id: 'found' }, { id: 'b' }] },
      {
        region: 'us-east-1',
        queries: [{ metric_stat: { metric_name: 'Errors' } }, { id: 'c', account_id: '222233334444' }],
      },
    ]);
    expect(asked.problems).toEqual(['expression both combines several regions or accounts: compute it from its parts']);
  });

  it('show hidden metrics whose expression cannot be kept', () => {
    const asked = ask('metric', {
      metrics: [
        [{ expression: 'SUM(METRICS())', id: 'all' }],
        [...ERRORS, { id: 'a', visible: false }],
        ['...', 'b', { id: 'b', visible: false }],
        ['...', 'b', { id: 'c', visible: false, region: 'eu-west-1' }],
      ],
    });
    expect(argsOf(asked)).toMatchObject([{ queries: [{ id: 'a' }, { id: 'b' }] }, { region: 'eu-west-1' }]);
    expect(JSON.stringify(asked.calls)).not.toContain('return_data');
  });

  it('end where expressions name each other', () => {
    const loop = [[{ expression: 'b', id: 'a' }], [{ expression: 'a', id: 'b' }]];
    expect(argsOf(ask('metric', { metrics: loop }))).toMatchObject([{ queries: [{ id: 'a' }, { id: 'b' }] }]);
  });

  it('give SQL the period of the widget, and other expressions only their own', () => {
    const sql = 'SELECT AVG(Duration) FROM "AWS/Lambda"';
    const metrics = [[{ expression: sql }], [{ expression: 'm1 * 2' }], [{ expression: 'm2 * 2', period: 60 }]];
    expect(argsOf(ask('metric', { metrics, period: 300 }))).toEqual([
      {
        region: 'us-east-1',
        queries: [
          { id: 'm1', expression: sql, period: 300 },
          { id: 'm2', expression: 'm1 * 2' },
          { id: 'm3', expression: 'm2 * 2', period: 60 },
        ],
      },
    ]);
  });

  it('stay short, and computable', () => {
    const metrics = [
      [{ expression: 'm499 * 2', id: 'late' }],
      ...Array.from({ length: 499 }, (_, index) => [...ERRORS.slice(0, 3), `f${index}`, { id: `m${index}` }]),
    ];
    const { calls, problems } = ask('metric', { metrics: [...metrics.slice(0, 499), [{ expression: '1 + 1' }]] });
    const queries = calls[0]?.args.queries as { id: string; expression?: string }[];
    expect(JSON.stringify(queries).length).toBeLessThan(6_500);
    expect(queries.length).toBeGreaterThan(10);
    expect(problems).toContain(
      `${500 - queries.length} of 500 metrics are left out of the arguments, to keep them short`,
    );
  });

  it('take the times of the widget before those of the dashboard', () => {
    const metrics = [ERRORS];
    expect(argsOf(ask('metric', { metrics }, { start: '-PT3H' }))[0]).not.toHaveProperty('start_time');
    expect(argsOf(ask('metric', { metrics }, { start: '-P1D' }))[0]).toMatchObject({ start_time: '-1d' });
    expect(
      argsOf(ask('metric', { metrics, start: '2026-02-01', end: '2026-02-02' }, { start: '-P1D' }))[0],
    ).toMatchObject({ start_time: '2026-02-01T00:00:00Z', end_time: '2026-02-02T00:00:00Z' });
  });

  it.each([[{ region: 'mars-1' }, 'region mars-1 may not be asked through this server']])(
    'are kept back for %j',
    (place, problem) => {
      expect(ask('metric', { metrics: [ERRORS], ...place })).toEqual({ calls: [], problems: [problem] });
    },
  );

  it('are at most six calls', () => {
    const places: Places = { ...PLACES, targets: { ...PLACES.targets, regions: REGIONS } };
    const metrics = REGIONS.map((region) => [...ERRORS, { region }]);
    const dashboard = parseDashboard(JSON.stringify({ widgets: [{ type: 'metric', properties: { metrics } }] }));
    const [asked] = dashboard.widgets.map((widget) => callsOf(widget, { ...dashboard, nowEpochMs: EPOCH_MS }, places));
    expect(asked?.calls).toHaveLength(6);
    expect(asked?.problems).toEqual(['2 more calls, for other regions, accounts or queries']);
  });
});

describe('arguments of other widgets', () => {
  it('name log groups, query, language and times', () => {
    const properties = { query: "SOURCE '/a' | fields x", queryLanguage: 'PPL', region: 'eu-west-1' };
    expect(ask('log', properties, { start: '-PT6H' })).toEqual({
      problems: [],
      calls: [
        {
          tool: 'execute_log_insights_query',
          args: {
            log_group_names: ['/a'],
            query_string: 'fields x',
            start_time: '-6h',
            query_language: 'PPL',
            region: 'eu-west-1',
          },
        },
      ],
    });
  });

  it('name the alarms of each region and account', () => {
    const arn = (region: string, account: string, name: string) =>
      `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
    const alarms = [
      arn('us-east-1', OWN, 'a'),
      arn('eu-west-1', OWN, 'b'),
      arn('us-east-1', OWN, 'c'),
      arn('us-east-1', '222233334444', 'd'),
      arn('us-east-1', '999999999999', 'e'),
    ];
    expect(ask('alarm', { alarms })).toEqual({
      calls: [
        { tool: 'describe_alarms', args: { names: ['a', 'c'], region: 'us-east-1' } },
        { tool: 'describe_alarms', args: { names: ['b'], region: 'eu-west-1' } },
        { tool: 'describe_alarms', args: { names: ['d'], region: 'us-east-1', account: 'dev' } },
      ],
      problems: ['account 999999999999 may not be asked with your access'],
    });
  });

  it('never throw', () => {
    const row = fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.oneof(fc.string(), fc.constantFrom('.', '...', ...ERRORS), fc.dictionary(fc.string(), fc.jsonValue())),
      ),
    );
    fc.assert(
      fc.property(fc.array(row), fc.jsonValue(), (metrics, other) => {
        ask('metric', { metrics, stat: other, region: other });
        ask('log', { query: other });
        ask('alarm', { alarms: other });
      }),
    );
  });
});

describe('arguments of a chart widget', () => {
  const chart = (queries: readonly object[], more: object = {}) => ({ data: { queries }, ...more });

  it('ask each query that is shown where it belongs, at the step that it has', () => {
    const { calls, problems } = ask(
      'chart',
      chart(
        [
          { query: 'up', label: 'here', step: 60 },
          { query: 'there', region: 'eu-west-1', accountId: '222233334444' },
          { query: 'hidden', hidden: true },
          { query: 'invisible', visible: false },
        ],
        { start: '-PT6H' },
      ),
    );
    expect(problems).toEqual([]);
    expect(calls).toEqual([
      {
        tool: 'execute_promql_range_query',
        args: { query: 'up', start: '-6h', step: '60s', region: 'us-east-1' },
        label: 'here',
      },
      {
        tool: 'execute_promql_range_query',
        args: { query: 'there', start: '-6h', region: 'eu-west-1', account: 'dev' },
      },
    ]);
  });

  it('hold only steps that the tool takes, whatever the range', () => {
    const steps = fc.integer({ min: 1, max: 86_400 });
    const starts = fc.constantFrom('-PT1H', '-P1D', '-P7D', '-P30D', '-P9999Y', '2031-01-01', undefined);
    fc.assert(
      fc.property(steps, starts, (step, start) => {
        const { calls, problems } = ask('chart', chart([{ query: 'up', step }], start === undefined ? {} : { start }));
        const { step: written, start: from = '-3h' } = calls[0]?.args ?? {};
        expect(calls).toHaveLength(1);
        expect(written === undefined ? problems[0] : written).toMatch(/too fine for the time range|^\d+s$/);
        const spanMs = EPOCH_MS - parseTime(typeof from === 'string' ? from : '', EPOCH_MS);
        if (written !== undefined) expect(spanMs / 1_000 / step).toBeLessThan(1_440);
      }),
    );
  });
});
