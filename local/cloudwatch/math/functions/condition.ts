import { assertArgumentCount, type FunctionCall, type MathFunction } from '../function.ts';
import { MathError } from '../math-error.ts';
import { indexByTimestamp, listPoints, makeSeries, type Series } from '../series.ts';
import { assertSamePeriod, nameKind, oneSeries, type Value } from '../value.ts';

/**
 * IF(condition, trueValue, falseValue) in the combinations that the CloudWatch User Guide lists under "Using IF
 * expressions". Where the condition holds, a point missing in the true series counts as 0; where it does not, a point
 * missing in the false series, or an omitted third argument, drops the point.
 */
export const condition: MathFunction = (call) => {
  assertArgumentCount(call, 2, 3);
  const [test, whenTrue, whenFalse] = call.args;
  if (test?.kind === 'series' && isBranch(whenTrue) && (whenFalse === undefined || isBranch(whenFalse))) {
    return oneSeries(choosePoints(test.series, whenTrue, whenFalse));
  }
  if (test?.kind === 'scalar' && whenTrue?.kind === 'series') {
    if (whenFalse === undefined) return oneSeries(test.value === 0 ? emptied(whenTrue.series) : whenTrue.series);
    if (whenFalse.kind === 'series') {
      assertSamePeriod([whenTrue.series, whenFalse.series]);
      return test.value === 0 ? whenFalse : whenTrue;
    }
  }
  throw unsupportedCombination(call);
};

type Branch = Extract<Value, { kind: 'scalar' | 'series' }>;

function isBranch(value: Value | undefined): value is Branch {
  return value?.kind === 'scalar' || value?.kind === 'series';
}

function choosePoints(test: Series, whenTrue: Branch, whenFalse: Branch | undefined): Series {
  const branches = [whenTrue, whenFalse].flatMap((branch) => (branch?.kind === 'series' ? [branch.series] : []));
  assertSamePeriod([test, ...branches]);
  const readTrue = readBranch(whenTrue);
  const readFalse = readBranch(whenFalse);
  const points = listPoints(test).map(([timestamp, value]) => {
    const chosen = value === 0 ? readFalse(timestamp) : (readTrue(timestamp) ?? 0);
    return [timestamp, chosen] as const;
  });
  return makeSeries(branches[0]?.label ?? test.label, test.periodSeconds, points, [test, ...branches]);
}

function readBranch(branch: Branch | undefined): (timestampEpochMs: number) => number | undefined {
  if (branch === undefined) return () => undefined;
  if (branch.kind === 'scalar') return () => branch.value;
  const values = indexByTimestamp(branch.series);
  return (timestamp) => values.get(timestamp);
}

function emptied(series: Series): Series {
  return makeSeries(series.label, series.periodSeconds, []);
}

function unsupportedCombination(call: FunctionCall): MathError {
  const kinds = call.args.map((argument) => `'${nameKind(argument)}'`).join(', ');
  return new MathError(`Unsupported argument types for function 'IF': ${kinds}`);
}
