/** Looks through all that was written for all that must not be. */
import { expect } from 'vitest';
import type { CredentialBench } from './credential-bench.ts';

const MIN_CHARS = 9;

/** A secret as it is, as it stands in JSON, and the parts of a token that would do as well. */
function formsOf(secret: string): readonly string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), secret.slice(0, secret.lastIndexOf('.'))];
  return forms.filter((form) => form.length >= MIN_CHARS);
}

export function expectNoSecrets({ logLines, shown, secrets }: CredentialBench): void {
  const written = [...logLines, ...shown].join('\n');
  const found = [...secrets].flatMap(formsOf).filter((form) => written.includes(form));
  expect(found).toEqual([]);
  // Otherwise the search would have searched nothing.
  expect(secrets.size).toBeGreaterThan(20);
  expect(logLines.length).toBeGreaterThan(20);
  expect(shown.length).toBeGreaterThan(20);
}
