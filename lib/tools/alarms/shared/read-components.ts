/** The alarms below a composite alarm, as the service knows them: no rule is parsed here. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { attempt } from '../../../tool/attempt.ts';
import { findAlarms } from './find-alarm.ts';

const MAX_DEPTH = 5;
/** Each costs calls of its own later. */
const MAX_COMPONENTS = 25;
const CONCURRENCY = 5;

export interface Components {
  readonly alarms: readonly Alarm[];
  readonly warnings: readonly string[];
}

/** One call for the children of each level, and one for what they watch. */
const MAX_FIRING_DEPTH = 3;
const MAX_FIRING = 10;

/**
 * The alarms below a composite one that made it fire and watch something themselves, nearest first.
 * @param triggers names of those that its last change names
 */
export async function findFiringBelow(
  port: AlarmsPort,
  composite: Alarm,
  triggers: readonly string[],
  signal: AbortSignal,
): Promise<readonly Alarm[]> {
  let names = triggers;
  let above = composite.name;
  for (let depth = 0; depth < MAX_FIRING_DEPTH; depth += 1) {
    if (names.length === 0) {
      const children = await port.listChildren(above, signal);
      names = children.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
    }
    if (names.length === 0) return [];
    const alarms = await findAlarms(port, [...new Set(names)].slice(0, MAX_FIRING), signal);
    const leaves = alarms.filter(({ kind }) => kind !== 'composite');
    const next = alarms.find(({ kind, name }) => kind === 'composite' && name !== above);
    if (leaves.length > 0 || next === undefined) return leaves;
    above = next.name;
    names = [];
  }
  return [];
}

/** Children, their children and so on, each once, nearest first; cycles are harmless. */
export async function listComponents(port: AlarmsPort, composite: Alarm, signal: AbortSignal): Promise<Components> {
  const seen = new Set([composite.name]);
  const alarms: Alarm[] = [];
  const warnings: string[] = [];
  let level: readonly Alarm[] = [composite];
  let isCut = false;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const lists = await inParallel(level, CONCURRENCY, ({ name }) => attempt(signal, port.listChildren(name, signal)));
    const names: string[] = [];
    for (const [index, list] of lists.entries()) {
      if ('error' in list)
        warnings.push(
          `The alarms below ${inlineName(level[index]?.name ?? '')} are not known: ${list.error.publicMessage}`,
        );
      else for (const { name } of list.value) if (!seen.has(name)) names.push(name);
    }
    const fresh = [...new Set(names)];
    const taken = fresh.slice(0, MAX_COMPONENTS - alarms.length);
    isCut ||= taken.length < fresh.length;
    if (taken.length === 0) break;
    for (const name of taken) seen.add(name);
    const found = await findAlarms(port, taken, signal);
    alarms.push(...found);
    level = found.filter(({ kind }) => kind === 'composite');
  }
  if (isCut)
    warnings.push(
      `More than ${MAX_COMPONENTS} alarms are below ${inlineName(composite.name)}: only the nearest ${MAX_COMPONENTS} are included.`,
    );
  return { alarms, warnings };
}
