import { generateIncident, generateTruth } from '../incidents/generate.ts';
import type { Truth } from '../incidents/incident.ts';
import { generateLinkedAccounts } from '../incidents/linked-accounts.ts';
import type { ScenarioDocument } from './document.ts';

/** A scenario that this program brings along. */
export interface BuiltInScenario {
  /** One line, for lists. */
  readonly title: string;
  /** The same document each time: not to be changed. */
  make(): ScenarioDocument;
  /** Of an incident: the alarm that somebody asks about, and what should be found. */
  readonly truth?: () => Truth;
}

/** The seed of the built-in incidents. */
const SEED = 42;

function incident(kind: string, title: string): BuiltInScenario {
  // Who opens a world at several hours makes one document, as long as somebody has it still.
  let made: WeakRef<ScenarioDocument> | undefined;
  return {
    title,
    make() {
      const document = made?.deref() ?? { ...generateIncident(kind, SEED).document, name: kind };
      made = new WeakRef(document);
      return document;
    },
    truth: () => generateTruth(kind, SEED),
  };
}

/** By the name that `--scenario` takes. */
export const BUILT_IN_SCENARIOS: Readonly<Record<string, BuiltInScenario>> = {
  'slow-leak': incident('slow-leak', 'memory of a container grows for nine days'),
  'traffic-spike': incident('traffic-spike', 'many more customers than usual, all of them served'),
  'upstream-throttling': incident('upstream-throttling', 'a table is throttled and its callers fail'),
  'connection-exhaustion': incident('connection-exhaustion', 'a database has no connections left'),
  'nightly-run': incident('nightly-run', 'a job makes a database busy every night'),
  'just-noise': incident('just-noise', 'an alarm by chance'),
  'linked-accounts': {
    title: 'a monitoring account sees two source accounts, one of which fails',
    make: () => generateLinkedAccounts(SEED),
  },
};
