import type { Place } from '../../data/content.ts';
import type { Placed } from '../document.ts';

/** Items by account and region. */
export class ByPlace<Item> {
  readonly #items = new Map<string, Item[]>();

  constructor(items: readonly Item[], placeOf: (item: Item) => Place) {
    for (const item of items) {
      const key = keyOf(placeOf(item));
      const known = this.#items.get(key);
      if (known === undefined) this.#items.set(key, [item]);
      else known.push(item);
    }
  }

  at(place: Place): readonly Item[] {
    return this.#items.get(keyOf(place)) ?? [];
  }
}

function keyOf({ account, region }: Place): string {
  return `${account}/${region}`;
}

/** Where an item lies: what it says itself, else where the scenario does. */
export type PlaceOf = (item: Placed) => Place;
