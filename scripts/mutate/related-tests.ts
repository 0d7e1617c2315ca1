/** Which tests reach a file, the nearest first: by the imports of the whole tree. */
import { readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

const TEST_FILE = /\.test\.ts$/;
/** Tests of the bundle, which is built once and would not hold the change. */
const NEEDS_BUNDLE = /\binject\(/;

export interface ImportGraph {
  /** Test files that import the file, directly or not: its own first, then of the same subject, then by the imports in between. */
  testsOf(file: string): readonly string[];
}

/** @param files paths relative to `root`, with `/` */
export function readImportGraph(root: string, files: readonly string[]): ImportGraph {
  const importers = new Map<string, string[]>();
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8');
    if (TEST_FILE.test(file) && NEEDS_BUNDLE.test(source)) continue;
    for (const imported of importsOf(file, source)) {
      const list = importers.get(imported);
      if (list === undefined) importers.set(imported, [file]);
      else list.push(file);
    }
  }
  return {
    testsOf(file) {
      const stem = file.slice(0, -extname(file).length);
      const found: { readonly test: string; readonly distance: number; readonly common: number }[] = [];
      const seen = new Set([file]);
      let level: readonly string[] = [file];
      for (let distance = 0; level.length > 0; distance += 1) {
        for (const test of level) {
          if (!TEST_FILE.test(test)) continue;
          const common = test.startsWith(`${stem}.`) ? Number.POSITIVE_INFINITY : countCommonFolders(test, file);
          found.push({ test, distance, common });
        }
        level = level.flatMap((name) =>
          (importers.get(name) ?? []).filter((next) => !seen.has(next) && seen.add(next)),
        );
      }
      return found
        .toSorted(
          (a, b) =>
            Number(b.common > a.common) - Number(b.common < a.common) ||
            a.distance - b.distance ||
            (a.test < b.test ? -1 : 1),
        )
        .map(({ test }) => test);
    },
  };
}

/** What a file needs when it runs: imports of types do not count. */
function importsOf(file: string, source: string): readonly string[] {
  const { module } = parseSync(file, source);
  const specifiers = [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start + 1, end - 1)),
  ];
  return specifiers.filter((name) => name.startsWith('.')).map((name) => normalize(join(dirname(file), name)));
}

/** Folders of the file that the test's path has too: `auth` of `lib/auth/…` and `test/auth/…`. */
function countCommonFolders(test: string, file: string): number {
  const folders = new Set(dirname(test).split('/'));
  return dirname(file)
    .split('/')
    .filter((folder) => folder !== 'lib' && folders.has(folder)).length;
}
