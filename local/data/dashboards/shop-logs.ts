import { LOG_GROUPS } from '../../scenario.ts';
import { arrange, type DashboardBody, logTable } from './widgets.ts';

/** Errors and traffic out of the logs. */
export const SHOP_LOGS: DashboardBody = {
  start: '-PT1H',
  widgets: arrange([
    logTable(
      'Errors by message',
      `SOURCE '${LOG_GROUPS.checkout}' | SOURCE '${LOG_GROUPS.payment}' | filter level = "ERROR"\n| stats count(*) as events by error.message\n| sort events desc`,
      { view: 'bar' },
    ),
    logTable(
      'Errors of all functions',
      'SOURCE logGroups(namePrefix: ["/aws/lambda/shop-"]) | filter level = "ERROR" | stats count(*) as errors by bin(5m)',
      { view: 'timeSeries', stacked: true },
    ),
    logTable(
      'Europe',
      `SOURCE '/aws/lambda/shop-edge' | fields @timestamp, @message | sort @timestamp desc | limit 10`,
      { region: 'eu-west-1' },
    ),
  ]),
};
