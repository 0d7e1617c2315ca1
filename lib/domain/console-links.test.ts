import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../test/support/property.ts';
import { readConsoleLink } from '../../test/support/read-console-link.ts';
import {
  alarmLink,
  alarmsLink,
  allAlarmsLink,
  dashboardLink,
  dashboardsLink,
  logGroupLink,
  logsInsightsLink,
  metricsLink,
} from './console-links.ts';

const START = Date.UTC(2026, 2, 1, 12);
const END = Date.UTC(2026, 2, 1, 13);
const RANGE = { startEpochMs: START, endEpochMs: END };
const MAX_URL_CHARS = 500;
const NAME = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

describe('console links', () => {
  it('lead to an alarm, whatever its name', () => {
    expect(alarmLink('us-east-1', 'API/5xx (prod)').url).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2:alarm/API%2F5xx%20%28prod%29',
    );
  });

  it('lead to the list of alarms that fire', () => {
    expect(alarmsLink('eu-west-1').url).toBe(
      "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:?~(alarmStateFilter~'ALARM)",
    );
    expect(allAlarmsLink('eu-west-1').url).toMatch(/#alarmsV2:$/);
  });

  it.each([
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
    ['eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu/'],
    ['ap-southeast-9', 'https://ap-southeast-9.console.aws.amazon.com/'],
  ])('know the console of %s', (region, start) => {
    expect(alarmLink(region, 'a').url.startsWith(start)).toBe(true);
  });

  it('lead to a dashboard, and to all of them', () => {
    expect(dashboardLink('us-east-1', 'shop.over_view-1').url).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/shop.over_view-1',
    );
    expect(dashboardLink('cn-north-1', 'a/b').url).toBe(
      'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#dashboards/dashboard/a%2Fb',
    );
    expect(dashboardsLink('us-gov-west-1').url).toBe(
      'https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#dashboards',
    );
  });

  it('lead to a log group', () => {
    expect(logGroupLink('us-east-1', '/aws/lambda/shop-checkout').url).toBe(
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fshop-checkout',
    );
  });

  it('fill in a Logs Insights query', () => {
    const link = logsInsightsLink('us-east-1', {
      logGroups: ['/aws/lambda/a', 'b'],
      query: 'fields @message | limit 5',
      startEpochMs: START,
      endEpochMs: END,
    });
    expect(link?.url).toBe(
      "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:logs-insights$3FqueryDetail$3D~(end~'2026-03-01T13*3a00*3a00Z~start~'2026-03-01T12*3a00*3a00Z~timeType~'ABSOLUTE~editorString~'fields*20*40message*20*7c*20limit*205~source~(~'*2faws*2flambda*2fa~'b))",
    );
  });

  it('draw metrics and expressions', () => {
    const link = metricsLink('us-east-1', {
      metrics: [
        {
          id: 'm1',
          namespace: 'AWS/Lambda',
          metricName: 'Duration',
          dimensions: [{ name: 'FunctionName', value: 'a' }],
          statistic: 'p99',
        },
        { id: 'e1', expression: 'm1*2' },
      ],
      startEpochMs: START,
      endEpochMs: END,
      periodSeconds: 60,
    });
    expect(link?.url).toBe(
      "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#metricsV2?graph=~(metrics~(~(~'AWS*2fLambda~'Duration~'FunctionName~'a~(id~'m1~stat~'p99))~(~(expression~'m1*2a2~id~'e1)))~period~60~start~'2026-03-01T12*3a00*3a00Z~end~'2026-03-01T13*3a00*3a00Z)",
    );
  });

  it('say what they were made of, as far as they are short', () => {
    const metric = fc.record({
      namespace: NAME,
      metricName: NAME,
      dimensions: fc.array(fc.record({ name: NAME, value: NAME }), { maxLength: 3 }),
      statistic: fc.constantFrom('Sum', 'p99.9'),
    });
    fc.assert(
      fc.property(NAME, fc.array(metric, { minLength: 1, maxLength: 5 }), (query, metrics) => {
        const insights = logsInsightsLink('eu-west-1', { logGroups: [query, 'b'], query, ...RANGE });
        if (insights !== undefined)
          expect(readConsoleLink(insights.url).value).toMatchObject({ editorString: query, source: [query, 'b'] });
        const graph = metricsLink('eu-west-1', { metrics, ...RANGE, periodSeconds: 60 });
        for (const url of [insights?.url, graph?.url]) expect(url?.length ?? 0).toBeLessThanOrEqual(MAX_URL_CHARS);
        if (graph === undefined) return;
        const read = readConsoleLink(graph.url);
        expect(read).toMatchObject({ region: 'eu-west-1', page: 'metricsV2', value: { period: 60 } });
        const { metrics: rows, start, end } = read.value as { metrics: unknown[]; start: string; end: string };
        expect([Date.parse(start), Date.parse(end)]).toEqual([START, END]);
        expect(rows.length).toBeGreaterThan(0);
        const all = metrics.map(({ namespace, metricName, dimensions, statistic }) => [
          namespace,
          metricName,
          ...dimensions.flatMap(({ name, value }) => [name, value]),
          { stat: statistic },
        ]);
        expect(rows).toEqual(all.slice(0, rows.length));
      }),
    );
  });

  it('are left out rather than cut where an expression would lose what it names', () => {
    const metric = { id: 'm1', namespace: 'N', metricName: 'm', dimensions: [] };
    const sum = (length: number) => ({ id: 'e1', expression: `m1${' + m1'.repeat(length)}` });
    const short = metricsLink('eu-west-1', { metrics: [metric, sum(10)], ...RANGE });
    expect(readConsoleLink(short?.url ?? '').value).toMatchObject({
      metrics: [['N', 'm', { id: 'm1' }], [{ id: 'e1' }]],
    });
    expect(metricsLink('eu-west-1', { metrics: [metric, sum(200)], ...RANGE })).toBeUndefined();
    expect(logsInsightsLink('eu-west-1', { logGroups: ['a'], query: 'x '.repeat(300), ...RANGE })).toBeUndefined();
  });

  it('never hold what would end a markdown link, even for hostile names', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (name) => {
        const urls = [
          alarmLink('us-east-1', name).url,
          logGroupLink('us-east-1', name).url,
          logsInsightsLink('us-east-1', { logGroups: [name], query: name, ...RANGE })?.url ?? '',
        ];
        for (const url of urls) {
          expect(url).toMatch(/^[!-~]*$/);
          expect(isBalanced(url)).toBe(true);
        }
      }),
    );
  });
});

function isBalanced(url: string): boolean {
  let depth = 0;
  for (const char of url) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
