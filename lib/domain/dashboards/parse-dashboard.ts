/**
 * The body of a dashboard → its variables, times and a page of its widgets (User Guide, "Dashboard body structure and
 * syntax"). Pure. Widgets that are not shown are counted, not read: a body may hold ten thousand metrics.
 */
import type { Dashboard } from './dashboard.ts';
import { isObject, listOf, textOf } from './json-shapes.ts';
import { kindOfWidget, readTimes, readWidget } from './parse-widget.ts';
import { applyPatterns, propertyDefaults, readVariables } from './variables.ts';

const MAX_WIDGETS = 500; // CloudWatch quotas
const MAX_METRICS = 2_500; // of all widgets of a dashboard, CloudWatch quotas
const NOTHING: Dashboard = { kinds: [], widgets: [], variables: [], problems: [] };

export interface WidgetPage {
  /** Widgets before the page. */
  readonly offset: number;
  readonly count: number;
}

/** Never throws: what cannot be read is named in `problems`, of the body or of a widget. */
export function parseDashboard(body: string, { offset, count }: WidgetPage): Dashboard {
  const value = parse(body);
  if (!isObject(value)) return { ...NOTHING, problems: ['The body is not a JSON object, so no widget can be read.'] };
  const { variables, problems } = readVariables(value.variables);
  const times = readTimes(value);
  const found = value.widgets;
  const listed = Array.isArray(found) ? found : [];
  const known = listed.slice(0, MAX_WIDGETS);
  const page = applyPatterns(known.slice(offset, offset + count), variables);
  const defaults = propertyDefaults(variables);
  const left = { metrics: MAX_METRICS };
  const periodOverride = textOf(value, 'periodOverride');
  return {
    kinds: known.map(kindOfWidget),
    widgets: listOf(page.widgets).map((widget, index) => readWidget(widget, offset + index + 1, { defaults, left })),
    variables,
    ...times.found,
    ...(periodOverride !== undefined && { periodOverride }),
    problems: [
      ...(Array.isArray(found) ? [] : ['The body has no list of widgets.']),
      ...(listed.length > MAX_WIDGETS ? [`The body has ${listed.length} widgets; only ${MAX_WIDGETS} were read.`] : []),
      ...(page.isWhole
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
