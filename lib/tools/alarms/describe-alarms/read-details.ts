/** What only further calls tell of alarms: composite alarms above and below, contributors, anomaly detectors, mute rules. */
import type { AlarmContributor, AlarmsPort, MuteRule, RelatedAlarm } from '../../../aws/ports/alarms.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { bandedOf, describeDetector, findDetector } from '../../../domain/alarms/anomaly-detector.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { watchesSeveral } from '../shared/contributors.ts';

/** One to four calls each; DescribeAlarms allows 9 a second (CloudWatch quotas). */
const MAX_DETAILED = 25;
const CONCURRENCY = 5;

export interface AlarmAt {
  readonly target: Target;
  readonly alarm: Alarm;
}

export interface AlarmDetails {
  readonly parents?: readonly RelatedAlarm[];
  readonly children?: readonly RelatedAlarm[];
  readonly contributors?: readonly AlarmContributor[];
  /** The detector behind its band, in words. */
  readonly detector?: string;
  /** Those that mute it now or will. */
  readonly muteRules?: readonly MuteRule[];
}

interface Detailed {
  /** In the order of the alarms; empty for those after {@link MAX_DETAILED} or after the time limit. */
  readonly details: readonly AlarmDetails[];
  readonly warnings: readonly string[];
}

/** A part that is denied or fails is a warning; the others are given. */
export async function readDetails(context: ToolContext, alarms: readonly AlarmAt[]): Promise<Detailed> {
  const details = alarms.map((): { -readonly [Part in keyof AlarmDetails]: AlarmDetails[Part] } => ({}));
  const failures = new Map<string, number>();
  let isCut = false;

  const read = async <Value>(what: string, work: Promise<Value>, keep: (value: Value) => void): Promise<void> => {
    const result = await attempt(context.signal, work);
    if ('value' in result) keep(result.value);
    else {
      const text = `${what} not known: ${result.error.publicMessage}`;
      failures.set(text, (failures.get(text) ?? 0) + 1);
    }
  };
  const readOne = async (index: number, { target, alarm }: AlarmAt): Promise<void> => {
    const port = context.aws(target).alarms;
    const own = details[index] ?? {};
    await Promise.all([
      read('Composite alarms above are', port.listParents(alarm.name, context.signal), (found) => {
        own.parents = found;
      }),
      alarm.kind === 'composite' &&
        read('Alarms below are', port.listChildren(alarm.name, context.signal), (found) => {
          own.children = found;
        }),
      alarm.state === 'ALARM' &&
        watchesSeveral(alarm) &&
        read('Contributors are', port.listContributors(alarm.name, context.signal), (found) => {
          own.contributors = found;
        }),
      alarm.watch.type === 'anomaly' &&
        read('Anomaly detectors are', readDetector(port, alarm, context.signal), (found) => {
          own.detector = found;
        }),
    ]);
  };

  const detailed = alarms.slice(0, MAX_DETAILED);
  let done = 0;
  await Promise.all([
    inParallel(detailed, CONCURRENCY, async (at, index) => {
      if (!context.hasTime()) isCut = true;
      else await readOne(index, at);
      done += 1;
      context.reportProgress({ progress: done, total: detailed.length, message: 'alarms read' });
    }),
    ...groupByTarget(alarms).map(([target, indexes]) =>
      read(
        'Mute rules are',
        context.aws(target).alarms.listMuteRules(['active', 'scheduled'], context.signal),
        (rules) => {
          for (const [index, name] of indexes) {
            const own = details[index];
            if (own !== undefined) own.muteRules = rules.filter(({ alarmNames }) => alarmNames.includes(name));
          }
        },
      ),
    ),
  ]);
  return {
    details,
    warnings: [
      ...[...failures].map(([text, count]) => (count > 1 ? `Of ${count} alarms: ${text}` : text)),
      ...(isCut ? ['The time limit came before all alarms above and below were read.'] : []),
      ...(alarms.length > MAX_DETAILED
        ? [
            `Alarms above and below, contributors and anomaly detectors are given for the first ${MAX_DETAILED} alarms; ask for others by names.`,
          ]
        : []),
    ],
  };
}

/** One call: those on the alarm's metric, or all on metric math. */
async function readDetector(port: AlarmsPort, alarm: Alarm, signal: AbortSignal): Promise<string> {
  const banded = bandedOf(alarm);
  if (banded === undefined) return 'anomaly detector: what the band is about cannot be read';
  const { detectors, isComplete } = await port.listAnomalyDetectors(
    banded.type === 'metric' ? banded.metric : undefined,
    signal,
  );
  const found = findDetector(detectors, banded);
  if (found !== undefined) return describeDetector(found);
  return isComplete
    ? 'anomaly detector: this account and region lists none for what is watched; without one there is no band'
    : `anomaly detector: not among the first ${detectors.length} that were read`;
}

function groupByTarget(alarms: readonly AlarmAt[]): [Target, [index: number, name: string][]][] {
  const groups = new Map<string, [Target, [number, string][]]>();
  for (const [index, { target, alarm }] of alarms.entries()) {
    const key = `${target.account}/${target.region}`;
    const group = groups.get(key) ?? [target, []];
    group[1].push([index, alarm.name]);
    groups.set(key, group);
  }
  return [...groups.values()];
}
