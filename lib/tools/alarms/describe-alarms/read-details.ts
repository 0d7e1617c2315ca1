/** What only further calls tell of alarms: composite alarms above and below, contributors, mute rules. */
import type { AlarmContributor, MuteRule, RelatedAlarm } from '../../../aws/ports/alarms.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { watchesSeveral } from '../shared/contributors.ts';

/** One to three calls each; DescribeAlarms allows 9 a second (CloudWatch quotas). */
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
            `Alarms above and below and contributors are given for the first ${MAX_DETAILED} alarms; ask for others by names.`,
          ]
        : []),
    ],
  };
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
