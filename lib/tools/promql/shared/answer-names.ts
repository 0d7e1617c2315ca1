/** The answer that is a list of labels or of values. Pure. */

import type { PromqlAnswer } from '../../../aws/ports/promql.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import type { Answer } from '../../../tool/types.ts';
import { cut, gatherWarnings } from './answer.ts';

/** Most labels or values of an answer (GetLabels API reference). */
export const MAX_NAMES = 10_000;
export const DEFAULT_NAMES = 500;
const MAX_NAME_CHARS = 300;

interface NamesQuestion {
  readonly answer: PromqlAnswer<readonly string[]>;
  readonly noun: string;
  /** Behind the number, e.g. ` of the label …`. */
  readonly of: string;
  readonly maxItems: number;
  readonly target: Target;
  readonly hints: readonly string[];
}

export function answerNames<Output extends object>(
  { answer, noun, of, maxItems, target, hints }: NamesQuestion,
  structured: (names: string[]) => Output,
): Answer<Output> {
  const kept = cut(answer.value, maxItems);
  const { items } = kept;
  const warnings = gatherWarnings(answer.warnings, kept, `${noun}s`, MAX_NAMES);
  return {
    headline:
      items.length === 0
        ? `No ${noun}${of} in this range.`
        : `${kept.isCut ? 'More than ' : ''}${items.length} ${nounOf(items.length, noun)}${of}.`,
    targets: [target],
    list: {
      noun,
      items: items.map((name) => clip(cleanLine(name), MAX_NAME_CHARS)),
      ...(!kept.isCut && { total: items.length }),
      isUntrusted: true,
      narrowBy: 'pass selectors in match',
    },
    hints,
    warnings,
    structured: ({ shown }) => structured(items.slice(0, shown)),
  };
}
