/** The alarms below a composite alarm, as the service knows them: no rule is parsed here. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { attempt } from '../../../tool/attempt.ts';
import { findAlarms } from '../shared/find-alarm.ts';

const MAX_DEPTH = 5;
/** Each costs calls of its own later. */
const MAX_COMPONENTS = 25;

export interface Components {
  readonly alarms: readonly Alarm[];
  readonly warnings: readonly string[];
}

/** Children, their children and so on, each once, nearest first; cycles are harmless. */
export async function listComponents(port: AlarmsPort, composite: Alarm, signal: AbortSignal): Promise<Components> {
  const seen = new Set([composite.name]);
  const alarms: Alarm[] = [];
  const warnings: string[] = [];
  let level: readonly Alarm[] = [composite];
  let isCut = false;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const lists = await Promise.all(level.map(({ name }) => attempt(signal, port.listChildren(name, signal))));
    const names: string[] = [];
    for (const [index, list] of lists.entries()) {
      if ('error' in list)
        warnings.push(
          `The alarms below ${inlineName(level[index]?.name ?? '')} are not known: ${list.error.publicMessage}`,
        );
      else names.push(...list.value.map(({ name }) => name).filter((name) => !seen.has(name)));
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
