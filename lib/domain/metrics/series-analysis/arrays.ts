/** Arithmetic on whole series; plain loops, since the map of typed arrays is several times slower. */

export function add(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let at = 0; at < sum.length; at += 1) sum[at] = (a[at] ?? 0) + (b[at] ?? 0);
  return sum;
}

export function subtract(a: Float64Array, b: Float64Array): Float64Array {
  const rest = new Float64Array(a.length);
  for (let at = 0; at < rest.length; at += 1) rest[at] = (a[at] ?? 0) - (b[at] ?? 0);
  return rest;
}

/** Values farther than `limit` from zero are set there. */
export function clamp(a: Float64Array, limit: number): Float64Array {
  const clamped = new Float64Array(a.length);
  for (let at = 0; at < clamped.length; at += 1) clamped[at] = Math.min(limit, Math.max(-limit, a[at] ?? 0));
  return clamped;
}

/** `table[places[at]]` for each place. */
export function lookUp(table: Float64Array, places: Int32Array): Float64Array {
  const found = new Float64Array(places.length);
  for (let at = 0; at < found.length; at += 1) found[at] = table[places[at] ?? 0] ?? 0;
  return found;
}
