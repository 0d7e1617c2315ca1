import { DEFAULT_REGION, SHOP } from '../../scenario.ts';
import { arrange, type DashboardBody, text } from './widgets.ts';

interface ChartQuery {
  readonly id: string;
  readonly query: string;
  readonly label?: string;
}

/** The shape of the widgets that the console's Query Studio writes. */
function chart(title: string, view: 'line' | 'number' | 'bar', queries: readonly ChartQuery[]) {
  return {
    type: 'chart',
    properties: {
      title,
      view,
      region: DEFAULT_REGION,
      data: {
        queries: queries.map((query) => ({ type: 'cloudwatch-metrics', language: 'PromQL', step: 60, ...query })),
      },
      plotOptions: {
        legend: { position: 'bottom', show: true },
        xAxis: { type: 'datetime' },
        yAxis: [{ type: 'linear' }],
        style: {
          lineOptions: { filled: false, stacked: false, width: 2 },
          numberOptions: { sparkline: view === 'number' },
        },
      },
    },
  };
}

const FUNCTIONS = `FunctionName=~"${SHOP.checkoutFunction}|${SHOP.paymentFunction}"`;

/** The same functions as on the overview, asked in PromQL. */
export const SHOP_PROMQL: DashboardBody = {
  start: '-PT3H',
  widgets: arrange([
    text('## Functions in PromQL'),
    chart('Errors now', 'number', [
      { id: 'a', query: `sum(histogram_sum({"Errors", ${FUNCTIONS}}))`, label: 'Errors' },
    ]),
    chart('Mean duration', 'line', [
      {
        id: 'checkout',
        query: `histogram_avg({"Duration", FunctionName="${SHOP.checkoutFunction}"})`,
        label: 'checkout',
      },
      { id: 'payment', query: `histogram_avg({"Duration", FunctionName="${SHOP.paymentFunction}"})`, label: 'payment' },
    ]),
    chart('Invocations by function', 'bar', [
      { id: 'a', query: 'topk(5, sum by (FunctionName) (histogram_sum({"Invocations"})))' },
    ]),
  ]),
};
