/** One check for each request: the foreign client's answer is the reference's. */
import assert from 'node:assert/strict';
import type { Checks } from '../../deploy/support/checks.ts';
import { type ContractAnswer, describeRequest, listDropped, normalise, withoutDropped } from './answers.ts';
import type { ContractRequest } from './requests.ts';

/** What a client of an older model does not know; it must be so, or the list is stale. */
export interface KnownGaps {
  readonly operations: readonly string[];
  /** Members of outputs by `service:Operation`. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export interface Comparison {
  readonly client: string;
  readonly requests: readonly ContractRequest[];
  readonly expected: readonly ContractAnswer[];
  readonly answers: readonly ContractAnswer[];
  readonly gaps?: KnownGaps;
  /** Of a language whose structures have zeros for what is not there. */
  readonly hasZeroValues?: boolean;
}

const NO_GAPS: KnownGaps = { operations: [], members: {} };

export async function compareAnswers(comparison: Comparison, check: Checks['check']): Promise<void> {
  const { client, requests, expected, answers, gaps = NO_GAPS, hasZeroValues } = comparison;
  const unknown = new Set<string>();
  const dropped: Record<string, readonly string[]> = {};
  await check(`${client} answered ${requests.length} requests`, () => assert.equal(answers.length, requests.length));
  for (const [index, request] of requests.entries()) {
    const name = describeRequest(request);
    const [wanted, answer] = [expected[index], answers[index]];
    if (answer?.isUnknown === true) {
      unknown.add(name);
      continue;
    }
    await check(`${client} ${name} (${wanted?.error ?? 'answer'})`, () => {
      const [left, right] = [normalise(wanted?.output, hasZeroValues), normalise(answer?.output, hasZeroValues)];
      assert.equal(answer?.error, wanted?.error);
      const lost = listDropped(left, right);
      if (lost.length > 0) dropped[name] = lost;
      assert.deepEqual(right, withoutDropped(left, right));
    });
  }
  await check(`${client} lacks what is written down`, () => {
    assert.deepEqual({ operations: [...unknown].sort(), members: dropped }, gaps);
  });
}
