/** Alarms that exist already beside the ones recommended. Pure. */
import { dropAtEnd } from '../../text/drop-at-end.ts';
import type { AlarmTemplate } from './alarm-template.ts';

/** What matters of an alarm that exists. */
export interface ExistingAlarm {
  readonly type: 'metric' | 'anomaly';
  readonly statistic: string;
  /** Of an anomaly alarm, e.g. `ANOMALY_DETECTION_BAND(m1, 2)`. */
  readonly band?: string | undefined;
  readonly condition: {
    readonly operator?: string | undefined;
    readonly threshold?: number | undefined;
    readonly periodSeconds?: number | undefined;
    readonly evaluationPeriods?: number | undefined;
    readonly datapointsToAlarm?: number | undefined;
    readonly treatMissingData?: string | undefined;
  };
}

/**
 * `duplicate`: the same in all that decides when it fires. `stricter`: fires sooner than the recommended one, `looser`:
 * later. `similar`: the same threshold, and neither of them in every case sooner.
 */
export type Relation = 'duplicate' | 'stricter' | 'looser' | 'similar';

const ROUNDING = 1e-9;
const BAND_WIDTH = /ANOMALY_DETECTION_BAND\(\s*\w+\s*(?:,\s*([\d.]+)\s*)?\)/i;
const DEFAULT_BAND_WIDTH = 2;

/** Undefined for an alarm that looks at something else: another statistic, side or kind of threshold. */
export function relate(existing: ExistingAlarm, recommended: AlarmTemplate): Relation | undefined {
  const { condition } = existing;
  const wanted = recommended.condition;
  if (writeStatistic(existing.statistic) !== writeStatistic(recommended.statistic)) return undefined;
  if (wanted.kind === 'band') {
    if (existing.type !== 'anomaly' || condition.operator !== wanted.comparison) return undefined;
    const width = Number(BAND_WIDTH.exec(existing.band ?? '')?.[1] ?? DEFAULT_BAND_WIDTH);
    return combine(Math.sign(wanted.width - width), existing, recommended);
  }
  const { operator = '', threshold } = condition;
  if (existing.type !== 'metric' || threshold === undefined) return undefined;
  const isAbove = wanted.comparison.startsWith('Greater');
  if (operator.startsWith('Greater') !== isAbove) return undefined;
  const scale = Math.max(Math.abs(threshold), Math.abs(wanted.threshold));
  const isSame = Math.abs(threshold - wanted.threshold) <= scale * ROUNDING;
  const orEqual = Number(operator.includes('OrEqual')) - Number(wanted.comparison.includes('OrEqual'));
  const nearer = Math.sign(isAbove ? wanted.threshold - threshold : threshold - wanted.threshold);
  return combine(isSame ? orEqual : nearer, existing, recommended);
}

/** @param nearer 1 when the existing alarm's limit is met sooner, −1 when later, 0 when they are the same */
function combine(nearer: number, { condition }: ExistingAlarm, recommended: AlarmTemplate): Relation {
  const periods = condition.evaluationPeriods ?? 1;
  const needed = condition.datapointsToAlarm ?? periods;
  const sooner = Math.sign(
    recommended.datapointsToAlarm * recommended.periodSeconds -
      needed * (condition.periodSeconds ?? recommended.periodSeconds),
  );
  const isSameRhythm =
    condition.periodSeconds === recommended.periodSeconds &&
    periods === recommended.evaluationPeriods &&
    needed === recommended.datapointsToAlarm &&
    (condition.treatMissingData ?? 'missing') === recommended.missingData;
  if (nearer === 0 && isSameRhythm) return 'duplicate';
  // The limit weighs more than the periods: how far is too far is the question.
  const sign = nearer === 0 ? sooner : nearer;
  return sign === 0 ? 'similar' : sign > 0 ? 'stricter' : 'looser';
}

function writeStatistic(statistic: string): string {
  return statistic
    .toLowerCase()
    .replace(/\.\d+/g, (fraction) => dropAtEnd(fraction, '0'))
    .replace(/\.(?!\d)/g, '');
}
