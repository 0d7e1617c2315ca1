/** What an answer says of the list that it shows only in part. */
import { expect, it } from 'vitest';
import { renderAnswer } from './render-answer.ts';
import type { PrimaryList } from './types.ts';

/** The sentence below the list. */
function pageOf(list: Partial<PrimaryList>): string | undefined {
  const answer = {
    headline: 'Some things.',
    targets: [],
    list: { items: ['a', 'b'], noun: 'thing', ...list },
    structured: () => ({}),
  };
  const { text } = renderAnswer(answer, { maxChars: 2_000, boundary: 'b' });
  return text.split('\n').find((line) => line.startsWith('Showing'));
}

const next = () => 't2';

it.each<[Partial<PrimaryList>, string | undefined]>([
  [{}, undefined],
  [{ total: 2 }, undefined],
  [{ total: 1 }, undefined],
  [{ total: 7, offset: 5 }, undefined],
  [{ total: 8, offset: 5 }, 'Showing 2 of 3 things.'],
  [{ total: 3 }, 'Showing 2 of 3 things.'],
  [{ total: 3, nounPlural: 'series' }, 'Showing 2 of 3 series.'],
  [{ total: 3, nextToken: next }, 'Showing 2 of 3 things. For the next ones repeat the call with next_token="t2".'],
  [{ nextToken: next }, 'Showing 2 things; there are more. For the next ones repeat the call with next_token="t2".'],
  [
    { nextToken: next, isOpenEnded: true },
    'Showing 2 things; there may be more. For the next ones repeat the call with next_token="t2".',
  ],
  [
    { items: ['a'], nextToken: next },
    'Showing 1 thing; there are more. For the next ones repeat the call with next_token="t2".',
  ],
  [{ items: [], total: 1 }, 'Showing 0 of 1 thing.'],
  [{ total: 3, continueBy: (shown) => `Ask from ${shown}.` }, 'Showing 2 of 3 things. Ask from 2.'],
  [{ total: 3, narrowBy: 'pass a prefix' }, 'Showing 2 of 3 things. To see fewer, pass a prefix.'],
])('%# says what is left', (list, sentence) => {
  expect(pageOf(list)).toBe(sentence);
});
