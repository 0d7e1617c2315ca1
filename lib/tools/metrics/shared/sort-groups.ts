/** Groups in the order of the figure that is shown, and the headline about them. Pure. */
import { formatValue } from '../../../domain/metrics/metric-value.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import type { GroupFigure, GroupsPlan } from './arguments-metrics.ts';
import type { SeriesView } from './view-series.ts';

const MAX_NAMED = 3;

/** Those with data, by the figure; ties by label. Maximum and sum hold periods that still run, as everywhere; the mean does not. */
export function sortGroups(views: readonly SeriesView[], { figure, direction }: GroupsPlan): SeriesView[] {
  const sign = direction === 'DESC' ? -1 : 1;
  return views
    .filter(({ summary }) => summary !== undefined)
    .toSorted((a, b) => {
      const [x, y] = [figureOf(a, figure), figureOf(b, figure)];
      return x === y ? (a.label < b.label ? -1 : 1) : sign * (x < y ? -1 : 1);
    });
}

function figureOf({ summary, sum }: SeriesView, figure: GroupFigure): number {
  if (summary === undefined) return 0;
  return { maximum: summary.max.value, minimum: summary.min.value, mean: summary.mean, sum: sum ?? summary.total }[
    figure
  ];
}

/** E.g. `Highest maximum by FunctionName: shop-checkout 15,000 ms, shop-search 420 ms; 2 groups with data.` */
export function describeGroups(views: readonly SeriesView[], { figure, direction, groupBy }: GroupsPlan): string {
  const named = views.map(
    (view) => `${inlineName(view.label || view.id)} ${formatValue(figureOf(view, figure), view.unit)}`,
  );
  const rank = direction === 'DESC' ? 'Highest' : 'Lowest';
  return `${rank} ${figure} by ${inlineName(groupBy)}: ${listSome(named, MAX_NAMED, ', ', () => ', …')}; ${countOf(views.length, 'series', 'series')} with data shown.`;
}
