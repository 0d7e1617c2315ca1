/** Series written as PromQL selects them. Pure. */

export interface LabelPair {
  readonly name: string;
  readonly value: string;
}

const METRIC_NAME_LABEL = '__name__';

/** What may stand without quotes (Prometheus, "Data model"); dots and `@` of OpenTelemetry may not. */
const BARE_METRIC = /^[A-Za-z_:][\w:]*$/;
const BARE_LABEL = /^[A-Za-z_]\w*$/;

/** `up{job="api"}`, or `{"http.requests", "@resource.service.name"="shop"}` where names need quotes: a selector that fits the series. */
export function writeSelector(labels: readonly LabelPair[]): string {
  const metric = labels.find(({ name }) => name === METRIC_NAME_LABEL)?.value;
  const matchers = labels.filter(({ name }) => name !== METRIC_NAME_LABEL).map(writeMatcher);
  if (metric !== undefined && BARE_METRIC.test(metric)) {
    return matchers.length === 0 ? metric : `${metric}{${matchers.join(', ')}}`;
  }
  return `{${[...(metric === undefined ? [] : [quote(metric)]), ...matchers].join(', ')}}`;
}

function writeMatcher({ name, value }: LabelPair): string {
  return `${BARE_LABEL.test(name) ? name : quote(name)}=${quote(value)}`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
