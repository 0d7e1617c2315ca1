/**
 * The body of a dashboard → its variables, times and a page of its widgets (User Guide, "Dashboard body structure and
 * syntax"). Pure. Widgets that are not shown are counted, not read: a body may hold ten thousand metrics.
 */
import type { Dashboard, Widget } from './dashboard.ts';
import { isObject, textOf } from './json-shapes.ts';
import { kindOfWidget, readTimes, readWidget } from './parse-widget.ts';
import { patternsOf, propertyDefaults, readVariables } from './variables.ts';

const MAX_WIDGETS = 500; // CloudWatch quotas
const MAX_METRICS = 2_500; // of all widgets of a dashboard, CloudWatch quotas
const NOTHING: Dashboard = { kinds: [], widgets: [], variables: [], problems: [] };

export interface WidgetPage {
  /** Widgets before the page. */
  readonly offset: number;
  readonly count: number;
}

/** Never throws: what cannot be read is named in `problems`, of the body or of a widget. Yields after each widget, which may be long. */
export function* parseDashboard(body: string, { offset, count }: WidgetPage): Generator<void, Dashboard, undefined> {
  const value = parse(body);
  if (!isObject(value)) return { ...NOTHING, problems: ['The body is not a JSON object, so no widget can be read.'] };
  const { variables, problems } = readVariables(value.variables);
  const times = readTimes(value);
  const found = value.widgets;
  const listed = Array.isArray(found) ? found : [];
  const known = listed.slice(0, MAX_WIDGETS);
  const patterns = patternsOf(variables);
  const defaults = propertyDefaults(variables);
  const left = { metrics: MAX_METRICS };
  const periodOverride = textOf(value, 'periodOverride');
  yield;
  const widgets: Widget[] = [];
  for (const widget of known.slice(offset, offset + count)) {
    widgets.push(readWidget(patterns.apply(widget), offset + widgets.length + 1, { defaults, left }));
    yield;
  }
  return {
    kinds: known.map(kindOfWidget),
    widgets,
    variables,
    ...times.found,
    ...(periodOverride !== undefined && { periodOverride }),
    problems: [
      ...(Array.isArray(found) ? [] : ['The body has no list of widgets.']),
      ...(listed.length > MAX_WIDGETS ? [`The body has ${listed.length} widgets; only ${MAX_WIDGETS} were read.`] : []),
      ...(patterns.isWhole()
        ? []
        : [
            'With the defaults of its pattern variables the widgets would be too long: some texts keep their patterns.',
          ]),
      ...[...problems, ...times.problems].map((problem) => `Of the body: ${problem}.`),
    ],
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
