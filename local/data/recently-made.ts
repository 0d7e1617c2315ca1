/**
 * Lists that were made lately, by a key that says all that they follow from. Who asks reads the same again and again,
 * and making it takes longer than all else that an answer does. What was read longest ago makes room.
 */
export class RecentlyMade<List extends { readonly length: number }> {
  readonly #maxItems: number;
  readonly #lists = new Map<string, List>();
  #itemCount = 0;

  /** @param maxItems of all lists together */
  constructor(maxItems: number) {
    this.#maxItems = maxItems;
  }

  /** Items held at the moment. */
  get itemCount(): number {
    return this.#itemCount;
  }

  /** The list under a key: the one made before, or else what `make` gives now. It is everybody's: not to be changed. */
  read(key: string, make: () => List): List {
    const known = this.#lists.get(key);
    const list = known ?? make();
    if (known === undefined) this.#itemCount += list.length;
    else this.#lists.delete(key);
    this.#lists.set(key, list);
    for (const [oldest, { length }] of this.#lists) {
      if (this.#itemCount <= this.#maxItems) break;
      this.#lists.delete(oldest);
      this.#itemCount -= length;
    }
    return list;
  }
}
