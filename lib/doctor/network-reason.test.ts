import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { findNetworkFault } from './network-reason.ts';

const coded = (code: string): Error => Object.assign(new Error('foreign text'), { code });

describe('findNetworkFault', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'unknown_host'],
    ['EAI_AGAIN', 'unknown_host'],
    ['UND_ERR_CONNECT_TIMEOUT', 'no_answer'],
    ['ENETUNREACH', 'no_route'],
    ['ECONNRESET', 'broken_off'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate_time'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'not_tls'],
  ])('finds %s as deep as SDK and fetch wrap it', (code, reason) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('cause', 'aggregate'), { maxLength: 5 }), (wraps) => {
        const error = wraps.reduce<Error>(
          (inner, kind) =>
            kind === 'cause'
              ? new TypeError('fetch failed', { cause: inner })
              : new AggregateError([inner], 'all failed'),
          coded(code),
        );
        expect(findNetworkFault(error)).toEqual({ reason, code });
      }),
      { numRuns: 50 },
    );
  });

  it('takes the first reason of several attempts', () => {
    const attempts = new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]);
    expect(findNetworkFault(attempts)).toEqual({ reason: 'no_route', code: 'ENETUNREACH' });
  });

  it('knows time limits by their names', () => {
    expect(findNetworkFault(AbortSignal.abort().reason)).toEqual({ reason: 'no_answer', code: 'AbortError' });
    const late = Object.assign(new Error('late'), { name: 'TimeoutError' });
    expect(findNetworkFault(new Error('x', { cause: late }))).toEqual({ reason: 'no_answer', code: 'TimeoutError' });
  });

  it.each([
    [407, 'HTTP 407'],
    [undefined, 'ERR_PROXY_TUNNEL'],
  ])('knows a proxy that refuses: %s', (statusCode, code) => {
    const refused = Object.assign(coded('ERR_PROXY_TUNNEL'), statusCode !== undefined && { statusCode });
    expect(findNetworkFault(new TypeError('failed', { cause: refused }))).toEqual({ reason: 'proxy', code });
  });

  it.each([undefined, null, 'ECONNREFUSED', new Error('no'), coded('constructor'), coded('AccessDenied')])(
    'finds none in %s',
    (error) => {
      expect(findNetworkFault(error)).toBeUndefined();
    },
  );

  it('ends where errors go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(findNetworkFault(error)).toBeUndefined();
  });
});
