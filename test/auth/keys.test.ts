import { afterEach, describe, expect, it } from 'vitest';
import {
  answerStatus,
  DISCOVERY_PATH,
  drip,
  flood,
  hangUp,
  KEYS_PATH,
  type Responder,
  redirectTo,
  sendJson,
  startIssuer,
} from '../support/issuer-stand-in.ts';
import { createKey, mintRaw } from '../support/token-mint.ts';
import { TRANSPORTS } from './bench.ts';
import { BAD_SIGNATURE, GRANTED, UNAVAILABLE, UNKNOWN_KEY } from './expected.ts';
import { HOUR_MS, type KeyBench, startKeyBench } from './key-bench.ts';
import { expectNoLeaks } from './leaks.ts';

let bench: KeyBench;
const tokens = new Set<string>();
afterEach(async () => {
  expectNoLeaks(bench, tokens);
  await bench.stop();
});

const fresh = await createKey({ kid: 'rsa-2' });
const impostor = await createKey({ kid: 'rsa-1' });

const text =
  (body: string, type = 'application/json'): Responder =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(body);

const OUTAGES: readonly (readonly [string, Responder])[] = [
  ['hangs up', hangUp],
  ['says nothing', () => undefined],
  ['answers 500', answerStatus(500)],
  ['answers 429', answerStatus(429)],
  ['drips', drip],
  ['sends 200 MB', flood(200 * 1_048_576)],
  ['redirects to itself', redirectTo('/')],
  ['sends HTML', text('<html>Sign in</html>', 'text/html')],
  ['sends half a document', text('{"keys":[')],
  ['sends no key set', text('{"error":"x"}')],
  ['sends an empty key set', text('{"keys":[]}')],
  ['sends another document', text('{"issuer":"https://evil.example.org","jwks_uri":"https://evil.example.org/k"}')],
];

async function keep(token: Promise<string>): Promise<string> {
  tokens.add(await token);
  return token;
}

describe.each(TRANSPORTS)('keys and issuer, over %s', (via) => {
  it.each(OUTAGES)(
    'an issuer that %s from the start: 503, and all is well once it recovers',
    async (_name, responder) => {
      bench = await startKeyBench(responder);
      const token = await keep(bench.lastingToken());
      await bench.expectCall(via, token, UNAVAILABLE);
      const asked = bench.issuer.requests.length;
      for (let count = 0; count < 5; count += 1) await bench.expectCall(via, token, UNAVAILABLE);
      expect(bench.issuer.requests.length).toBe(asked);
      bench.issuer.recover();
      bench.wait(8_000);
      await bench.expectCall(via, token, GRANTED);
    },
  );

  it.each(OUTAGES.filter(([name]) => name !== 'sends an empty key set'))(
    'an issuer that %s later: its last good keys serve for a day',
    async (_name, responder) => {
      bench = await startKeyBench();
      const token = await keep(bench.lastingToken());
      const unknown = await keep(bench.lastingToken(fresh));
      await bench.expectCall(via, token, GRANTED);
      bench.issuer.misbehave('*', responder);
      bench.wait(HOUR_MS);
      await bench.expectCall(via, token, GRANTED);
      await bench.expectCall(via, unknown, UNAVAILABLE);
      bench.wait(22 * HOUR_MS);
      await bench.expectCall(via, token, GRANTED);
      bench.wait(HOUR_MS);
      await bench.expectCall(via, token, UNAVAILABLE);
      bench.issuer.recover();
      bench.wait(8_000);
      await bench.expectCall(via, token, GRANTED);
    },
  );

  it('a new key is found at once', async () => {
    bench = await startKeyBench();
    await bench.expectCall(via, await keep(bench.lastingToken()), GRANTED);
    bench.issuer.setKeys([bench.key.jwk, fresh.jwk]);
    await bench.expectCall(via, await keep(bench.lastingToken(fresh)), GRANTED);
    await bench.expectCall(via, await keep(bench.lastingToken()), GRANTED);
  });

  it('a key that was taken back is gone within the hour', async () => {
    bench = await startKeyBench();
    const token = await keep(bench.lastingToken());
    await bench.expectCall(via, token, GRANTED);
    bench.issuer.setKeys([fresh.jwk]);
    bench.wait(HOUR_MS);
    await bench.expectCall(via, token, UNKNOWN_KEY);
    await bench.expectCall(via, await keep(bench.lastingToken(fresh)), GRANTED);
  });

  it('all keys taken back: nobody gets in by the old ones', async () => {
    bench = await startKeyBench();
    const token = await keep(bench.lastingToken());
    await bench.expectCall(via, token, GRANTED);
    bench.issuer.setKeys([]);
    bench.wait(HOUR_MS);
    await bench.expectCall(via, token, UNAVAILABLE);
  });

  it('another key under the same id replaces the first', async () => {
    bench = await startKeyBench();
    const old = await keep(bench.lastingToken());
    const next = await keep(bench.lastingToken(impostor));
    await bench.expectCall(via, old, GRANTED);
    await bench.expectCall(via, next, BAD_SIGNATURE);
    bench.issuer.setKeys([impostor.jwk]);
    bench.wait(HOUR_MS);
    await bench.expectCall(via, next, GRANTED);
    await bench.expectCall(via, old, BAD_SIGNATURE);
  });

  it('the first fifty callers at once ask the issuer once', async () => {
    bench = await startKeyBench();
    const token = await keep(bench.lastingToken());
    const answers = await Promise.all(Array.from({ length: 50 }, () => bench.call(via, token)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(bench.issuer.requests).toEqual([DISCOVERY_PATH, KEYS_PATH]);
  });

  it('a flood of unknown keys costs the issuer one request, and good callers go on', async () => {
    bench = await startKeyBench();
    const token = await keep(bench.lastingToken());
    await bench.expectCall(via, token, GRANTED);
    const before = bench.issuer.requests.length;
    bench.issuer.misbehave(KEYS_PATH, (_request, response) => {
      setTimeout(() => sendJson(response, { keys: [bench.key.jwk] }), 100);
    });
    const strangers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => keep(bench.lastingToken(impostor, `stranger-${index}`))),
    );
    const flooding = Promise.all(strangers.map((stranger) => bench.call(via, stranger)));
    const good = await Promise.all(Array.from({ length: 20 }, () => bench.call(via, token)));
    expect(new Set(good.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set((await flooding).map(({ status }) => status))).toEqual(new Set([401]));
    expect(bench.issuer.requests.length - before).toBe(1);
    bench.wait(9_000);
    await bench.expectCall(via, strangers[0] ?? '', UNKNOWN_KEY);
    expect(bench.issuer.requests.length - before).toBe(1);
    bench.wait(1_000);
    await bench.expectCall(via, strangers[0] ?? '', UNKNOWN_KEY);
    expect(bench.issuer.requests.length - before).toBe(2);
  });

  it('a redirect is not followed, so what it points to is not asked', async () => {
    const target = await startIssuer([]);
    bench = await startKeyBench(redirectTo(`${target.origin}/latest/meta-data`));
    await bench.expectCall(via, await keep(bench.lastingToken()), UNAVAILABLE);
    expect(target.requests).toEqual([]);
    await target.close();
  });

  it('weak keys, encryption keys and secrets in the key set prove nothing', async () => {
    bench = await startKeyBench();
    const weak = await createKey({ kid: 'weak', rsaBits: 1024 });
    const secret = { kty: 'oct', kid: 'oct', k: 'c2VjcmV0', alg: 'HS256' };
    bench.issuer.setKeys([weak.jwk, secret, { ...fresh.jwk, use: 'enc' }, bench.key.jwk]);
    const ofWeak = mintRaw(weak, { alg: 'RS256', kid: 'weak' }, bench.claims());
    await bench.expectCall(via, await keep(Promise.resolve(ofWeak)), UNKNOWN_KEY);
    await bench.expectCall(via, await keep(bench.lastingToken(fresh)), UNKNOWN_KEY);
    await bench.expectCall(via, await keep(bench.lastingToken()), GRANTED);
  });
});
