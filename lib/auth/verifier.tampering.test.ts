import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/support/check-of.ts';
import { AUTH_ENV } from '../../test/support/config-faults.ts';
import { type IssuerStandIn, startIssuer } from '../../test/support/issuer-stand-in.ts';
import { fc } from '../../test/support/property.ts';
import { createKey, encodePart, mint, mintRaw, nowSeconds, type SigningKey } from '../../test/support/token-mint.ts';
import { loadConfig } from '../config/config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createTokenVerifier, type TokenVerifier } from './verifier.ts';

const keys = [await createKey(), await createKey({ kid: 'ec-1', alg: 'ES256' })];
const NAMES = fc.constantFrom('sub', 'aud', 'exp', 'iat', 'nbf', 'scope', 'scp', 'azp', 'client_id', 'typ');
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.='.split('');
let issuer: IssuerStandIn;
let verifier: TokenVerifier;

beforeAll(async () => {
  issuer = await startIssuer(keys.map(({ jwk }) => jwk));
  const config = loadConfig({ ...AUTH_ENV, AWS_IDENTITY_CENTER_ISSUER: issuer.issuer }, 'http');
  verifier = createTokenVerifier({ config, logger: createLogger(config, () => undefined) });
});
afterAll(() => issuer.close());

const claims = () => ({ iss: issuer.issuer, sub: 'olivia', aud: 'cloudwatch-mcp', exp: nowSeconds() + 600 });

describe.each(keys)('a token of $alg', (key: SigningKey) => {
  it('is refused after any change of any letter', async () => {
    const token = await mint(key, claims());
    expect(await refusalOf(() => verifier.verify(token))).toBe('none');
    const change = fc.record({
      at: fc.nat({ max: token.length - 1 }),
      letter: fc.constantFrom(...LETTERS),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, letter }) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        const refusal = await refusalOf(() => verifier.verify(changed));
        if (changed === token) expect(refusal).toBe('none');
        else expect(refusal).toMatch(/^invalid_token: /);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with any other signature, of any length', async () => {
    const [header, payload] = (await mint(key, claims())).split('.');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const forged = `${header}.${payload}.${Buffer.from(bytes).toString('base64url')}`;
        expect(await refusalOf(() => verifier.verify(forged))).toMatch(/^invalid_token: /);
      }),
    );
  });

  it('is judged, never stumbled over, whatever its issuer has signed', async () => {
    const header = { alg: key.alg, kid: key.kid };
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(NAMES, fc.oneof(fc.jsonValue(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
        async (odd) => {
          const token = mintRaw(key, header, { ...claims(), ...odd });
          expect(await refusalOf(() => verifier.verify(token))).toMatch(/^(none|invalid_token: \w+)$/);
        },
      ),
      { numRuns: 500 },
    );
    const odd = mintRaw(key, header, encodePart('x'));
    expect(await refusalOf(() => verifier.verify(odd))).toBe('invalid_token: malformed');
  });
});
