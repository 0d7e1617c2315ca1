import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { cleanLine } from '../text/clean-text.ts';
import { describeChange, foldChanges, readChange } from './recorded-change.ts';
import type { TrailEvent } from './trail-event.ts';

const AT = Date.parse('2026-03-01T11:20:00Z');
const event = (name: string, more: Partial<TrailEvent> = {}): TrailEvent => ({
  id: undefined,
  name,
  epochMs: AT,
  source: 'lambda.amazonaws.com',
  isReadOnly: false,
  userName: 'ci-deployer',
  resources: ['shop-checkout'],
  record: undefined,
  ...more,
});
const told = (given: TrailEvent): string | undefined => {
  const change = readChange(given);
  return change === undefined ? undefined : describeChange(change);
};
const request = (requestParameters: unknown, more: object = {}) => JSON.stringify({ requestParameters, ...more });

describe('readChange', () => {
  it.each([
    [
      event('UpdateAlias20150331', { record: request({ name: 'live', description: '2.14.0' }) }),
      'UpdateAlias (lambda) of shop-checkout by ci-deployer: description=2.14.0',
    ],
    [
      event('UpdateFunctionCode20150331v2', {
        resources: ['arn:aws:lambda:us-east-1:111122223333:function:shop-checkout'],
        record: request({ s3Key: 'checkout/2.14.0.zip', environment: { version: 'x', password: 'y' } }),
      }),
      'UpdateFunctionCode (lambda) of shop-checkout by ci-deployer: s3Key=checkout/2.14.0.zip, version=x',
    ],
    [
      event('ModifyDBInstance', {
        source: 'rds.amazonaws.com',
        resources: [],
        userName: 'Ada.Lovelace@example.com',
        record: request({
          dBInstanceIdentifier: 'shop-orders',
          dBInstanceClass: 'db.r6g.large',
          masterUserPassword: 'p',
        }),
      }),
      'ModifyDBInstance (rds) of shop-orders by Ada.Lovelace: dBInstanceClass=db.r6g.large',
    ],
    [
      event('UpdateService', {
        source: 'ecs.amazonaws.com',
        userName: undefined,
        record: request(
          { desiredCount: 4, taskDefinition: 'web:41' },
          { userIdentity: { arn: 'arn:aws:sts::1:assumed-role/cd/run-7' } },
        ),
      }),
      'UpdateService (ecs) of shop-checkout by cd/run-7: desiredCount=4, taskDefinition=web:41',
    ],
    [
      event('SetDesiredCapacity', {
        userName: undefined,
        record: request(undefined, { userIdentity: { invokedBy: 'autoscaling.amazonaws.com' } }),
      }),
      'SetDesiredCapacity (lambda) of shop-checkout by autoscaling.amazonaws.com',
    ],
  ])('tells what was changed, on what, by whom (%#)', (given, expected) => {
    expect(told(given)).toBe(expected);
  });

  it.each([
    ['what only reads', event('GetFunction20150331', { isReadOnly: true })],
    ['what reads by its name where nothing is said', event('DescribeInstances', { isReadOnly: undefined })],
    ['a sign-in', event('ConsoleLogin')],
    ['a key at work', event('GenerateDataKeyWithoutPlaintext')],
    ['a log stream', event('CreateLogStream')],
    ['what was refused', event('DeleteTable', { record: request({}, { errorCode: 'AccessDenied' }) })],
  ])('leaves out %s', (_what, given) => {
    expect(told(given)).toBeUndefined();
  });

  it.each(['GetawayDeploy', 'Listen', 'UpdateGetters'])('takes %s for a change: the verb is a whole word', (name) => {
    expect(told(event(name, { isReadOnly: undefined }))).toContain(name);
  });

  it('is one clean line of a few hundred characters, whatever a record holds', () => {
    const json = fc.jsonValue({ maxDepth: 5 });
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 300, unit: anyCharacter }),
        fc.array(fc.string({ maxLength: 300, unit: anyCharacter }), { maxLength: 9 }),
        fc.option(fc.string({ maxLength: 300, unit: anyCharacter }), { nil: undefined }),
        fc.oneof(
          fc.string(),
          json.map((value) => JSON.stringify({ requestParameters: value, userIdentity: value })),
        ),
        (name, resources, userName, record) => {
          const text = told(event(name, { resources, userName, record, source: userName })) ?? '';
          expect(text).toBe(cleanLine(text));
          expect(text.length).toBeLessThan(1_500);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads a record of a thousand levels, and one of thousands of members, at once', () => {
    const deep = `{"requestParameters":${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}}`;
    const wide = request(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a${index}Version`, 'x'])));
    expect(told(event('UpdateAlias', { record: deep }))).toContain('UpdateAlias');
    expect(readChange(event('UpdateAlias', { record: wide }))?.details).toHaveLength(4);
  });
});

describe('foldChanges', () => {
  it('sorts by time, takes each event once, and the same done again as one', () => {
    const changes = finish(
      foldChanges([
        event('UpdateAlias', { id: 'c', epochMs: AT + 9_000 }),
        ...[3, 1, 2].map((minute) => event('SetDesiredCapacity', { id: `s${minute}`, epochMs: AT + minute * 60_000 })),
        event('UpdateAlias', { id: 'c', epochMs: AT + 9_000 }),
      ]),
    );
    expect(
      changes.map(({ action, count, epochMs, untilEpochMs }) => [action, count, epochMs - AT, untilEpochMs - AT]),
    ).toEqual([
      ['UpdateAlias', 1, 9_000, 9_000],
      ['SetDesiredCapacity', 3, 60_000, 180_000],
    ]);
    expect(changes[1] && describeChange(changes[1])).toContain(' × 3 ');
  });

  it('yields after each event', () => {
    const events = Array.from({ length: 600 }, (_, index) => event('UpdateAlias', { id: `e${index}` }));
    expect([...foldChanges(events)]).toHaveLength(600);
  });
});
