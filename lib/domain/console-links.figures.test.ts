import { it } from 'vitest';
import { expectTable } from '../../test/support/golden-table.ts';
import {
  alarmLink,
  alarmsLink,
  allAlarmsLink,
  dashboardLink,
  dashboardsLink,
  logGroupLink,
  logGroupsLink,
  logsInsightsLink,
  metricsLink,
} from './console-links.ts';
import { REGIONS } from './regions.ts';

const RANGE = { startEpochMs: Date.UTC(2026, 2, 1, 12), endEpochMs: Date.UTC(2026, 2, 1, 13) };
/** Both sides of each limit of the console's notations. */
const NAMES = [
  'a',
  '/aws/x',
  'ü ~',
  '\u0001',
  '\u000f',
  '\u0010',
  '\u007f',
  '\u00ff',
  '\u0100',
  '\u0fff',
  '\u1000',
  '😀',
  "(')*!",
];

it('leads to every page, whatever the names', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const pages = { alarmsLink, allAlarmsLink, dashboardsLink, logGroupsLink };
  for (const [page, link] of Object.entries(pages)) rows.push([page, link('eu-west-1')]);
  for (const name of NAMES) {
    const shown = JSON.stringify(name);
    rows.push([`alarm ${shown}`, alarmLink('eu-west-1', name)]);
    rows.push([`dashboard ${shown}`, dashboardLink('eu-west-1', name)]);
    rows.push([`log group ${shown}`, logGroupLink('eu-west-1', name)]);
    rows.push([`query ${shown}`, logsInsightsLink('eu-west-1', { logGroups: [name, 'b'], query: name, ...RANGE })]);
  }
  rows.push(['query of no log group', logsInsightsLink('eu-west-1', { logGroups: [], query: 'x', ...RANGE })]);
  const metric = { namespace: 'N', metricName: 'm', dimensions: [{ name: 'd', value: 'v' }] };
  const graphs = {
    plain: [metric],
    statistic: [{ ...metric, statistic: 'p99' }],
    account: [{ ...metric, accountId: '111122223333' }],
    both: [{ ...metric, statistic: 'Sum', accountId: '111122223333' }],
    expression: [
      { id: 'e', expression: 'a + b' },
      { id: 'a', ...metric, dimensions: [] },
    ],
    none: [],
  };
  for (const [name, metrics] of Object.entries(graphs))
    for (const periodSeconds of [undefined, 60])
      rows.push([
        `graph, ${name}, ${periodSeconds}`,
        metricsLink('eu-west-1', { metrics, ...RANGE, ...(periodSeconds !== undefined && { periodSeconds }) })?.url,
      ]);
  for (const region of [...Object.keys(REGIONS), 'xx-new-1', 'constructor'])
    rows.push([region, alarmLink(region, 'a').url]);
  await expectTable('console-links', rows);
});
