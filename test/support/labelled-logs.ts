/** Log lines of invented services, each with the name of the statement that wrote it: what clustering is measured by. */
import { SERVICES } from './labelled-services.ts';
import { randomFrom, Values } from './labelled-values.ts';

export interface LabelledMessage {
  readonly label: string;
  readonly text: string;
}

export interface LabelledSet {
  readonly service: string;
  readonly messages: readonly LabelledMessage[];
}

/** @param perService messages of each service; the statements of a service differ in how often they write */
export function makeLabelledSets(seed: number, perService: number): readonly LabelledSet[] {
  return Object.entries(SERVICES).map(([service, statements], index) => {
    const random = randomFrom(seed * 1_000 + index);
    const values = new Values(random);
    const writers = Object.entries(statements);
    // The first writes as often as all that follow would if each wrote two thirds of the one before.
    const shares = writers.map((_, rank) => (2 / 3) ** rank);
    const sums = shares.map((_, rank) => shares.slice(0, rank + 1).reduce((sum, share) => sum + share, 0));
    const whole = sums.at(-1) ?? 0;
    const messages = Array.from({ length: perService }, () => {
      const mark = random() * whole;
      const place = sums.findIndex((sum) => mark < sum);
      const [label, write] = writers[place] ?? ['', () => ''];
      return { label: `${service}/${label}`, text: write(values) };
    });
    return { service, messages };
  });
}
