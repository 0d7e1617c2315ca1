/** The figures of a bench by kind, and whether they reach what they should. */
import { INCIDENT_KINDS } from '../../../local/incidents/kinds/kinds.ts';
import type { Run } from './run-one.ts';

const PERCENT = 100;

interface Reach {
  readonly name: string;
  readonly isRight: (run: Run) => boolean | undefined;
  readonly least?: number;
  readonly most?: number;
}

export const REACHES: readonly Reach[] = [
  { name: 'verdict', isRight: ({ judged }) => judged.verdict, least: 0.95 },
  { name: 'first', isRight: ({ judged }) => judged.first, least: 0.85 },
  { name: 'of three', isRight: ({ judged }) => judged.amongThree, least: 0.97 },
  { name: 'onset', isRight: ({ judged }) => judged.onset, least: 0.95 },
  { name: 'herring', isRight: ({ judged }) => judged.isMisled, most: 0.02 },
  { name: 'own metric', isRight: ({ strawmen }) => strawmen[0], most: 0.5 },
  { name: 'shift/MAD', isRight: ({ strawmen }) => strawmen[1], most: 0.5 },
];
/** Verdicts on what is no change have a reach of their own. */
const ORDINARY_LEAST = 0.9;
const ORDINARY = ['nightly-run', 'regular-batch', 'just-noise', 'never-any-data'].filter(
  (kind) => kind in INCIDENT_KINDS,
);

/** @returns whether every reach is attained */
export function printTable(runs: ReadonlyMap<string, readonly Run[]>, reaches: readonly Reach[]): boolean {
  const head = [...reaches.map(({ name }) => name), 'AWS calls', 'characters', 'seconds'];
  console.log(['kind', ...head].join(' | '));
  for (const [kind, own] of runs) console.log([kind, ...describe(own, reaches)].join(' | '));
  const all = [...runs.values()].flat();
  console.log(['all', ...describe(all, reaches)].join(' | '));
  console.log(
    [
      'reach',
      ...reaches.map(({ least, most }) =>
        least === undefined ? `≤ ${(most ?? 0) * PERCENT} %` : `≥ ${least * PERCENT} %`,
      ),
    ].join(' | '),
  );
  const missed = reaches.filter(({ isRight, least = 0, most = 1 }) => {
    const share = shareOf(all, isRight);
    return share !== undefined && (share < least || share > most);
  });
  const ordinary = shareOf(
    ORDINARY.flatMap((kind) => runs.get(kind) ?? []),
    ({ judged }) => judged.verdict,
  );
  if (ordinary !== undefined)
    console.log(`verdict where nothing changed: ${tell(ordinary)}, reach ≥ ${ORDINARY_LEAST * PERCENT} %`);
  for (const { name } of missed) console.log(`MISSED: ${name}`);
  return missed.length === 0 && (ordinary ?? 1) >= ORDINARY_LEAST;
}

function describe(runs: readonly Run[], reaches: readonly Reach[]): readonly string[] {
  return [
    ...reaches.map(({ isRight }) => tell(shareOf(runs, isRight))),
    most(runs.map(({ calls }) => calls)),
    most(runs.map(({ text }) => text.length)),
    (runs.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / runs.length / 1_000).toFixed(1),
  ];
}

function most(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${Math.round(mean)} (≤ ${Math.max(...values)})`;
}

function shareOf(runs: readonly Run[], isRight: Reach['isRight']): number | undefined {
  const counted = runs.flatMap((run) => isRight(run) ?? []);
  return counted.length === 0 ? undefined : counted.filter(Boolean).length / counted.length;
}

function tell(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(share * PERCENT)} %`;
}
