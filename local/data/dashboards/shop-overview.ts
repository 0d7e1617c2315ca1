import { FIRING_ALARMS, SHOP, TIMELINE } from '../../scenario.ts';
import { BUSINESS_NAMESPACE } from '../metrics/edge.ts';
import { alarmArn, arrange, type DashboardBody, graph, text } from './widgets.ts';

/** Stands in the widgets for the function that is chosen above them. */
const FUNCTION = '__FUNCTION__';
const FUNCTION_VARIABLE = {
  type: 'pattern',
  pattern: FUNCTION,
  inputType: 'select',
  id: 'function',
  label: 'Function',
  defaultValue: SHOP.checkoutFunction,
  visible: true,
  values: [SHOP.checkoutFunction, SHOP.cartFunction, SHOP.paymentFunction].map((value) => ({ value })),
};

/** What the team looks at first, in both regions. The deploy of the incident is marked. */
export function createShopOverview(anchorEpochMs: number): DashboardBody {
  const deployed = new Date(anchorEpochMs - TIMELINE.deployAgoMs).toISOString();
  return {
    start: '-PT3H',
    periodOverride: 'inherit',
    variables: [FUNCTION_VARIABLE],
    widgets: arrange([
      text('# Shop\nOn call: #shop-oncall. Runbook: https://wiki.example.com/shop'),
      {
        type: 'alarm',
        properties: {
          title: 'Alarms of the shop',
          alarms: Object.values(FIRING_ALARMS).map((name) => alarmArn(name)),
          sortBy: 'stateUpdatedTimestamp',
          states: ['ALARM', 'INSUFFICIENT_DATA'],
        },
      },
      graph(`Duration of ${FUNCTION}`, {
        metrics: [
          ['AWS/Lambda', 'Duration', 'FunctionName', FUNCTION, { stat: 'p99', label: 'p99' }],
          ['...', { stat: 'p50', label: 'median' }],
        ],
        period: 60,
        annotations: {
          horizontal: [{ label: 'Alarm', value: 3000, fill: 'above', color: '#d62728' }],
          vertical: [{ label: 'checkout 2.14.0', value: deployed }],
        },
        yAxis: { left: { min: 0, label: 'ms', showUnits: false } },
      }),
      graph(`Error rate of ${FUNCTION}`, {
        metrics: [
          [{ expression: '100 * errors / invocations', label: 'Error rate (%)', id: 'rate' }],
          ['AWS/Lambda', 'Errors', 'FunctionName', FUNCTION, { id: 'errors', visible: false }],
          ['.', 'Invocations', '.', '.', { id: 'invocations', visible: false }],
        ],
        period: 60,
        stat: 'Sum',
        liveData: true,
        annotations: { alarms: [alarmArn(FIRING_ALARMS.checkoutErrors)] },
      }),
      graph('Invocations in both regions', {
        metrics: [
          ['AWS/Lambda', 'Invocations', 'FunctionName', SHOP.checkoutFunction, { region: 'us-east-1' }],
          ['...', 'shop-eu-checkout', { region: 'eu-west-1' }],
        ],
        stat: 'Sum',
        period: 300,
        stacked: true,
      }),
      graph('Orders', {
        metrics: [
          [BUSINESS_NAMESPACE, 'OrdersPlaced', { id: 'orders' }],
          [{ expression: 'ANOMALY_DETECTION_BAND(orders, 2)', label: 'expected', id: 'band' }],
        ],
        stat: 'Sum',
        period: 300,
      }),
      graph('Revenue', {
        metrics: [[BUSINESS_NAMESPACE, 'Revenue', 'Currency', 'EUR']],
        view: 'singleValue',
        sparkline: true,
        stat: 'Sum',
        period: 3600,
      }),
      graph('Time-outs and throttles', {
        metrics: [
          [
            {
              expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Throttles" FunctionName=("shop-checkout" OR "shop-search")', 'Sum', 300)`,
              id: 'throttles',
            },
          ],
        ],
      }),
      {
        type: 'metric',
        properties: { title: 'Queue age', annotations: { alarms: [alarmArn(FIRING_ALARMS.queueAge)] } },
      },
      graph('Checkout in Europe', {
        region: 'eu-west-1',
        start: '-P1D',
        metrics: [
          ['AWS/Lambda', 'Duration', 'FunctionName', 'shop-eu-checkout', { stat: 'p95' }],
          ['.', 'Errors', '.', '.', { stat: 'Sum', yAxis: 'right' }],
        ],
        period: 300,
      }),
    ]),
  };
}
