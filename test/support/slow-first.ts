/**
 * The order of test files: those that run much of the program first, since the last file may run alone on one core. On a fresh
 * machine nothing is known of how long they take but where they stand.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The slowest first; what stands nowhere here is quick. */
const FOLDERS = [
  'test/questions/',
  'test/registry/',
  'scripts/',
  'lib/tools/',
  'test/',
  'local/',
  'adapters/',
  'handlers/',
];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const path = moduleId.slice(root.length + 1);
      const rank = FOLDERS.findIndex((folder) => path.startsWith(folder));
      return rank < 0 ? FOLDERS.length : rank;
    };
    // Stable: within a folder as vitest would have it.
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
