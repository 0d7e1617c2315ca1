/** The words of a review. */
import type { Target } from '../../../aws/ports/targets.ts';
import type { Finding, FindingKind } from '../../../domain/alarms/review/finding.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, type TimeRange } from '../../../domain/time.ts';
import type { TargetFacts } from './read.ts';

export interface PlacedFinding extends Finding {
  readonly target: Target;
}

const MAX_NAMES = 6;
const MAX_CALLS = 3;

const TITLES: Readonly<Record<FindingKind, string>> = {
  never_any_data: 'without data',
  unwatched: 'advised, but missing',
  in_alarm_for_days: 'in ALARM for days',
  flapping: 'flapping',
  regular: 'firing by the clock',
  disabled: 'disabled',
  muted: 'muted',
  no_action: 'without action',
  copies: 'copies',
};

/** E.g. `148 alarms in us-east-1: 1 without data, 11 advised, but missing, 3 in ALARM for days, 1 firing by the clock.` */
export function describeReview(facts: readonly TargetFacts[], findings: readonly PlacedFinding[]): string {
  const alarms = facts.reduce((sum, { alarms: own }) => sum + own.length, 0);
  const [only] = facts;
  const where = facts.length === 1 && only !== undefined ? only.target.region : `${facts.length} accounts and regions`;
  const counted = [...Map.groupBy(findings, ({ kind }) => kind)]
    .map(([kind, own]) => `${countAlarms(kind, own)} ${TITLES[kind]}`)
    .join('; ');
  return `${countOf(alarms, 'alarm')} in ${where}: ${counted === '' ? 'nothing to mend was found' : counted}.`;
}

/** Of what is missing, the metrics. */
function countAlarms(kind: FindingKind, findings: readonly Finding[]): number {
  return kind === 'unwatched' ? findings.length : findings.reduce((sum, { names }) => sum + names.length, 0);
}

/** Which days the history covers, and what was left aside. */
export function describeCover(facts: readonly TargetFacts[], range: TimeRange): string[] {
  const covered = coverOf(facts);
  const scaling = facts.reduce((sum, { hiddenAutoScaling }) => sum + hiddenAutoScaling, 0);
  const days = formatDuration(range.endEpochMs - range.startEpochMs);
  return [
    covered === undefined
      ? 'No history was read: flapping, regular and long firing alarms are not known.'
      : covered.startEpochMs > range.startEpochMs
        ? `History: only from ${formatTime(covered.startEpochMs)} on (asked for ${days}); what changed before is not in it.`
        : `History: ${days}, since ${formatTime(range.startEpochMs)}, whole.`,
    ...(scaling === 0 ? [] : [`${countOf(scaling, 'alarm')} of auto scaling (TargetTracking-*) left aside.`]),
  ];
}

/** The part of the range that was read everywhere; undefined where no history could be read. */
export function coverOf(facts: readonly TargetFacts[]): TimeRange | undefined {
  const read = facts.flatMap(({ covered }) => covered ?? []);
  const [first] = read;
  if (first === undefined || read.length < facts.length) return undefined;
  return { ...first, startEpochMs: Math.max(...read.map(({ startEpochMs }) => startEpochMs)) };
}

export function describeFinding({ kind, names, why, target }: PlacedFinding, hasMany: boolean): string {
  const place = hasMany ? `[${target.account}/${target.region}] ` : '';
  if (kind === 'unwatched') return `${place}${TITLES[kind]}: ${why}`;
  return `${place}${TITLES[kind]}: ${listSome(names.map(cleanLine), MAX_NAMES)} — ${why}`;
}

export interface ReadyCall {
  readonly tool: string;
  readonly args: string;
}

/** Templates for what no alarm watches: of each service the first metric and resource. */
export function suggestAlarms(findings: readonly PlacedFinding[], first: Target | undefined): ReadyCall[] {
  const missing = findings.flatMap(({ metric, target }) => (metric === undefined ? [] : [{ metric, target }]));
  const ofServices = [...Map.groupBy(missing, ({ metric }) => metric.namespace).values()];
  return [...ofServices.flatMap(([one]) => one ?? []), ...ofServices.flatMap(([, ...more]) => more)]
    .slice(0, MAX_CALLS)
    .map(({ metric, target }) => ({
      tool: 'get_recommended_metric_alarms',
      args: JSON.stringify({
        namespace: metric.namespace,
        metric_name: metric.metricName,
        dimensions: metric.dimensions.map(({ name, value }) => ({ name, value })),
        ...(target.region !== first?.region && { region: target.region }),
        ...(target.account !== first?.account && { account: target.account }),
      }),
    }));
}
