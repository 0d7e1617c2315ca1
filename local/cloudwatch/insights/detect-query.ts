/** Whether an expression is a Metrics Insights query rather than metric math, in which a name is never followed by a name. */
export function isMetricsInsightsQuery(expression: string): boolean {
  return /^\s*select(?:\s|$)/i.test(expression);
}
