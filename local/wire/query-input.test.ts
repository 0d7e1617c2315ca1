import { describe, expect, it } from 'vitest';
import { decodeQueryInput } from './query-input.ts';
import { resolveSchema, SERVICE_SCHEMAS } from './schemas.ts';

function decode(operation: string, form: string): Record<string, unknown> {
  const schema = SERVICE_SCHEMAS.sts.operations.get(operation);
  if (schema === undefined) throw new Error(`no operation ${operation}`);
  return decodeQueryInput(resolveSchema(schema[4]), new URLSearchParams(form));
}

describe('decodeQueryInput', () => {
  it('reads texts, numbers and lists of structures', () => {
    expect(
      decode(
        'AssumeRole',
        'Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx&RoleSessionName=alice%40example.com' +
          '&DurationSeconds=900&Tags.member.1.Key=team&Tags.member.1.Value=shop&Tags.member.2.Key=empty&Tags.member.2.Value=' +
          '&TransitiveTagKeys.member.1=team&PolicyArns.member.1.arn=p1&Unknown=1',
      ),
    ).toEqual({
      RoleArn: 'arn:aws:iam::1:role/x',
      RoleSessionName: 'alice@example.com',
      DurationSeconds: 900,
      Tags: [
        { Key: 'team', Value: 'shop' },
        { Key: 'empty', Value: '' },
      ],
      TransitiveTagKeys: ['team'],
      PolicyArns: [{ arn: 'p1' }],
    });
  });

  it('leaves out what is not there', () => {
    expect(decode('GetCallerIdentity', 'Action=GetCallerIdentity')).toEqual({});
    expect(decode('AssumeRole', '')).toEqual({});
  });
});
