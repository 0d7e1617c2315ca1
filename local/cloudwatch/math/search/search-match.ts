import { ACCOUNT_LABEL, type MetricIdentity } from '../../../data/metric-store.ts';
import type { MetricSchema, SearchCondition, SearchQuery } from './search-ast.ts';
import { matchesPartially } from './search-tokens.ts';

/** Whether a search finds a metric; LOCAL is the account that searches, `ownAccount`. */
export function matchesSearch(query: SearchQuery, metric: MetricIdentity, ownAccount?: string): boolean {
  if (query.schema !== undefined && !matchesSchema(query.schema, metric)) return false;
  return query.condition === undefined || matchesCondition(query.condition, metric, ownAccount);
}

/** Whether a metric is of the namespace and has exactly these dimensions, in any order. */
export function matchesSchema(schema: MetricSchema, metric: MetricIdentity): boolean {
  const wanted = new Set(schema.dimensionNames);
  return (
    metric.namespace === schema.namespace &&
    metric.dimensions.length === wanted.size &&
    metric.dimensions.every(({ name }) => wanted.has(name))
  );
}

function matchesCondition(condition: SearchCondition, metric: MetricIdentity, ownAccount: string | undefined): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.parts.every((part) => matchesCondition(part, metric, ownAccount));
    case 'any':
      return condition.parts.some((part) => matchesCondition(part, metric, ownAccount));
    case 'not':
      return !matchesCondition(condition.part, metric, ownAccount);
    case 'term': {
      // An account is itself, never a part of one.
      if (condition.property === ACCOUNT_LABEL)
        return metric.account === (condition.text === 'LOCAL' ? ownAccount : condition.text);
      const names = listNames(metric, condition.property);
      return names.some((name) =>
        condition.isExact ? name === condition.text : matchesPartially(condition.text, name),
      );
    }
  }
}

function listNames(metric: MetricIdentity, property: string | undefined): readonly string[] {
  if (property === 'MetricName') return [metric.metricName];
  if (property === 'Namespace') return [metric.namespace];
  if (property !== undefined) {
    return metric.dimensions.filter(({ name }) => name === property).map(({ value }) => value);
  }
  return [metric.metricName, metric.namespace, ...metric.dimensions.flatMap(({ name, value }) => [name, value])];
}
