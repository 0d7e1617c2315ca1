import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { isAppError } from '../../errors.ts';
import { decodeQueryId, encodeQueryId } from './query-id.ts';

const awsId = fc.oneof(fc.uuid(), fc.stringMatching(/^[A-Za-z0-9-]{8,128}$/));

describe('query ids', () => {
  it('come back as they went, whatever the account is called', () => {
    fc.assert(
      fc.property(
        fc.record({
          region: fc.constantFrom('us-east-1', 'cn-north-1', 'us-gov-west-1'),
          account: fc.stringMatching(/^[\w.+=@-]{1,64}$/),
          awsId,
        }),
        (id) => {
          expect(decodeQueryId(encodeQueryId(id))).toEqual(id);
        },
      ),
    );
  });

  it('may be bare ones of AWS', () => {
    fc.assert(
      fc.property(awsId, (id) => {
        expect(decodeQueryId(` ${id}`)).toEqual({ awsId: id });
      }),
    );
  });

  it('are refused or harmless for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: anyCharacter, maxLength: 300 })), (text) => {
        try {
          const id = decodeQueryId(text);
          expect(id.awsId).toMatch(/^[A-Za-z0-9-]{8,128}$/);
          expect(`${id.region ?? ''}${id.account ?? ''}`).toMatch(/^[\w.+=@-]*$/);
        } catch (error) {
          expect(isAppError(error) && error.code).toBe('invalid_input');
        }
      }),
    );
  });

  it.each([
    '',
    'short',
    '..',
    'us-east-1..0a1b2c3d-0000',
    '.default.0a1b2c3d-0000',
    'us-east-1.a/b.0a1b2c3d',
    "x'; --",
  ])('refuses %j', (text) => {
    expect(() => decodeQueryId(text)).toThrow(/query_id is not the id of a query/);
  });
});
