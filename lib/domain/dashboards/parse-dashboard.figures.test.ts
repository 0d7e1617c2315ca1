import { it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { expectTable, outcomeOf } from '../../../test/support/golden-table.ts';
import { parseDashboard as parsePage, type WidgetPage } from './parse-dashboard.ts';
import { patternsOf, propertyDefaults, readVariables } from './variables.ts';

const parseDashboard = (body: string, page: WidgetPage) => finish(parsePage(body, page));
const applyPatterns = (value: unknown, variables: Parameters<typeof patternsOf>[0]) => {
  const patterns = patternsOf(variables);
  return { widgets: patterns.apply(value), isWhole: patterns.isWhole() };
};

const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:High latency';
const METRICS: readonly unknown[] = [
  undefined,
  'x',
  [],
  [['AWS/EC2', 'CPUUtilization']],
  [
    ['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-1'],
    ['.', '.', '.', 'i-2'],
    ['...', 'i-3'],
    ['.', 'NetworkIn'],
  ],
  [
    [
      'A',
      'b',
      {
        stat: 'p99',
        period: 60,
        label: 'L',
        id: 'm1',
        visible: false,
        region: 'us-east-1',
        accountId: '123456789012',
        yAxis: 'right',
        color: '#fff',
      },
    ],
  ],
  [['A', 'b', 'c']],
  [[{ expression: 'm1 * 2', id: 'e1', label: 'E', period: 300 }], ['A', 'b', { id: 'm1', visible: false }]],
  [[{ expression: "SEARCH('x', 'Sum', 300)" }]],
  [[{}], [5], 'row', null, ['A']],
  [['...']],
  [
    ['A', 'b', 'c', 'd', { stat: 5, period: 'x', visible: 'no' }],
    ['A', 'b', { period: 7 }],
    ['A', 'b', { period: -60, stat: 'zz' }],
  ],
];
const PROPERTIES: readonly unknown[] = [
  undefined,
  {},
  ...METRICS.map((metrics) => ({ metrics })),
  {
    metrics: METRICS[3],
    title: 'T\nx',
    view: 'timeSeries',
    region: 'eu-west-1',
    accountId: '123456789012',
    period: 300,
    stat: 'Sum',
    start: '-PT3H',
    end: 'P0D',
    stacked: true,
    liveData: true,
    sparkline: true,
    setPeriodToTimeRange: true,
  },
  { metrics: METRICS[3], start: 'x', end: '2026-03-01' },
  { metrics: METRICS[3], period: 'x', stat: 7 },
  {
    metrics: METRICS[3],
    annotations: {
      alarms: [ARN, 5, 'arn:x'],
      horizontal: [
        { value: 5, label: 'limit' },
        { value: 9, fill: 'above' },
        [{ value: 1 }, { value: 2, label: 'to' }],
        'x',
      ],
      vertical: [{ value: '2026-03-01T00:00:00Z', label: 'deploy' }],
    },
    yAxis: { left: { min: 0, max: 100, label: 'ms' }, right: { min: 1 } },
  },
  { annotations: { alarms: [ARN] } },
  { insightRule: { maxContributorCount: 10, orderBy: 'Sum', ruleName: 'rule' } },
  { alarms: [ARN, ARN, 'nothing'], title: 'Alarms', sortBy: 'stateUpdatedTimestamp', states: ['ALARM', 'OK'] },
  { alarms: Array.from({ length: 103 }, (_, at) => `${ARN}${at}`) },
  { markdown: '# Title\n\ntext [link](https://example.com)', background: 'transparent' },
  { markdown: 'x'.repeat(5_000) },
  { query: "SOURCE '/aws/lambda/a' | SOURCE 'b' | fields @message | limit 5", view: 'table', region: 'eu-west-1' },
  { query: "SOURCE '/aws/lambda/a'" },
  { query: 'SOURCE logGroups(namePrefix: ["x"]) | stats count(*)' },
  { query: "SOURCE 'no good name!?' | fields a" },
  { query: 'fields a', queryLanguage: 'PPL' },
  { query: 'x'.repeat(10_001) },
  { query: `${Array.from({ length: 52 }, (_, at) => `SOURCE 'g${at}' | `).join('')}fields a` },
  {
    endpoint: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
    params: { a: 1 },
    updateOn: { refresh: true, resize: false, timeRange: true },
  },
  {
    metrics: [
      { metricName: 'CPUUtilization', resourceType: 'AWS::EC2::Instance', stat: 'Average' },
      { metricName: 'x' },
      5,
    ],
    aggregateBy: { key: 'InstanceType', func: 'MAX' },
    labels: [{ key: 'env', value: 'prod' }, { key: 'team' }],
    splitBy: 'AvailabilityZone',
    widgetOptions: { legend: { position: 'bottom' }, rowsPerPage: 50, widgetsPerRow: 2 },
    period: 300,
  },
  {
    data: {
      queries: [
        { query: 'up', label: 'U', step: 60, language: 'PromQL', id: 'q' },
        { query: 'x', language: 'SQL' },
        {},
        5,
        { query: 'y'.repeat(8_001) },
        { query: 'z', step: 0.4, odd: 1 },
      ],
      odd: 2,
    },
    odd: 1,
    other: 2,
    c: 3,
    d: 4,
    e: 5,
    f: 6,
    title: 'P',
  },
  {
    title: 't',
    view: 'v',
    region: 'r',
    accountId: '1',
    plotOptions: {},
    start: '-PT1H',
    end: 'now',
    data: {
      queries: [
        {
          id: 'i',
          type: 't',
          language: 'promql',
          query: 'q',
          label: 'l',
          step: 1,
          hidden: true,
          visible: false,
          region: 'r',
          accountId: '1',
        },
      ],
    },
  },
  { data: { queries: [] } },
  { data: { queries: Array.from({ length: 102 }, (_, at) => ({ query: `q${at}` })) } },
];
const TYPES = ['metric', 'log', 'text', 'alarm', 'explorer', 'custom', 'chart', 'other', 'brand-new', undefined];

it('reads whatever stands in a widget', async () => {
  const rows = TYPES.flatMap((type) =>
    PROPERTIES.map(
      (properties, at) =>
        [
          `${type} ${at}`,
          outcomeOf(
            () =>
              parseDashboard(JSON.stringify({ widgets: [{ type, properties, x: 0, y: 0, width: 6, height: 6 }] }), {
                offset: 0,
                count: 9,
              }).widgets[0],
          ),
        ] as const,
    ),
  );
  await expectTable('dashboards/widgets', rows);
});

const VARIABLES: readonly unknown[] = [
  {
    type: 'property',
    property: 'region',
    inputType: 'select',
    id: 'r',
    label: 'Region',
    defaultValue: 'eu-central-1',
    visible: true,
    values: [{ value: 'a', label: 'A' }, { value: 'b' }, 5, {}],
  },
  { type: 'property', property: 'InstanceId', defaultValue: 'i-9' },
  { type: 'pattern', pattern: 'STAGE', defaultValue: 'prod', id: 's' },
  { type: 'pattern', pattern: '\\$\\{x\\}', defaultValue: 'y' },
  { type: 'pattern', pattern: 'a.*b', defaultValue: 'y' },
  { type: 'pattern', pattern: 'SAME', defaultValue: 'SAME' },
  { type: 'pattern', pattern: 'none' },
  { type: 'odd', property: 'p', search: 'SEARCH', populateFrom: 'x', defaultValue: 'd' },
  { property: 'q' },
  { type: 'property' },
  'x',
];

it('reads the whole of a body', async () => {
  const widgets = METRICS.map((metrics) => ({
    type: 'metric',
    properties: { metrics, title: 'STAGE \u0024{x} a b', region: 'us-east-1' },
  }));
  const bodies: readonly unknown[] = [
    {},
    [],
    5,
    { widgets: 5 },
    { widgets: [5, {}, { type: 5 }, { type: 'text' }] },
    { widgets, start: '-P1D', end: 'now', periodOverride: 'auto', variables: VARIABLES },
    { widgets, start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z', periodOverride: 'inherit', variables: 5 },
    {
      widgets: Array.from({ length: 30 }, () => ({
        type: 'metric',
        properties: { metrics: Array.from({ length: 60 }, (_, at) => ['N', `m${at}`]) },
      })),
    },
    { widgets, odd: 1 },
  ];
  const rows = bodies.flatMap((body, at) =>
    [
      [0, 100],
      [2, 3],
      [50, 5],
    ].map(
      ([offset = 0, count = 0]) =>
        [`${at} from ${offset}`, outcomeOf(() => parseDashboard(JSON.stringify(body), { offset, count }))] as const,
    ),
  );
  await expectTable('dashboards/bodies', [
    ...rows,
    ...['', '{', 'null', '"x"'].map(
      (text) => [`body ${text}`, outcomeOf(() => parseDashboard(text, { offset: 0, count: 5 }))] as const,
    ),
  ]);
});

it('puts the defaults of variables into texts, within limits', async () => {
  const { variables, problems } = readVariables(VARIABLES);
  const many = readVariables(
    Array.from({ length: 28 }, (_, at) => ({
      property: `p${at}`,
      values: Array.from({ length: 105 }, (_item, index) => ({ value: String(index) })),
    })),
  );
  const deep = (depth: number): unknown => (depth === 0 ? 'STAGE' : [deep(depth - 1)]);
  const growing = readVariables([{ type: 'pattern', pattern: 'a', defaultValue: 'b'.repeat(255) }]).variables;
  const texts: readonly unknown[] = [
    'STAGE-STAGE',
    { a: ['STAGE', 5, null] },
    deep(11),
    deep(12),
    deep(13),
    `${'x'.repeat(19_995)}STAGE`,
    `${'x'.repeat(19_996)}STAGE`,
  ];
  const summary = (value: unknown) => [JSON.stringify(value).length, JSON.stringify(value).slice(-40)];
  await expectTable('dashboards/variables', [
    ...variables.map((variable, at) => [String(at), variable] as const),
    ['problems', problems],
    ['many', [many.variables.length, many.variables[0]?.choices.length, many.problems]],
    ['none', [readVariables(undefined), readVariables('x'), readVariables([])]],
    ['defaults', [...propertyDefaults(variables)]],
    ...texts.map((text, at) => {
      const applied = applyPatterns(text, variables);
      return [`text ${at}`, [summary(applied.widgets), applied.isWhole]] as const;
    }),
    ...[77, 78, 79, 80, 790, 1_000].map((count) => {
      const applied = applyPatterns('a'.repeat(count), growing);
      const list = Array.from({ length: count }, () => 'a');
      const listed = applyPatterns(list, growing);
      return [
        `${count} letters`,
        [summary(applied.widgets), applied.isWhole, summary(listed.widgets), listed.isWhole],
      ] as const;
    }),
    ...[199, 200, 201].map(
      (count) =>
        [
          `${count} long texts`,
          applyPatterns(
            Array.from({ length: count }, () => 'z'.repeat(20_000)),
            growing,
          ).isWhole,
        ] as const,
    ),
  ]);
});
