import type { Random } from '../../data/logs/random.ts';
import type { Story } from '../effects.ts';
import type { Estate } from '../estate.ts';
import type { nameAlarms } from '../write-alarms.ts';

export interface KindContext {
  readonly estate: Estate;
  readonly alarms: ReturnType<typeof nameAlarms>;
  readonly random: Random;
}

/** Tells one kind of incident in an estate. */
export type Kind = (context: KindContext) => Story;
