import { assertArgumentCount, type FunctionCall, type MathFunction, readScalar, readText } from '../function.ts';
import { MathError } from '../math-error.ts';
import { isPeriod, PERIOD_RULE } from '../period.ts';
import { makeStoredSeries } from '../series.ts';
import { seriesArray } from '../value.ts';
import { matchesSearch } from './search-match.ts';
import { parseSearch } from './search-parser.ts';
import { labelMetrics } from './series-labels.ts';

/** Time series that one graph, and so one search, can show (User Guide, "Search expression limits"). */
const MAX_SERIES = 500;
const STATISTIC =
  /^(?:SampleCount|Average|Sum|Minimum|Maximum|IQM|p\d{1,2}(?:\.\d+)?|p100|(?:tm|wm|tc|ts)\d{1,2}(?:\.\d+)?|(?:TM|WM|PR|TC|TS)\([^()]+\))$/i;

/** SEARCH('{schema} terms', 'Statistic', periodSeconds): one series for every metric found, none if none is. */
export const search: MathFunction = (call) => {
  assertArgumentCount(call, 2, 3);
  const query = parseSearch(readText(call, 0));
  const statistic = readStatistic(call);
  const periodSeconds = readPeriod(call);
  const { store, range } = call.scope;
  const found = store
    .list()
    .filter((metric) => matchesSearch(query, metric, store.account))
    .slice(0, MAX_SERIES);
  const labels = labelMetrics(found);
  return seriesArray(
    found.map((metric, index) => {
      const label = labels[index] ?? metric.metricName;
      return makeStoredSeries(label, periodSeconds, store.read(metric, range, periodSeconds, statistic));
    }),
  );
};

function readStatistic(call: FunctionCall): string {
  const statistic = readText(call, 1);
  if (STATISTIC.test(statistic)) return statistic;
  throw new MathError(`SEARCH: '${statistic}' is not a statistic, use one like 'Average', 'Sum' or 'p99'`);
}

function readPeriod(call: FunctionCall): number {
  if (call.args.length < 3) return call.scope.periodSeconds;
  const periodSeconds = readScalar(call, 2);
  if (isPeriod(periodSeconds)) return periodSeconds;
  throw new MathError(`SEARCH: the period must be ${PERIOD_RULE}, not ${periodSeconds}`);
}
