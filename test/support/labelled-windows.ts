/**
 * Two windows of one log group, made up: each statement has its label, and what became of it is known. What is new, grown or
 * gone is so beyond chance; what is steady has the same rate in both, and enough events that chance does not take them all.
 */
import { HOSTILE_TEXTS } from '../hostile/hostile-texts.ts';
import { MORE, OUTCOMES } from './labelled-outcomes.ts';
import { SERVICES } from './labelled-services.ts';
import { randomFrom, Values } from './labelled-values.ts';

export type Fate = 'new' | 'vanished' | 'grown' | 'failing' | 'steady';

export interface LabelledEvent {
  readonly label: string;
  readonly message: string;
  /** Where in its window, from 0 to 1. */
  readonly at: number;
}

export interface LabelledWindows {
  readonly before: readonly LabelledEvent[];
  readonly now: readonly LabelledEvent[];
  /** By label. */
  readonly fates: ReadonlyMap<string, Fate>;
}

/** Of each kind of change; the other statements stay as they are. */
const CHANGED = 7;
const FAILING = 4;
const MAX_HOSTILE_CHARS = 5_000;
const MIN_STEADY = 14;

/** @param size events of a window, about */
export function makeWindows(seed: number, size: number): LabelledWindows {
  const random = randomFrom(seed * 7_919);
  const values = new Values(random);
  const writers = shuffle(
    [
      ...Object.entries(SERVICES).flatMap(([service, statements]) =>
        Object.entries(statements).map(([name, write]) => [`${service}/${name}`, write] as const),
      ),
      ...Object.entries(MORE),
    ],
    random,
  );
  const fates = new Map<string, Fate>();
  const before: LabelledEvent[] = [];
  const now: LabelledEvent[] = [];
  const put = (window: LabelledEvent[], count: number, label: string, write: () => string, since = 0) => {
    for (let index = 0; index < count; index += 1)
      window.push({ label, message: write(), at: since + random() * (1 - since) });
  };
  const steady = writers.length - 3 * CHANGED;
  for (const [rank, [label, write]] of writers.entries()) {
    const fate = rank < CHANGED ? 'new' : rank < 2 * CHANGED ? 'vanished' : rank < 3 * CHANGED ? 'grown' : 'steady';
    fates.set(label, fate);
    const message = () => write(values);
    if (fate === 'new') put(now, values.int(5, 60), label, message, random() * 0.8);
    else if (fate === 'vanished') put(before, values.int(8, 80), label, message);
    else if (fate === 'grown') {
      const few = values.int(14, 60);
      put(before, few, label, message);
      put(now, Math.round(few * (3 + 3 * random())), label, message);
    } else {
      // As often as its rank: a few write most of a log.
      const share = 1 / (rank - 3 * CHANGED + 1) / Math.log(steady);
      const mean = Math.max(MIN_STEADY, size * share);
      put(before, poisson(mean, random), label, message);
      put(now, poisson(mean, random), label, message);
    }
  }
  for (const [index, [name, { write }]] of shuffle(Object.entries(OUTCOMES), random).entries()) {
    const label = `outcome/${name}`;
    const isFailing = index < FAILING;
    fates.set(label, isFailing ? 'failing' : 'steady');
    const mean = values.int(60, 300);
    put(before, poisson(mean, random), label, () => write(values, false));
    const share = isFailing ? 0.1 + 0.5 * random() : 0;
    put(now, poisson(mean, random), label, () => write(values, random() < share));
  }
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    const label = `hostile/${name}`;
    fates.set(label, 'steady');
    for (const window of [before, now]) put(window, 12, label, () => text.slice(0, MAX_HOSTILE_CHARS));
  }
  return { before, now, fates };
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Rounded normal distribution: close enough from about ten on. */
function poisson(mean: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(1, Math.round(mean + Math.sqrt(mean) * normal));
}
