import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../test/support/golden-table.ts';
import { fc } from '../../../test/support/property.ts';
import { parseLogGroupId, parseLogGroupIds, regionOfLogGroups } from './log-group-id.ts';

const ARN = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/x';
const name = fc.stringMatching(/^[.\-_/#A-Za-z0-9]{1,60}$/).filter((text) => !text.startsWith('arn:'));

describe('parseLogGroupId', () => {
  it('takes every valid name as it is', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(parseLogGroupId(` ${text} `, 'p')).toEqual({ name: text });
      }),
    );
  });

  it('takes ARNs of all partitions, with and without :*', () => {
    fc.assert(
      fc.property(
        name,
        fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
        fc.constantFrom('', ':*'),
        (text, partition, end) => {
          const arn = `arn:${partition}:logs:cn-north-1:111122223333:log-group:${text}`;
          const id = { name: text, arn, region: 'cn-north-1', accountId: '111122223333' };
          expect(parseLogGroupId(`${arn}${end}`, 'p')).toEqual(id);
        },
      ),
    );
  });

  it.each([
    '',
    'a b',
    'a\nb',
    'x'.repeat(513),
    'arn:aws:logs:us-east-1:111122223333:log-group:',
    'arn:aws:logs:us-east-1:1:log-group:x',
    `${ARN}:log-stream:y`,
    'arn:aws:s3:::bucket',
    '名前',
  ])('refuses %j and names the parameter', (text) => {
    expect(() => parseLogGroupId(text, 'log_group_names')).toThrow(/^log_group_names holds/);
  });
});

describe('several log groups', () => {
  it('keeps each once, in order', () => {
    expect(parseLogGroupIds(['b', `${ARN}:*`, 'b'], [ARN, 'a']).map((id) => id.arn ?? id.name)).toEqual([
      'b',
      ARN,
      'a',
    ]);
  });

  it('agrees on one region or refuses', () => {
    const other = parseLogGroupId(ARN.replace('us-east-1', 'eu-west-1'), 'p');
    const id = parseLogGroupId(ARN, 'p');
    expect(regionOfLogGroups([], 'x')).toBeUndefined();
    expect(regionOfLogGroups([id, { name: 'a' }], undefined)).toBe('us-east-1');
    expect(regionOfLogGroups([id], 'us-east-1')).toBe('us-east-1');
    expect(() => regionOfLogGroups([id], 'eu-west-1')).toThrow(/leave region out/);
    expect(() => regionOfLogGroups([id, other], undefined)).toThrow(/one call for each region/);
  });
});

describe('refusals', () => {
  const of = (region: string) => ({ name: 'x', arn: `arn:${region}`, region, accountId: '111122223333' });

  it('name the argument and what to do', () => {
    expect(outcomeOf(() => parseLogGroupId('a b', 'log_group'))).toBe(
      'invalid_input: log_group holds "a b", which cannot be the name of a log group → take names from describe_log_groups.',
    );
    expect(outcomeOf(() => parseLogGroupId('arn:aws:logs:x', 'log_group'))).toBe(
      'invalid_input: log_group holds an ARN that is not one of a log group → use arn:aws:logs:<region>:<account>:log-group:<name>, or just the name.',
    );
    expect(outcomeOf(() => parseLogGroupId(`${ARN} x`, 'p'))).toContain('p holds an ARN that is not one');
    expect(outcomeOf(() => parseLogGroupIds(['a b'], []))).toContain('log_group_names holds "a b"');
    expect(outcomeOf(() => parseLogGroupIds([], ['a b']))).toContain('log_group_identifiers holds "a b"');
    expect(String(outcomeOf(() => parseLogGroupId(`! ${'x'.repeat(600)}`, 'p')))).toContain(`"! ${'x'.repeat(78)}"`);
  });

  it('name the regions that contradict each other', () => {
    expect(outcomeOf(() => regionOfLogGroups([of('r1'), of('r2'), of('r1')], undefined))).toBe(
      'invalid_input: The ARNs name log groups of several regions (r1, r2), and a query runs in one → make one call for each region.',
    );
    expect(outcomeOf(() => regionOfLogGroups([of('r1')], `r3${'x'.repeat(60)}`))).toBe(
      `invalid_input: The ARNs are of region r1, but region says "r3${'x'.repeat(38)}" → leave region out, the ARNs decide.`,
    );
    expect([regionOfLogGroups([of('r1')], 'r1'), regionOfLogGroups([of('r1')], undefined)]).toEqual(['r1', 'r1']);
    expect([regionOfLogGroups([], 'r1'), regionOfLogGroups([{ name: 'x' }], 'r1')]).toEqual([undefined, undefined]);
  });
});
