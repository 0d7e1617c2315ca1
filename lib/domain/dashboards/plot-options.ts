/** How a chart widget draws: what of it tells something of the values, in words, and what is not understood. Pure. */
import { formatNumber } from '../metrics/metric-value.ts';
import { isObject, type JsonObject, lineOf, listOf, numberOf, objectOf } from './json-shapes.ts';

const MAX_LABEL_CHARS = 100;
const MAX_AXES = 10;
const MAX_DEPTH = 8;

/** A member that is understood, or those below it. */
type Known = true | { readonly [name: string]: Known };
/** As the console's Query Studio writes them; what is `true` and not told in words is layout. */
const KNOWN: Known = {
  legend: { position: true, show: true },
  xAxis: { type: true },
  yAxis: { type: true, label: true, min: true, max: true },
  style: { lineOptions: { filled: true, stacked: true, width: true }, numberOptions: { sparkline: true } },
};

export interface PlotOptions {
  readonly details: readonly string[];
  /** Paths of members whose meaning is not known here, e.g. `style.barOptions`. */
  readonly strangers: readonly string[];
}

export function readPlotOptions(value: unknown): PlotOptions {
  const options = objectOf(value);
  const { yAxis } = options;
  const axes = (Array.isArray(yAxis) ? listOf(yAxis) : [yAxis]).filter(isObject).slice(0, MAX_AXES);
  const lines = objectOf(objectOf(options.style).lineOptions);
  return {
    details: [...axes.flatMap(describeAxis), ...(lines.stacked === true ? ['stacked'] : [])],
    strangers: value === undefined ? [] : findStrangers(value, KNOWN, '', 0),
  };
}

function describeAxis(axis: JsonObject): string[] {
  const [label, min, max] = [lineOf(axis, 'label', MAX_LABEL_CHARS), numberOf(axis, 'min'), numberOf(axis, 'max')];
  const type = lineOf(axis, 'type', MAX_LABEL_CHARS);
  const parts = [
    ...(type === undefined || type === 'linear' ? [] : [`${type} scale`]),
    ...(label === undefined ? [] : [`"${label}"`]),
    ...(min === undefined ? [] : [`from ${formatNumber(min)}`]),
    ...(max === undefined ? [] : [`to ${formatNumber(max)}`]),
  ];
  return parts.length === 0 ? [] : [`axis ${parts.join(' ')}`];
}

/** Each by the highest member that is not known; a list has what its entries have. */
function findStrangers(value: unknown, known: Known, path: string, depth: number): string[] {
  if (known === true) return [];
  const entries = Array.isArray(value) ? value.slice(0, MAX_AXES) : [value];
  const found = entries.flatMap((entry) => {
    if (!isObject(entry) || depth > MAX_DEPTH) return [path];
    return Object.keys(entry).flatMap((name) => {
      const below = Object.hasOwn(known, name) ? known[name] : undefined;
      const whole = path === '' ? name : `${path}.${name}`;
      return below === undefined ? [whole] : findStrangers(entry[name], below, whole, depth + 1);
    });
  });
  return [...new Set(found)];
}
