/** Looks for a test that notices a change: the related tests in growing parts, the nearest first. */
import type { ImportGraph } from './related-tests.ts';
import { LATE, type Tester } from './tester.ts';

/** Most changes are noticed by the nearest test; each further part costs more. */
const PARTS = [1, 3, 8, 16, 32] as const;

export interface Hunt {
  /** The test file that fails with the change, {@link LATE} where the nearest does not end; undefined: nobody notices. */
  findNoticing(file: string, source: string, changed: string): Promise<string | undefined>;
  /** Test files that fail on the program as it is; they say nothing. */
  readonly unsound: ReadonlySet<string>;
}

export interface HuntLimits {
  /** For one change. */
  readonly limitMs: number;
  /** Test files tried with one change. */
  readonly maxTests: number;
}

export function createHunt(tester: Tester, graph: ImportGraph, { limitMs, maxTests }: HuntLimits): Hunt {
  const sound = new Set<string>();
  const unsound = new Set<string>();

  /** A failure says something only of a test that passes on the program as it is. */
  async function isSound(test: string): Promise<boolean> {
    if (sound.has(test)) return true;
    const isPassing = (await tester.findFailing([test], limitMs)) === undefined;
    (isPassing ? sound : unsound).add(test);
    return isPassing;
  }

  async function findNoticing(file: string, source: string, changed: string): Promise<string | undefined> {
    const endMs = performance.now() + limitMs;
    let tests = graph.testsOf(file).slice(0, maxTests);
    for (const size of PARTS) {
      let part = tests.slice(0, size).filter((test) => !unsound.has(test));
      tests = tests.slice(size);
      while (part.length > 0 && performance.now() < endMs) {
        tester.write(file, changed);
        const failing = await tester.findFailing(part, endMs - performance.now());
        tester.write(file, source);
        if (failing === undefined) break;
        if (failing === LATE) {
          // The nearest test, when it does not end although it did before, says that something hangs; far ones are only many.
          const [nearest] = part;
          return size === PARTS[0] && nearest !== undefined && (await isSound(nearest)) ? LATE : undefined;
        }
        if (await isSound(failing)) return failing;
        part = part.filter((test) => test !== failing);
      }
    }
    return undefined;
  }

  return { findNoticing, unsound };
}
