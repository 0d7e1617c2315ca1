/** What is no incident: an alarm by chance, and one of every night. Each is told as such, in one call. */
import { BUILT_IN_SCENARIOS } from '../../local/scenarios/registry.ts';
import type { Ask } from './story.ts';

/** Built-in scenarios, and what a person asks about the alarm of each. */
export const ORDINARY = [
  { scenario: 'just-noise', question: 'Another day: this one fired and went out again. What was it?' },
  { scenario: 'nightly-run', question: 'Another night, and the database again. Must anybody get up?' },
] as const;

export type Ordinary = (typeof ORDINARY)[number];

/** @throws Error for a scenario that tells of no alarm */
export async function tellOrdinary(ask: Ask, { scenario, question }: Ordinary): Promise<void> {
  const alarm = BUILT_IN_SCENARIOS[scenario]?.truth?.().alarm;
  if (alarm === undefined) throw new Error(`The scenario ${scenario} tells of no alarm.`);
  await ask(question, 'investigate_alarm', { alarm_name: alarm });
}
