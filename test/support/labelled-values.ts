/** What varies in invented log lines; the same for the same seed. */

type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What varies in a line. */
export class Values {
  readonly #random: Random;
  constructor(random: Random) {
    this.#random = random;
  }
  int(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }
  float(): string {
    return (this.#random() * 900).toFixed(this.int(1, 3));
  }
  hex(length: number): string {
    return Array.from({ length }, () => this.int(0, 15).toString(16)).join('');
  }
  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }
  ip(): string {
    return `${this.int(10, 192)}.${this.int(0, 255)}.${this.int(0, 255)}.${this.int(1, 254)}`;
  }
  iso(): string {
    return new Date(Date.parse('2026-03-01T00:00:00Z') + this.int(0, 86_399_999)).toISOString();
  }
  clock(): string {
    return this.iso().slice(11, 23);
  }
  /** A word without any digit: the hard case. */
  name(): string {
    return this.pick(NAMES);
  }
  city(): string {
    return this.pick(CITIES);
  }
  duration(): string {
    return this.pick([`${this.int(1, 999)}ms`, `${this.float()}s`, `${this.int(1, 900)}µs`]);
  }
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

const NAMES =
  'alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent victor walter yolanda'.split(
    ' ',
  );
const CITIES = 'berlin lagos lima oslo paris quito rome seoul tokyo vienna'.split(' ');
