import { describe, expect, it } from 'vitest';
import { MAX_INDEXED_FIELDS } from '../logs/query/index-fields.ts';
import { chooseFields, type GroupFacts } from './index-choice.ts';
import type { FieldEvidence } from './index-evidence.ts';

const field = (name: string, queries = 1): FieldEvidence => ({
  field: name,
  queries,
  scannedBytes: 10,
  measuredQueries: queries,
  lastUsedEpochMs: 0,
  others: new Map(),
});
const NOTHING: GroupFacts = { policyFields: [], hasOwnPolicy: false, otherFields: [], autoFields: [] };

function choose(fields: readonly FieldEvidence[], facts: Partial<GroupFacts> = {}) {
  const choice = chooseFields({ queries: 1, scannedBytes: 10, fields }, { ...NOTHING, ...facts });
  const { unused, ...lists } = choice;
  const names = Object.entries(lists).map(([list, advice]) => [list, advice.map(({ evidence }) => evidence.field)]);
  return { ...Object.fromEntries(names.filter(([, list]) => list?.length)), ...(unused.length > 0 && { unused }) };
}

describe('chooseFields', () => {
  it('parts fields by what an index would do for them', () => {
    const fields = ['a', 'own', 'auto', '@logStream', 'other', '@message', 'x'.repeat(101)].map((name) => field(name));
    expect(
      choose([...fields, field('never', 0)], {
        policyFields: ['own', 'idle'],
        hasOwnPolicy: true,
        otherFields: ['other'],
      }),
    ).toEqual({
      recommended: ['a', 'auto'],
      alreadyIndexed: ['own', '@logStream', 'other'],
      reserved: ['@message', 'x'.repeat(101)],
      notHelped: ['never'],
      unused: ['idle'],
    });
  });

  it('calls nothing unused in a policy that is for other groups too', () => {
    expect(choose([], { policyFields: ['idle'] })).toEqual({});
    expect(chooseFields(undefined, NOTHING).recommended).toEqual([]);
  });

  it('recommends as many as the policy has room for', () => {
    const many = Array.from({ length: 4 }, (_, at) => field(`f${at}`));
    const policyFields = Array.from({ length: MAX_INDEXED_FIELDS - 3 }, (_, at) => `p${at}`);
    expect(choose(many, { policyFields })).toEqual({ recommended: ['f0', 'f1', 'f2'], beyondLimit: ['f3'] });
    expect(choose(many, { policyFields: [...policyFields, 'q', 'r', 's', 't'] })).toMatchObject({
      beyondLimit: { length: 4 },
    });
  });

  it('takes a field that no event has for misspelt, where the sample has fields at all', () => {
    const shares = new Map([['a', 40]]);
    expect(choose([field('a'), field('b')], { shares })).toEqual({ recommended: ['a'], unseen: ['b'] });
    expect(choose([field('b')], { shares: new Map() })).toEqual({ recommended: ['b'] });
    const { recommended } = chooseFields(
      { queries: 1, scannedBytes: 1, fields: [field('a')] },
      { ...NOTHING, shares, autoFields: ['a'] },
    );
    expect(recommended).toMatchObject([{ percent: 40, isAuto: true }]);
  });
});
