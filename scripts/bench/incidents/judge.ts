/** Whether an answer of investigate_alarm tells what is true of an incident. */
import { z } from 'zod';
import type { Truth } from '../../../local/incidents/incident.ts';

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
    suspect !== undefined && suspect.resource === truth.subject?.resource;
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
