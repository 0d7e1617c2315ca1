import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import {
  alarmLink,
  alarmsLink,
  allAlarmsLink,
  dashboardLink,
  dashboardsLink,
  insightsHomeLink,
  logGroupLink,
  logsInsightsLink,
  metricsLink,
} from './console-links.ts';

const START = Date.UTC(2026, 2, 1, 12);
const END = Date.UTC(2026, 2, 1, 13);

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

  it('lead to Logs Insights without a query', () => {
    expect(insightsHomeLink('eu-west-1').url).toMatch(/region=eu-west-1#logsV2:logs-insights$/);
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
    expect(link.url).toBe(
      "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:logs-insights$3FqueryDetail$3D~(end~'2026-03-01T13*3a00*3a00.000Z~start~'2026-03-01T12*3a00*3a00.000Z~timeType~'ABSOLUTE~tz~'UTC~editorString~'fields*20*40message*20*7c*20limit*205~source~(~'*2faws*2flambda*2fa~'b))",
    );
  });

  it('draw metrics and expressions', () => {
    const link = metricsLink('us-east-1', {
      metrics: [
        {
          namespace: 'AWS/Lambda',
          metricName: 'Duration',
          dimensions: [{ name: 'FunctionName', value: 'a' }],
          statistic: 'p99',
        },
        { expression: 'm1*2' },
      ],
      startEpochMs: START,
      endEpochMs: END,
      periodSeconds: 60,
    });
    expect(link.url).toBe(
      "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#metricsV2?graph=~(metrics~(~(~'AWS*2fLambda~'Duration~'FunctionName~'a~(stat~'p99))~(~(expression~'m1*2a2)))~view~'timeSeries~stacked~false~region~'us-east-1~period~60~start~'2026-03-01T12*3a00*3a00.000Z~end~'2026-03-01T13*3a00*3a00.000Z)",
    );
  });

  it('never hold what would end a markdown link, even for hostile names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const urls = [
          alarmLink('us-east-1', name).url,
          logGroupLink('us-east-1', name).url,
          logsInsightsLink('us-east-1', { logGroups: [name], query: name, startEpochMs: START, endEpochMs: END }).url,
        ];
        for (const url of urls) {
          expect(url).toMatch(/^[!-~]+$/);
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
