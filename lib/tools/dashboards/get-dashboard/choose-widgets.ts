/** Which widgets of a dashboard are shown: a page of all, or of those that hold a text. */
import { mapInSlices, runInSlices, type Slices } from '../../../domain/async/slices.ts';
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
export async function chooseWidgets(
  body: string,
  offset: number,
  find: string | undefined,
  slices: Slices,
): Promise<ChosenWidgets> {
  if (find === undefined) {
    const dashboard = await runInSlices(parseDashboard(body, { offset, count: WIDGETS_PER_ANSWER }), slices);
    return { dashboard, page: dashboard.widgets, total: dashboard.kinds.length };
  }
  const dashboard = await runInSlices(parseDashboard(body, { offset: 0, count: MAX_WIDGETS }), slices);
  const wanted = find.toLowerCase();
  const holds = (widget: Widget): boolean => textsOf(widget).some((text) => text.includes(wanted));
  const found = (await mapInSlices(dashboard.widgets, (widget) => (holds(widget) ? [widget] : []), slices)).flat();
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
