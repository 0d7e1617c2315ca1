/** Looks for secrets and people in everything that the program has written. */
import { expect } from 'vitest';
import { type AuthBench, EMAIL, SUBJECT } from './bench.ts';

/** A token, and the parts of it that would do as well. */
function partsOf(token: string): readonly string[] {
  return [token, ...token.split('.').slice(1)].filter((part) => part.length >= 12);
}

/** @param tokens all that were sent, good and bad */
export function expectNoLeaks(bench: AuthBench, tokens: Iterable<string>): void {
  const logs = bench.server.app.logs().map((line) => JSON.stringify(line));
  const written = [...logs, ...bench.answers].join('\n');
  const found = [...tokens].flatMap(partsOf).filter((part) => written.includes(part));
  expect(found).toEqual([]);
  expect(written).not.toContain(EMAIL);
  expect(logs.join('\n')).not.toContain(SUBJECT);
  // Otherwise the scan would have scanned nothing.
  expect(logs.length).toBeGreaterThan(0);
}
