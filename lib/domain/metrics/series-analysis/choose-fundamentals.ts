/** Which of the frequencies in a series are seasons of their own, and which only shape another one. Pure. */
import type { Line } from './spectral-lines.ts';

/** Frequencies (in cycles of the whole series) closer than this are the same. */
const SAME_STEPS = 0.75;
/** How well a frequency is known whose exact value is not: its error grows with the multiple. */
const ODD_ERROR_STEPS = 0.15;
const MAX_FUNDAMENTALS = 3;
/** From here on a multiple may be a season of its own; twice and three times a day shape the day. */
const MIN_OWN_MULTIPLE = 4;
/** A multiple is a season of its own when it is so much stronger than all below it: shapes fade towards their higher harmonics. */
const OWN_FACTOR = 4;
/** Of the strongest season; weaker ones are its side bands, or not worth a word. */
const MIN_NATURAL_SHARE = 0.04;
const MIN_ODD_SHARE = 0.25;

export interface Candidate extends Line {
  readonly periodSamples: number;
  /** One that clocks make: an hour, a day. */
  readonly isNatural: boolean;
}

/** A line as a period; at its natural value where it is that within the resolution of the series. */
export function toCandidate(line: Line, naturalPeriods: readonly number[], length: number): Candidate {
  let nearest: number | undefined;
  let nearestSteps = SAME_STEPS;
  for (const period of naturalPeriods) {
    const steps = Math.abs(1 / period - line.frequency) * length;
    if (steps < nearestSteps) {
      nearest = period;
      nearestSteps = steps;
    }
  }
  const periodSamples = nearest ?? 1 / line.frequency;
  return { periodSamples, frequency: 1 / periodSamples, energy: line.energy, isNatural: nearest !== undefined };
}

/**
 * Fundamental periods, at most three. A line at a multiple of a lower frequency belongs to that one, unless it
 * towers above all multiples below it.
 */
export function chooseFundamentals(candidates: readonly Candidate[], length: number): Candidate[] {
  const strongest = Math.max(0, ...candidates.map(({ energy }) => energy));
  const fundamentals: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => a.frequency - b.frequency)) {
    const { energy, isNatural } = candidate;
    const owners = fundamentals.filter((owner) => multipleOf(candidate, owner, length) !== undefined);
    const isOwn =
      owners.length === 0
        ? energy >= strongest * (isNatural ? MIN_NATURAL_SHARE : MIN_ODD_SHARE)
        : isNatural &&
          energy >= strongest * MIN_NATURAL_SHARE &&
          owners.every((owner) => towers(candidate, owner, candidates, length));
    if (isOwn) fundamentals.push(candidate);
  }
  return fundamentals.length <= MAX_FUNDAMENTALS
    ? fundamentals
    : fundamentals.toSorted((a, b) => b.energy - a.energy).slice(0, MAX_FUNDAMENTALS);
}

function multipleOf(candidate: Candidate, owner: Candidate, length: number): number | undefined {
  const multiple = Math.round(candidate.frequency / owner.frequency);
  const distanceSteps = Math.abs(candidate.frequency - multiple * owner.frequency) * length;
  const tolerance = owner.isNatural ? SAME_STEPS : SAME_STEPS + multiple * ODD_ERROR_STEPS;
  return multiple >= 2 && distanceSteps < tolerance ? multiple : undefined;
}

function towers(candidate: Candidate, owner: Candidate, all: readonly Candidate[], length: number): boolean {
  const multiple = multipleOf(candidate, owner, length) ?? 0;
  if (multiple < MIN_OWN_MULTIPLE) return candidate.energy >= OWN_FACTOR * owner.energy;
  return all.every((other) => {
    const lower = multipleOf(other, owner, length);
    return lower === undefined || lower >= multiple || candidate.energy >= OWN_FACTOR * other.energy;
  });
}
