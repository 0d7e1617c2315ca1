/** Hash of a text and a seed, 32 bits; the key under which a metric draws its noise. */
export function hashText(text: string, seed: number): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return mix(hash);
}

/** Reproducible noise in [0, 1): the same key and index give the same number. */
export function noiseAt(key: number, index: number): number {
  return mix(key ^ Math.imul(index | 0, 0x9e3779b1)) / 4_294_967_296;
}

/** Noise in [-1, 1] that is bell-shaped enough for measurements. */
export function bellNoiseAt(key: number, index: number): number {
  return noiseAt(key, index) + noiseAt(key ^ 0x51ed270b, index) - 1;
}

function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
