/**
 * Part of `npm run check`: no regular expression of the program may take more than linear time on a text that it does not fit.
 * Argument texts are up to a mebibyte long, and AWS's longer: the square of that holds everybody up for minutes. Prints the
 * places, and what to write instead stands in lib/domain/text/drop-at-end.ts for the most frequent one.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { analyse } from 'scslre';

const ROOT = join(import.meta.dirname, '..');
/** Runs in a reader's browser, on that reader's own chart. */
const IN_BROWSER = /(^|[\\/])(client|page-assets)\b/;

const files = globSync('{lib,handlers,adapters}/**/*.ts', { cwd: ROOT }).filter(
  (path) => !path.endsWith('.test.ts') && !IN_BROWSER.test(path),
);
const slow = [];
let patterns = 0;
for (const path of files) {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const visitor = new Visitor({
    Literal({ regex }) {
      if (regex === undefined || regex === null) return;
      patterns += 1;
      const { reports } = analyse({ source: regex.pattern, flags: regex.flags });
      if (reports.length > 0) slow.push(`${path}: /${regex.pattern}/${regex.flags} (${reports[0].type})`);
    },
  });
  visitor.visit(parseSync(path, source).program);
}
process.stdout.write(`${[...slow, `${patterns} patterns of ${files.length} files, ${slow.length} slow`].join('\n')}\n`);
if (slow.length > 0 || patterns === 0) process.exitCode = 1;
