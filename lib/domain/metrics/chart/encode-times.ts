/** Times of datapoints are mostly regular: the first one, then pairs of distance and how often it follows. Pure. */

/** `[0, 60, 120, 300]` → `[0, 60, 2, 180, 1]`. */
export function encodeTimes(times: readonly number[]): number[] {
  const [first, ...rest] = times;
  if (first === undefined) return [];
  const pairs: [distance: number, count: number][] = [];
  let before = first;
  for (const time of rest) {
    const distance = time - before;
    const open = pairs.at(-1);
    if (open?.[0] === distance) open[1] += 1;
    else pairs.push([distance, 1]);
    before = time;
  }
  return [first, ...pairs.flat()];
}

export function decodeTimes(encoded: readonly number[]): number[] {
  const [first, ...pairs] = encoded;
  if (first === undefined) return [];
  const times = [first];
  let time = first;
  for (let index = 0; index < pairs.length; index += 2) {
    const distance = pairs[index] ?? 0;
    for (let left = pairs[index + 1] ?? 0; left > 0; left -= 1) {
      time += distance;
      times.push(time);
    }
  }
  return times;
}
