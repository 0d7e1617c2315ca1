/** A source of numbers in [0, 1) that is the same for the same keys. */
export type Random = () => number;

function hashText(text: string, basis: number): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Mixes a seed, a name and a number (a minute, say) into an independent stream of random numbers. */
export function randomFor(seed: number, name: string, position: number): Random {
  let state = hashText(name, Math.imul(seed, 0x9e3779b1) ^ Math.imul(position >>> 0, 0x85ebca6b) ^ 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An integer in [minimum, maximum]. */
export function integerBetween(random: Random, minimum: number, maximum: number): number {
  return minimum + Math.floor(random() * (maximum - minimum + 1));
}

/** One of the given items. */
export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

const HEX_DIGITS = '0123456789abcdef';

/** Lower-case hexadecimal digits. */
export function hexDigits(random: Random, length: number): string {
  let text = '';
  while (text.length < length) {
    text += HEX_DIGITS[Math.floor(random() * 16)];
  }
  return text;
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight lower-case hexadecimal digits of one draw. */
function quickHex(random: Random): string {
  const bits = Math.floor(random() * 0x1_0000_0000);
  return `${HEX_OF_BYTE[bits >>> 24]}${HEX_OF_BYTE[(bits >>> 16) & 255]}${HEX_OF_BYTE[(bits >>> 8) & 255]}${HEX_OF_BYTE[bits & 255]}`;
}

/** The same of few draws, for the many requests of which nothing but an id is told. */
export function quickUuid(random: Random): string {
  const [first, second, third, fourth] = [quickHex(random), quickHex(random), quickHex(random), quickHex(random)];
  return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
}

/** Text of the form of a UUID, version 4. */
export function uuid(random: Random): string {
  const digits = hexDigits(random, 31);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18, 30)}`;
}
