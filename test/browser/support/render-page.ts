import type { ChartPage } from '../../../lib/domain/metrics/chart/chart-page.ts';
import { renderChartPage as renderInSteps } from '../../../lib/domain/metrics/chart/render-chart-page.ts';
import { finishSteps } from '../../support/finish-steps.ts';

/** The whole page. */
export function renderChartPage(page: ChartPage): string {
  return finishSteps(renderInSteps(page));
}
