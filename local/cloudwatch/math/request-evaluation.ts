import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricStore } from '../../data/metric-store.ts';
import { awsError } from '../../types.ts';
import { isMetricsInsightsQuery } from '../insights/detect-query.ts';
import { parseInsights } from '../insights/parser.ts';
import { runInsightsQuery } from '../insights/run-query.ts';
import type { Expression } from './ast.ts';
import type { EvaluationScope } from './function.ts';
import { interpret } from './interpreter.ts';
import { MathError } from './math-error.ts';
import { readMetric } from './metric-stat.ts';
import { parseMath } from './parser.ts';
import { isPeriod, PERIOD_RULE } from './period.ts';
import { listReferences } from './references.ts';
import type { Series, TimeRange } from './series.ts';
import { oneSeries, type Value } from './value.ts';

/** Length of MetricDataQuery.Expression (API reference). */
const MAX_EXPRESSION_CHARS = 2048;
/** What the console uses where neither a query nor a metric of the request says a period. */
const DEFAULT_PERIOD_SECONDS = 300;

export interface EvaluationRequest {
  readonly queries: readonly MetricDataQuery[];
  readonly range: TimeRange;
  readonly store: MetricStore;
  readonly nowEpochMs: number;
}

/** The queries of one request and what is already known of their values: every query is computed once, when first needed. */
export class RequestEvaluation {
  private readonly request: EvaluationRequest;
  private readonly queriesById: ReadonlyMap<string, MetricDataQuery>;
  private readonly values = new Map<string, Value>();
  /** Ids being computed now, outermost first. */
  private readonly path: string[] = [];

  constructor(request: EvaluationRequest) {
    this.request = request;
    this.queriesById = indexById(request.queries);
    assertEitherMetricOrExpression(request.queries);
    assertPeriods(request.queries);
    assertOneInsightsQuery(request.queries);
  }

  /** The value of one of the request's queries. */
  evaluate(query: MetricDataQuery): Value {
    const id = query.Id ?? '';
    const known = this.values.get(id);
    if (known !== undefined) return known;
    if (this.path.includes(id)) {
      const cycle = [...this.path.slice(this.path.indexOf(id)), id].join(' -> ');
      throw new MathError(`The expression refers to itself: ${cycle}`);
    }
    this.path.push(id);
    const value = query.Expression === undefined ? this.evaluateMetric(query) : this.evaluateExpression(query);
    this.path.pop();
    this.values.set(id, value);
    return value;
  }

  private evaluateMetric(query: MetricDataQuery): Value {
    return oneSeries(readMetric(query, this.request.range, this.request.store));
  }

  private evaluateExpression(query: MetricDataQuery): Value {
    const source = query.Expression ?? '';
    try {
      if (source.length > MAX_EXPRESSION_CHARS) {
        throw new MathError(`Expression is longer than ${MAX_EXPRESSION_CHARS} characters`);
      }
      if (isMetricsInsightsQuery(source)) {
        const scope = this.makeScope(query.Period ?? this.findSharedPeriod());
        return runInsightsQuery(parseInsights(source), { ...scope, nowEpochMs: this.request.nowEpochMs });
      }
      const expression = parseMath(source);
      const periodSeconds = query.Period ?? this.findReferencedPeriod(expression) ?? this.findSharedPeriod();
      return interpret(expression, this.makeScope(periodSeconds));
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      throw awsError('ValidationError', `Error in expression '${query.Id}': ${error.message}`);
    }
  }

  private makeScope(periodSeconds: number): EvaluationScope {
    const { range, store, queries } = this.request;
    return {
      range,
      store,
      periodSeconds,
      interpretOver: (other, source) =>
        interpret(source, new RequestEvaluation({ ...this.request, range: other }).makeScope(periodSeconds)),
      resolve: (id) => this.resolve(id),
      isMetric: (id) => this.queriesById.get(id)?.MetricStat !== undefined,
      listMetrics: () =>
        queries.flatMap((candidate): { id: string; series: Series }[] => {
          if (candidate.MetricStat === undefined) return [];
          const value = this.evaluate(candidate);
          return value.kind === 'series' ? [{ id: candidate.Id ?? '', series: value.series }] : [];
        }),
    };
  }

  private resolve(id: string): Value {
    const referenced = this.queriesById.get(id);
    if (referenced === undefined) throw new MathError(`No query of this request has the id '${id}'`);
    return this.evaluate(referenced);
  }

  /** The period of what an expression refers to, so that m1 + TIME_SERIES(5) has the period of m1. */
  private findReferencedPeriod(expression: Expression): number | undefined {
    for (const id of listReferences(expression)) {
      const value = this.resolve(id);
      if (value.kind === 'series') return value.series.periodSeconds;
      if (value.kind === 'array' && value.series[0] !== undefined) return value.series[0].periodSeconds;
    }
    return undefined;
  }

  private findSharedPeriod(): number {
    const periods = this.request.queries.flatMap((query) => query.MetricStat?.Period ?? []);
    return periods.length === 0 ? DEFAULT_PERIOD_SECONDS : Math.min(...periods);
  }
}

function indexById(queries: readonly MetricDataQuery[]): ReadonlyMap<string, MetricDataQuery> {
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]));
  if (byId.size !== queries.length) {
    throw awsError('ValidationError', 'The values for parameter id in MetricDataQueries are not unique.');
  }
  return byId;
}

function assertEitherMetricOrExpression(queries: readonly MetricDataQuery[]): void {
  const both = queries.find((query) => query.Expression !== undefined && query.MetricStat !== undefined);
  if (both !== undefined) {
    throw awsError('ValidationError', `Query '${both.Id}' must have either a MetricStat or an Expression, not both.`);
  }
}

function assertPeriods(queries: readonly MetricDataQuery[]): void {
  for (const { Id: id, Period: own, MetricStat: metricStat } of queries) {
    const wrong = [own, metricStat?.Period].find((seconds) => seconds !== undefined && !isPeriod(seconds));
    if (wrong !== undefined) {
      throw awsError('ValidationError', `The period of query '${id}' must be ${PERIOD_RULE}, but it is ${wrong}.`);
    }
  }
}

/** One query per operation (User Guide, "Metrics Insights quotas"). */
function assertOneInsightsQuery(queries: readonly MetricDataQuery[]): void {
  const found = queries.filter(
    ({ Expression: expression }) => expression !== undefined && isMetricsInsightsQuery(expression),
  );
  if (found.length > 1) {
    throw awsError('ValidationError', 'A GetMetricData operation can include only one Metrics Insights query.');
  }
}
