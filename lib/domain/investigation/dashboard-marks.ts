/** Vertical marks of dashboards: people draw them for deploys and events. Pure; labels are foreign text. */

import { parseJson } from '../alarms/alarm-reason.ts';
import { isObject, listOf, objectOf, textOf } from '../dashboards/json-shapes.ts';

export interface DashboardMark {
  readonly epochMs: number;
  readonly label: string;
}

const MAX_WIDGETS = 500;

/** @param body as GetDashboard gives it; what cannot be read holds no mark */
export function readMarks(body: string): readonly DashboardMark[] {
  const parsed = parseJson(body);
  const widgets = listOf(isObject(parsed) ? parsed.widgets : undefined).slice(0, MAX_WIDGETS);
  const marks = widgets.flatMap((widget) => {
    const properties = objectOf(isObject(widget) ? widget.properties : undefined);
    return listOf(objectOf(properties.annotations).vertical).flatMap(readMark);
  });
  return [...new Map(marks.map((mark) => [`${mark.epochMs} ${mark.label}`, mark])).values()];
}

function readMark(entry: unknown): readonly DashboardMark[] {
  return (Array.isArray(entry) ? entry : [entry]).filter(isObject).flatMap((mark) => {
    const epochMs = Date.parse(textOf(mark, 'value') ?? '');
    return Number.isNaN(epochMs) ? [] : [{ epochMs, label: textOf(mark, 'label') ?? 'mark' }];
  });
}
