/** Which widgets of a dashboard are shown: a page of all, or of those that hold a text. Pure. */
import type { Dashboard, Widget } from '../../../domain/dashboards/dashboard.ts';
import { parseDashboard } from '../../../domain/dashboards/parse-dashboard.ts';

const WIDGETS_PER_ANSWER = 50;
/** CloudWatch quotas: all of a dashboard. */
const MAX_WIDGETS = 500;

export interface ChosenWidgets {
  readonly dashboard: Dashboard;
  readonly page: readonly Widget[];
  /** That there are, or that hold the text. */
  readonly total: number;
}

/** @param find in title, metrics, queries, alarms or text, whatever its case */
export function chooseWidgets(body: string, offset: number, find: string | undefined): ChosenWidgets {
  if (find === undefined) {
    const dashboard = parseDashboard(body, { offset, count: WIDGETS_PER_ANSWER });
    return { dashboard, page: dashboard.widgets, total: dashboard.kinds.length };
  }
  const dashboard = parseDashboard(body, { offset: 0, count: MAX_WIDGETS });
  const wanted = find.toLowerCase();
  const found = dashboard.widgets.filter((widget) => textsOf(widget).some((text) => text.includes(wanted)));
  return { dashboard, page: found.slice(offset, offset + WIDGETS_PER_ANSWER), total: found.length };
}

function textsOf({ title, metrics, logQuery, promqlQueries, alarms, details }: Widget): string[] {
  const known = [title, metrics, logQuery, promqlQueries, alarms, details];
  return known.flatMap(stringsIn).map((text) => text.toLowerCase());
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
