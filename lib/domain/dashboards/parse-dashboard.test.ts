import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { fc } from '../../../test/support/property.ts';
import { readDashboardTime } from './dashboard-time.ts';
import { parseDashboard as parsePage } from './parse-dashboard.ts';

const parseDashboard = (body: string) => finish(parsePage(body, { offset: 0, count: 500 }));

const parseWidget = (type: string, properties: object, body: object = {}) => {
  const [widget] = parseDashboard(JSON.stringify({ widgets: [{ type, properties }], ...body })).widgets;
  if (widget === undefined) throw new Error('no widget was read');
  return widget;
};

describe('times of a dashboard', () => {
  it.each([
    ['-PT3H', '-3h'],
    ['-PT15M', '-15m'],
    ['-PT90S', '-90s'],
    ['-P1DT12H', '-36h'],
    ['-P7D', '-7d'],
    ['-P2W', '-14d'],
    ['-P1M', '-30d'],
    ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00', '2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00+01:00', '2026-03-01T11:00:00Z'],
    ['PT3H', undefined],
    ['-P', undefined],
    ['yesterday', undefined],
    ['2026-13-40', undefined],
    ['-PT0S', undefined],
  ])('reads %s as %s', (text, expected) => {
    expect(readDashboardTime(text)).toBe(expected);
  });
});

describe('a log widget', () => {
  it.each([
    [
      'SOURCE \'/aws/lambda/a\' | SOURCE "b" | fields @message\n| limit 5',
      { logGroups: ['/aws/lambda/a', 'b'], query: 'fields @message\n| limit 5', language: 'CWLI' },
    ],
    [
      "source '/a' | source '/a' | filter @message like /SOURCE | x/",
      { logGroups: ['/a'], query: 'filter @message like /SOURCE | x/', language: 'CWLI' },
    ],
    [
      'SOURCE logGroups(namePrefix: ["/aws/"]) | limit 5',
      { logGroups: [], query: 'SOURCE logGroups(namePrefix: ["/aws/"]) | limit 5', language: 'CWLI' },
    ],
    [
      "SOURCE 'arn:aws:logs:us-east-1:111122223333:log-group:/a:*' START=-3600s END=0s | limit 5",
      {
        logGroups: ['arn:aws:logs:us-east-1:111122223333:log-group:/a:*'],
        query: 'limit 5',
        language: 'CWLI',
      },
    ],
    ['fields @message', { logGroups: [], query: 'fields @message', language: 'CWLI' }],
  ])('says what %s reads', (query, expected) => {
    expect(parseWidget('log', { query })).toMatchObject({ logQuery: expected, problems: [] });
  });

  it('keeps its language', () => {
    const { logQuery } = parseWidget('log', { query: "SOURCE '/a' | fields x | where y = 1", queryLanguage: 'PPL' });
    expect(logQuery).toEqual({ logGroups: ['/a'], query: 'fields x | where y = 1', language: 'PPL' });
  });

  it.each([
    [{}, 'it has no query'],
    [{ query: "SOURCE '/a'" }, 'its query says only what it reads from'],
    [{ query: "SOURCE 'no such name!' | limit 1" }, '1 of its log groups have no valid name'],
    [{ query: `fields ${'x'.repeat(10_000)}` }, 'its query has 10007 characters, more than one may'],
  ])('says what is wrong in %#', (properties, problem) => {
    expect(parseWidget('log', properties)).toMatchObject({ problems: [problem] });
  });
});

describe('other widgets', () => {
  it('tell thresholds, bands, marks and axes in words', () => {
    const { details } = parseWidget('metric', {
      metrics: [['a', 'b']],
      stacked: true,
      liveData: true,
      setPeriodToTimeRange: true,
      annotations: {
        horizontal: [
          { value: 5, label: 'SLO', fill: 'above', yAxis: 'right' },
          [{ value: 1, label: 'low' }, { value: 2 }],
          { value: 9, visible: false },
          { label: 'no value' },
          7,
        ],
        vertical: [
          { value: '2026-03-01T12:00:00Z', label: 'deploy' },
          [{ value: '2026-03-01T12:00:00Z' }, { value: '2026-03-01T13:00:00Z' }],
        ],
      },
      yAxis: { left: { label: 'ms', min: 0, max: 10 }, right: null },
    });
    expect(details).toEqual([
      'threshold 5 "SLO" and above on the right axis',
      'band 1 to 2 "low"',
      'threshold 9 (hidden)',
      'mark 2026-03-01T12:00:00Z "deploy"',
      'mark 2026-03-01T12:00:00Z to 2026-03-01T13:00:00Z',
      'left axis "ms" from 0 to 10',
      'stacked',
      'live data: the running period is shown too',
      'one value over the whole time range',
    ]);
  });

  it('name alarms with their place', () => {
    const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a: b';
    const widget = parseWidget('alarm', { alarms: [arn, 'x', 7], states: ['ALARM'] });
    expect(widget.alarms).toEqual([{ region: 'eu-west-1', accountId: '111122223333', name: 'a: b' }]);
    expect(widget.problems).toEqual(['2 of its 3 alarms could not be read']);
    expect(parseWidget('metric', { annotations: { alarms: [arn] } })).toMatchObject({ problems: [], metrics: [] });
  });

  it('of a type nobody knows show their texts', () => {
    expect(parseWidget('radar', { title: 't', query: 'up{job="x"}', rows: 5 })).toMatchObject({
      kind: 'other',
      type: 'radar',
      title: 't',
      details: ['query: up{job="x"}'],
      problems: [],
    });
  });

  it('say the rule of Contributor Insights', () => {
    expect(parseWidget('metric', { insightRule: { ruleName: 'top-callers' } })).toMatchObject({
      details: ['top contributors of the Contributor Insights rule "top-callers"'],
      problems: [],
    });
  });
});

/** As templates write it. */
const PLACEHOLDER = `\${fn}`;

describe('variables', () => {
  const value = (name: string) => ['AWS/Lambda', 'Errors', 'FunctionName', name];

  it('put the default of a literal pattern into the widgets, and only there', () => {
    const pattern = { type: 'pattern', pattern: '\\$\\{fn\\}', id: 'f', defaultValue: 'cart' };
    const { variables, widgets } = parseDashboard(
      JSON.stringify({
        variables: [pattern],
        widgets: [{ type: 'metric', properties: { title: `Of ${PLACEHOLDER}`, metrics: [value(PLACEHOLDER)] } }],
      }),
    );
    expect(widgets[0]).toMatchObject({
      title: 'Of cart',
      metrics: [{ metric: { dimensions: [{ name: 'FunctionName', value: 'cart' }] } }],
    });
    expect(variables).toMatchObject([{ target: '\\$\\{fn\\}', isApplied: true }]);
  });

  it('run no regular expression', () => {
    const pattern = { type: 'pattern', pattern: '(a+)+$', id: 'f', defaultValue: 'x' };
    const widget = parseWidget('metric', { metrics: [value(`${'a'.repeat(50)}!`)] }, { variables: [pattern] });
    expect(widget.metrics[0]?.metric?.dimensions[0]?.value).toBe(`${'a'.repeat(50)}!`);
    expect(parseDashboard(JSON.stringify({ variables: [pattern], widgets: [] })).variables).toMatchObject([
      { isApplied: false },
    ]);
  });

  it('set dimensions and regions by their default', () => {
    const variables = [
      { type: 'property', property: 'FunctionName', defaultValue: 'cart' },
      { type: 'property', property: 'region', defaultValue: 'eu-west-1' },
    ];
    const widget = parseWidget('metric', { region: 'us-east-1', metrics: [value('pay')] }, { variables });
    expect(widget).toMatchObject({ region: 'eu-west-1', metrics: [{ metric: { dimensions: [{ value: 'cart' }] } }] });
  });

  it('do not blow texts up', () => {
    const pattern = { type: 'pattern', pattern: 'a', id: 'f', defaultValue: 'x'.repeat(255) };
    const widget = parseWidget('text', { markdown: 'a'.repeat(1_000_000) }, { variables: [pattern] });
    expect(widget.details[0]).toHaveLength(500);
  });
});

describe('a body', () => {
  it.each([
    ['', 'The body is not a JSON object, so no widget can be read.'],
    ['{"widgets": [', 'The body is not a JSON object, so no widget can be read.'],
    ['[]', 'The body is not a JSON object, so no widget can be read.'],
    ['{"widgets": {}}', 'The body has no list of widgets.'],
    ['{"widgets": [], "start": "soon"}', 'Of the body: its start is not a time.'],
    ['{"widgets": [], "variables": 7}', 'Of the body: variables is not a list.'],
    ['{"widgets": [], "variables": [7]}', 'Of the body: 1 of 1 variables could not be read.'],
    [`{"widgets": [${'7,'.repeat(500)}7]}`, 'The body has 501 widgets; only 500 were read.'],
    ['['.repeat(100_000), 'The body is not a JSON object, so no widget can be read.'],
  ])('says what is wrong in %#', (body, problem) => {
    expect(parseDashboard(body).problems).toEqual([problem]);
  });

  it.each<[unknown, string]>([
    [null, 'it is not an object'],
    [{}, 'it has no type'],
    [{ type: 'metric' }, 'it has no properties'],
    [{ type: 'metric', properties: {} }, 'it names no metric'],
    [{ type: 'metric', properties: { metrics: [['a', 'b']], stat: {} } }, 'it has a statistic that is not one'],
    [{ type: 'metric', properties: { metrics: [['a', 'b']], start: 'x' } }, 'its start is not a time'],
  ])('keeps the widget %j and says what is wrong', (widget, problem) => {
    const { widgets } = parseDashboard(JSON.stringify({ widgets: [widget, { type: 'text', properties: {} }] }));
    expect(widgets.map(({ number, problems }) => [number, problems])).toEqual([
      [1, [problem]],
      [2, []],
    ]);
  });

  it('never throws, whatever stands in it', () => {
    const property = fc.oneof(fc.jsonValue(), fc.string());
    const keys = ['metrics', 'title', 'annotations', 'yAxis', 'query', 'alarms', 'region', 'period', 'stat', 'start'];
    const more = ['labels', 'aggregateBy', 'updateOn', 'endpoint', 'markdown', 'insightRule', '__proto__'];
    const widget = fc.record({
      type: fc.oneof(fc.constantFrom('metric', 'log', 'alarm', 'text', 'explorer', 'custom', 'other'), fc.jsonValue()),
      properties: fc.oneof(fc.dictionary(fc.constantFrom(...keys, ...more), property), fc.jsonValue()),
    });
    const body = fc.record({
      widgets: fc.oneof(fc.array(widget), fc.jsonValue()),
      variables: fc.oneof(
        fc.array(fc.dictionary(fc.constantFrom('type', 'pattern', 'property', 'defaultValue', 'values'), property)),
        fc.jsonValue(),
      ),
      start: property,
    });
    fc.assert(
      fc.property(body, (value) => {
        const { widgets } = parseDashboard(JSON.stringify(value));
        expect(widgets.map(({ number }) => number)).toEqual(widgets.map((_, index) => index + 1));
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseDashboard(text).widgets).toEqual([]);
      }),
    );
  });
});

describe('a body that multiplies', () => {
  const pattern = { type: 'pattern', pattern: 'a', defaultValue: 'aa' };
  const doublings = (count: number) => Array.from({ length: count }, () => pattern);
  const metrics = (count: number) => Array.from({ length: count }, (_, index) => ['AWS/a', `a${index}`, 'a', 'aaaa']);
  const widgets = (count: number, each: number) =>
    Array.from({ length: count }, () => ({ type: 'metric', properties: { title: 'a', metrics: metrics(each) } }));
  const sizeOf = (value: unknown): number => JSON.stringify(value).length;

  it.each([
    ['2,500 metrics in the first widgets', 25, widgets(50, 50)],
    ['10,000 metrics', 25, widgets(500, 20)],
    ['one variable', 1, widgets(50, 50)],
  ])('is read within its budget: %s', (_what, variables, list) => {
    const read = parseDashboard(JSON.stringify({ variables: doublings(variables), widgets: list }));
    expect(sizeOf(read.widgets)).toBeLessThan(sizeOf(list) * 6 + 250_000);
    expect(read.kinds).toHaveLength(list.length);
    expect(read.widgets.reduce((sum, widget) => sum + widget.metrics.length, 0)).toBeLessThanOrEqual(2_500);
    if (variables > 1) expect(read.problems).toEqual([expect.stringMatching(/some texts keep their patterns/)]);
  });

  it('puts every default in where the body is an honest one', () => {
    const variables = ['stage', 'team'].map((name) => ({
      type: 'pattern',
      pattern: `%${name}%`,
      defaultValue: `production-${name}`,
    }));
    const list = widgets(50, 50).map(({ type, properties }) => ({
      type,
      properties: { ...properties, title: '%stage% of %team%' },
    }));
    const read = parseDashboard(JSON.stringify({ variables, widgets: list }));
    expect(read.problems).toEqual([]);
    expect(new Set(read.widgets.map(({ title }) => title))).toEqual(new Set(['production-stage of production-team']));
  });

  it('reads the widgets of the page alone', () => {
    const list = widgets(120, 1).map((widget, index) =>
      index === 70 ? { type: 'text', properties: { markdown: 'b' } } : widget,
    );
    const read = finish(parsePage(JSON.stringify({ widgets: list }), { offset: 50, count: 50 }));
    expect(read.widgets.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 51));
    expect(read.widgets[20]).toMatchObject({ kind: 'text', details: ['b'] });
    expect(read.kinds.filter((kind) => kind === 'text')).toHaveLength(1);
  });

  it('names ten rows that cannot be read, and counts the others', () => {
    const rows = Array.from({ length: 400 }, () => [7]);
    const [widget] = parseDashboard(
      JSON.stringify({ widgets: [{ type: 'metric', properties: { metrics: rows } }] }),
    ).widgets;
    expect(widget?.problems).toHaveLength(11);
    expect(widget?.problems.at(-1)).toBe('390 more problems of metrics');
  });
});
