/** Fundamental periods of a series. Pure. */
import { type Candidate, chooseFundamentals, toCandidate } from './choose-fundamentals.ts';
import type { FilledSeries } from './fill-gaps.ts';
import { CYCLE_TOLERANCE, judgeLongCycle, MIN_CYCLES } from './long-cycle.ts';
import { naturalPeriods } from './natural-periods.ts';
import { findLines, type Line, MIN_SPECTRAL_CYCLES } from './spectral-lines.ts';

/** A shorter series is not judged. */
export const MIN_SEASON_SAMPLES = 48;
/** A longest season whose own line hides in noise shows by so many of its next harmonics. */
const HIDDEN_MULTIPLES = [2, 3, 4];
const SAME_STEPS = 0.75;
const MIN_ODD_SAMPLES = 6;
const WHOLE_TOLERANCE = 0.02;

/** Periods in samples, longest first. */
export function findSeasons(filled: FilledSeries, stepMs: number): number[] {
  const { length } = filled.values;
  if (length < MIN_SEASON_SAMPLES) return [];
  const natural = naturalPeriods(stepMs);
  const plain = findCandidates(filled.values, natural);
  // Spikes hide seasons from the one, cutting hides short pulses from the other.
  const cut = filled.clipped === undefined ? [] : findCandidates(filled.clipped, natural);
  const more = cut.filter(({ frequency }) => !hasLine(plain, frequency, length));
  return chooseFundamentals([...plain, ...more], length)
    .filter((candidate) => candidate.isNatural || isResolved(candidate.periodSamples))
    .map(({ periodSamples }) => periodSamples);
}

/** A period of few samples that is no whole number of them may be the alias of a shorter one. */
function isResolved(periodSamples: number): boolean {
  const off = Math.abs(periodSamples - Math.round(periodSamples));
  return periodSamples >= MIN_ODD_SAMPLES || off <= WHOLE_TOLERANCE;
}

function findCandidates(series: Float64Array, natural: readonly number[]): Candidate[] {
  const { length } = series;
  const lines = findLines(series);
  const candidates = lines.map((line) => toCandidate(line, natural, length));
  for (const period of natural) {
    const cycles = length / period;
    if (cycles >= MIN_SPECTRAL_CYCLES) {
      if (isHidden(period, lines, length)) candidates.push(hiddenCandidate(period, lines));
    } else if (cycles >= MIN_CYCLES - CYCLE_TOLERANCE) {
      const { isSignificant, energy } = judgeLongCycle(series, period);
      if (isSignificant) candidates.push({ periodSamples: period, frequency: 1 / period, energy, isNatural: true });
    }
  }
  return candidates;
}

function hasLine(lines: readonly Line[], frequency: number, length: number): boolean {
  return lines.some((line) => Math.abs(line.frequency - frequency) * length < SAME_STEPS);
}

/** Its own line is not there, all of the next ones are: a short pulse per cycle in much noise. */
function isHidden(period: number, lines: readonly Line[], length: number): boolean {
  return (
    !hasLine(lines, 1 / period, length) &&
    HIDDEN_MULTIPLES.every((multiple) => hasLine(lines, multiple / period, length))
  );
}

function hiddenCandidate(periodSamples: number, lines: readonly Line[]): Candidate {
  const energy = Math.max(0, ...lines.map((line) => line.energy));
  return { periodSamples, frequency: 1 / periodSamples, energy, isNatural: true };
}
