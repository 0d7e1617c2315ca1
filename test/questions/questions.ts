import { ESTATE_QUESTIONS } from './estate.ts';
import { INCIDENT_QUESTIONS } from './incident.ts';
import type { Question } from './question.ts';

/** In the order in which they are asked: later ones build on what was read. */
export const QUESTIONS: readonly Question[] = [...INCIDENT_QUESTIONS, ...ESTATE_QUESTIONS].sort(
  (a, b) => a.number - b.number,
);
