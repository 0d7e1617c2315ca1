/** The body of a dashboard → its widgets, variables and times (User Guide, "Dashboard body structure and syntax"). Pure. */
import type { Dashboard } from './dashboard.ts';
import { isObject, textOf } from './json-shapes.ts';
import { readTimes, readWidget } from './parse-widget.ts';
import { applyPatterns, propertyDefaults, readVariables } from './variables.ts';

const MAX_WIDGETS = 500; // CloudWatch quotas
const NOTHING: Dashboard = { widgets: [], variables: [], problems: [] };

/** Never throws: what cannot be read is named in `problems`, of the body or of a widget. */
export function parseDashboard(body: string): Dashboard {
  const value = parse(body);
  if (!isObject(value)) return { ...NOTHING, problems: ['The body is not a JSON object, so no widget can be read.'] };
  const { variables, problems } = readVariables(value.variables);
  const times = readTimes(value);
  const found = value.widgets;
  const listed = Array.isArray(found) ? found : [];
  const widgets: unknown = applyPatterns(listed.slice(0, MAX_WIDGETS), variables);
  const defaults = propertyDefaults(variables);
  const periodOverride = textOf(value, 'periodOverride');
  return {
    widgets: Array.isArray(widgets) ? widgets.map((widget, index) => readWidget(widget, index + 1, defaults)) : [],
    variables,
    ...times.found,
    ...(periodOverride !== undefined && { periodOverride }),
    problems: [
      ...(Array.isArray(found) ? [] : ['The body has no list of widgets.']),
      ...(listed.length > MAX_WIDGETS ? [`The body has ${listed.length} widgets; only ${MAX_WIDGETS} were read.`] : []),
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
