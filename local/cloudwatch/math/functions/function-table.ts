import type { MathFunction } from '../function.ts';
import { MathError } from '../math-error.ts';
import { search } from '../search/search-function.ts';
import { AGGREGATES } from './aggregates.ts';
import { anomalyBand } from './anomaly-band.ts';
import { ARRAYS } from './arrays.ts';
import { CALENDAR } from './calendar.ts';
import { condition } from './condition.ts';
import { DIFFERENCES } from './differences.ts';
import { fill } from './fill.ts';
import { POINTWISE } from './pointwise.ts';

const FUNCTIONS: ReadonlyMap<string, MathFunction> = new Map(
  Object.entries({
    ...AGGREGATES,
    ...ARRAYS,
    ...CALENDAR,
    ...DIFFERENCES,
    ...POINTWISE,
    ANOMALY_DETECTION_BAND: anomalyBand,
    FILL: fill,
    IF: condition,
    SEARCH: search,
  }),
);

// The service has them; what they would need (rules, quotas, Performance Insights, functions) does not exist here.
const NOT_IMITATED = new Set(['INSIGHT_RULE_METRIC', 'SERVICE_QUOTA', 'DB_PERF_INSIGHTS', 'LAMBDA']);

/** The function of that name, which is case-sensitive. Throws MathError for one that does not exist. */
export function findFunction(name: string): MathFunction {
  const found = FUNCTIONS.get(name);
  if (found !== undefined) return found;
  const reason = NOT_IMITATED.has(name) ? 'is not supported by this imitation of CloudWatch' : 'not found';
  throw new MathError(`Function '${name}' ${reason}`);
}
