/** Vertical marks of dashboards: people draw them for deploys and events. Pure; labels are foreign text. */

import { parseJson } from '../alarms/alarm-reason.ts';
import { isObject, listOf, objectOf, textOf } from '../dashboards/json-shapes.ts';
import { clip } from '../text/clean-text.ts';
import type { TimeRange } from '../time.ts';

export interface DashboardMark {
  readonly epochMs: number;
  readonly label: string;
}

const MAX_WIDGETS = 500;
const MAX_LABEL_CHARS = 200;
const MARKS_PER_STEP = 100;

/**
 * Yields after some marks: nothing bounds their number.
 * @param body as GetDashboard gives it; what cannot be read holds no mark
 * @param range in which they lie
 */
export function* readMarks(
  body: string,
  { startEpochMs, endEpochMs }: TimeRange,
): Generator<void, readonly DashboardMark[], undefined> {
  const parsed = parseJson(body);
  yield;
  const widgets = listOf(isObject(parsed) ? parsed.widgets : undefined).slice(0, MAX_WIDGETS);
  const marks = new Map<string, DashboardMark>();
  let seen = 0;
  for (const widget of widgets) {
    const properties = objectOf(isObject(widget) ? widget.properties : undefined);
    for (const entry of listOf(objectOf(properties.annotations).vertical)) {
      for (const mark of Array.isArray(entry) ? entry : [entry]) {
        const { epochMs, label } = readMark(mark);
        if (epochMs >= startEpochMs && epochMs <= endEpochMs) marks.set(`${epochMs} ${label}`, { epochMs, label });
        seen += 1;
        if (seen % MARKS_PER_STEP === 0) yield;
      }
    }
  }
  return [...marks.values()];
}

/** NaN where it is none. */
function readMark(entry: unknown): DashboardMark {
  const mark = objectOf(entry);
  return {
    epochMs: Date.parse(textOf(mark, 'value') ?? ''),
    label: clip(textOf(mark, 'label') ?? 'mark', MAX_LABEL_CHARS),
  };
}
