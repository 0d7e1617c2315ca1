import { describe, expect, it } from 'vitest';
import { type ExistingPolicy, type PlannedGroup, planAccount } from './account-index-plan.ts';

function group(name: string, fields: readonly string[], hasOwnPolicy = false): PlannedGroup {
  return { name, hasOwnPolicy, fields: fields.map((field, index) => ({ field, queries: 100 - index })) };
}

function policy(fields: readonly string[], selection?: string): ExistingPolicy {
  const document = JSON.stringify({ Fields: fields });
  return { policyName: 'p', document, ...(selection !== undefined && { selection }) };
}

describe('planAccount', () => {
  it('has nothing to say of nothing', () => {
    expect(planAccount([], [])).toEqual({ proposals: [], ownPolicies: [] });
    expect(planAccount([group('a', [])], [policy(['x'])])).toEqual({ proposals: [], ownPolicies: [] });
  });

  it('begins with a policy for shared fields; a single log group gets its own', () => {
    const plan = planAccount([group('/a/x-1', ['id', 'z']), group('/a/x-2', ['id']), group('/a/b', ['q'])], []);
    expect(plan.proposals).toMatchObject([{ policyName: 'field-indexes', document: '{"Fields":["id"]}' }]);
    expect(plan.proposals).toMatchObject([
      { isNew: true, selection: 'LogGroupNamePrefix IN ["/a/x-"]', added: ['id'], logGroups: ['/a/x-1', '/a/x-2'] },
    ]);
    expect(plan.ownPolicies).toEqual(['/a/b']);
    expect(planAccount([group('/a/x', ['id'])], [])).toEqual({ proposals: [], ownPolicies: ['/a/x'] });
  });

  it.each([
    [['/a/x-1', '/a/y-2'], '/a/'],
    [['/a/x-1', '/a/x-2', '/a/x-3'], '/a/x-'],
    [['/aws/lambda/x', '/aws/lambda/xy', '/aws/ecs'], '/aws/'],
    [['/aws/lambda/x', '/aws/lambda/x/y'], '/aws/lambda/'],
    [['a-1', 'a-2'], 'a-'],
    [['a.1', 'a.2'], 'a.'],
    [['a#1', 'a#2'], 'a#'],
    [['a_1', 'a_2'], 'a_'],
    [['/one', '/two'], undefined],
    [['-1', '-2'], undefined],
    [['one', 'only'], undefined],
    [['one', 'two'], undefined],
  ])('chooses the log groups %j by %j', (names, prefix) => {
    const groups = names.map((name) => group(name, ['id']));
    for (const given of [groups, groups.toReversed()])
      expect(planAccount(given, []).proposals.map(({ selection }) => selection)).toEqual([
        prefix === undefined ? undefined : `LogGroupNamePrefix IN ["${prefix}"]`,
      ]);
  });

  it('has no use for a policy whose log groups want nothing, and none for a group with enough of its own', () => {
    const elsewhere = policy(['x'], 'LogGroupNamePrefix IN ["/none/"]');
    expect(planAccount([group('a', ['id']), group('b', ['id'])], [elsewhere])).toEqual({
      proposals: [],
      ownPolicies: ['a', 'b'],
    });
    expect(planAccount([group('a', [], true), group('b', ['id'], true)], [])).toEqual({
      proposals: [],
      ownPolicies: ['b'],
    });
  });

  it('is for all log groups where their names share nothing', () => {
    const [proposal] = planAccount([group('one', ['id']), group('two', ['id'])], []).proposals;
    expect(proposal).toMatchObject({ added: ['id'], logGroups: ['one', 'two'] });
    expect(proposal).not.toHaveProperty('selection');
  });

  it('extends a policy for all log groups, since there can be no other beside it', () => {
    const plan = planAccount([group('one', ['id']), group('two', ['x'])], [policy(['x'])]);
    expect(plan.proposals).toMatchObject([{ isNew: false, added: ['id'], document: '{"Fields":["x","id"]}' }]);
  });

  it('extends each policy with a prefix by what its log groups want', () => {
    const plan = planAccount(
      [group('/a/1', ['id']), group('/b/1', ['z']), group('/c/1', ['q'])],
      [policy(['x'], 'LogGroupNamePrefix IN ["/a/","/b/"]')],
    );
    expect(plan.proposals).toMatchObject([{ added: ['id', 'z'], logGroups: ['/a/1', '/b/1'] }]);
    expect(plan.ownPolicies).toEqual(['/c/1']);
  });

  it('does not count on the account for log groups with a policy of their own', () => {
    expect(planAccount([group('a', ['id'], true), group('b', ['id'], true)], [policy([])])).toEqual({
      proposals: [],
      ownPolicies: ['a', 'b'],
    });
  });

  it('keeps to 20 fields and names the rest', () => {
    const many = Array.from({ length: 25 }, (_, index) => `f${index}`);
    const [proposal] = planAccount([group('a', many)], [policy(['x', 'y'])]).proposals;
    expect(proposal?.added).toEqual(many.slice(0, 18));
    expect(proposal?.beyondLimit).toEqual(many.slice(18));
    expect(planAccount([group('a', ['new'])], [policy(many.slice(0, 20))]).proposals).toEqual([]);
  });

  it('leaves policies by data source, and unreadable ones, alone', () => {
    const bySource = policy(['x'], 'DataSourceName IN ["amazon_vpc"]');
    expect(planAccount([group('a', ['id']), group('b', ['id'])], [bySource]).proposals).toMatchObject([
      { isNew: true },
    ]);
    expect(planAccount([group('a', ['id'])], [{ policyName: 'p', document: '{' }]).proposals).toEqual([]);
  });
});

describe('the room of a policy', () => {
  it.each([0, 1, 17, 18, 19, 20, 21, 25])('with %i fields is filled up to 20', (count) => {
    const known = Array.from({ length: count }, (_, index) => `known${index}`);
    const { proposals, ownPolicies } = planAccount([group('g', ['a', 'b', 'c'])], [policy(known)]);
    const added = ['a', 'b', 'c'].slice(0, Math.max(0, 20 - count));
    if (count >= 20) {
      expect(proposals).toEqual([]);
      expect(ownPolicies).toEqual(['g']);
    } else expect(proposals).toMatchObject([{ added, beyondLimit: ['a', 'b', 'c'].slice(added.length) }]);
  });

  it('takes the fields of most queries first, equal ones by name', () => {
    const one = {
      name: 'one',
      hasOwnPolicy: false,
      fields: [
        { field: 'z', queries: 5 },
        { field: 'y', queries: 2 },
      ],
    };
    const two = {
      name: 'two',
      hasOwnPolicy: false,
      fields: [
        { field: 'x', queries: 5 },
        { field: 'y', queries: 4 },
      ],
    };
    expect(planAccount([one, two], [policy([])]).proposals).toMatchObject([{ added: ['y', 'x', 'z'] }]);
  });
});
