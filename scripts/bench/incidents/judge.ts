/** Whether an answer of investigate_alarm tells what is true of an incident. */
import { z } from 'zod';
import type { Subject, Truth } from '../../../local/incidents/incident.ts';

const answerShape = z.object({
  verdict: z.string(),
  onset: z.string().nullable(),
  suspects: z.array(z.object({ subject: z.string(), resource: z.string(), why: z.string(), score: z.number() })),
});
export type InvestigationAnswer = z.output<typeof answerShape>;

export interface Judged {
  readonly verdict: boolean;
  /** Undefined where nothing is to be found. */
  readonly first: boolean | undefined;
  readonly amongThree: boolean | undefined;
  readonly onset: boolean | undefined;
  /** A red herring, or anything where nothing is, comes first. */
  readonly isMisled: boolean;
}

/** Two periods of the alarm. */
const ONSET_PERIODS = 2;
/** Nobody can date what begins by less than its noise: a hundredth of the time since. */
const ONSET_SHARE = 0.01;
/** Of a message, before what differs from line to line. */
const TOLD_CHARS = 16;

export function readAnswer(structured: unknown): InvestigationAnswer | undefined {
  const parsed = answerShape.safeParse(structured);
  return parsed.success ? parsed.data : undefined;
}

export function judge(
  answer: InvestigationAnswer | undefined,
  truth: Truth,
  anchorEpochMs: number,
  periodSeconds: number,
): Judged {
  const suspects = answer?.suspects ?? [];
  const isSubject = (suspect: InvestigationAnswer['suspects'][number] | undefined): boolean =>
    suspect !== undefined && truth.subject !== undefined && isNamed(truth.subject, suspect);
  const [first] = suspects;
  const isExpected = truth.subject !== undefined;
  const isFirst = isSubject(first);
  return {
    verdict: answer?.verdict === truth.verdict,
    first: isExpected ? isFirst : undefined,
    amongThree: isExpected ? suspects.slice(0, 3).some(isSubject) : undefined,
    onset: judgeOnset(answer, truth, anchorEpochMs, periodSeconds),
    isMisled:
      first !== undefined &&
      !isFirst &&
      (!isExpected || truth.redHerrings.some((herring) => `${first.subject} ${first.resource}`.includes(herring))),
  };
}

/** The resource, and what tells most of it: the field with its value, the text, or else the metric. */
function isNamed(truth: Subject, { subject, resource }: InvestigationAnswer['suspects'][number]): boolean {
  const { field, pattern, metric } = truth;
  const told = field === undefined ? (pattern?.slice(0, TOLD_CHARS) ?? metric ?? '') : `${field.name}=${field.value}`;
  return resource === truth.resource && subject.includes(told);
}

function judgeOnset(
  answer: InvestigationAnswer | undefined,
  { onset }: Truth,
  anchorEpochMs: number,
  periodSeconds: number,
): boolean | undefined {
  if (onset === undefined) return undefined;
  const told = Date.parse(answer?.onset ?? '');
  const toleranceMs = Math.max(ONSET_PERIODS * periodSeconds, -ONSET_SHARE * onset) * 1_000;
  return Math.abs(told - (anchorEpochMs + onset * 1_000)) <= toleranceMs;
}
