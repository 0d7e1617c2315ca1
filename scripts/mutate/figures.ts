/** How many changes were noticed, by folder and in all. */

export interface Outcome {
  readonly file: string;
  readonly verdict: 'noticed' | 'survived' | 'excused';
}

const PERCENT = 100;
const MIN_NOTICED = 0.9;
const MAX_EXCUSED = 0.03;

/** True when as many are noticed, and as few excused, as they have to be. */
export function printFigures(outcomes: readonly Outcome[], seed: number): boolean {
  const byFolder = Map.groupBy(outcomes, ({ file }) => file.split('/').slice(0, 2).join('/'));
  console.log('\nfolder | changes | noticed | excused | survived');
  for (const [folder, list] of [...byFolder].toSorted(([a], [b]) => (a < b ? -1 : 1))) console.log(rowOf(folder, list));
  console.log(rowOf(`all, seed ${seed}`, outcomes));
  const shareOf = (verdict: string) => count(outcomes, verdict) / Math.max(outcomes.length, 1);
  return shareOf('noticed') >= MIN_NOTICED && shareOf('excused') <= MAX_EXCUSED;
}

function rowOf(name: string, list: readonly Outcome[]): string {
  const noticed = count(list, 'noticed');
  const share = ((noticed / Math.max(list.length, 1)) * PERCENT).toFixed(1);
  return `${name} | ${list.length} | ${noticed} (${share} %) | ${count(list, 'excused')} | ${count(list, 'survived')}`;
}

function count(list: readonly Outcome[], wanted: string): number {
  return list.filter(({ verdict }) => verdict === wanted).length;
}
