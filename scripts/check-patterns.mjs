/**
 * Part of `npm run check`: no regular expression of the program may take more than linear time on a text that it does not fit.
 * Argument texts are up to a mebibyte long, and AWS's longer: the square of that holds everybody up for minutes. Those that a
 * module puts together when it is loaded are judged as they came out; none may be made later, of texts that nobody here has
 * seen. Prints the places, and what to write instead stands in lib/domain/text/drop-at-end.ts for the most frequent one.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { analyse } from 'scslre';

const ROOT = join(import.meta.dirname, '..');
/** Runs in a reader's browser, on that reader's own chart. */
const IN_BROWSER = /(^|[\\/])(client|page-assets)\b/;

const files = globSync('{lib,handlers,adapters}/**/*.ts', { cwd: ROOT }).filter(
  (path) => !path.endsWith('.test.ts') && !IN_BROWSER.test(path),
);
const built = watchBuilt();
const refused = [];
let patterns = 0;
let made = 0;
for (const path of files) {
  const found = findPatterns(path, readFileSync(join(ROOT, path), 'utf8'));
  for (const { source, flags } of [...found.literals, ...(found.made > 0 ? await loadBuilt(path, found.made) : [])]) {
    patterns += 1;
    const { reports } = analyse({ source, flags });
    if (reports.length > 0) refused.push(`${path}: /${source}/${flags} (${reports[0].type})`);
  }
  made += found.made;
  for (const text of found.late) refused.push(`${path}: ${text} is made at run time, where nobody can judge it`);
}
process.stdout.write(
  `${[...refused, `${patterns} patterns of ${files.length} files, ${made} of them put together; ${refused.length} refused`].join('\n')}\n`,
);
if (refused.length > 0 || made === 0) process.exitCode = 1;

/** The literals of a file, how many patterns it puts together when it is loaded, and those that it would make later. */
function findPatterns(path, source) {
  const literals = [];
  const late = [];
  let depth = 0;
  let count = 0;
  const enter = () => {
    depth += 1;
  };
  const leave = () => {
    depth -= 1;
  };
  const make = ({ callee, start, end }) => {
    if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return;
    if (depth === 0) count += 1;
    else late.push(source.slice(start, end));
  };
  const visitor = new Visitor({
    Literal({ regex }) {
      if (regex !== undefined && regex !== null) literals.push({ source: regex.pattern, flags: regex.flags });
    },
    NewExpression: make,
    CallExpression: make,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
  });
  visitor.visit(parseSync(path, source).program);
  return { literals, late, made: count };
}

/** From here on: what is put together, by the file that does it. */
function watchBuilt() {
  const byFile = new Map();
  globalThis.RegExp = new Proxy(RegExp, {
    construct(target, args, as) {
      const regex = Reflect.construct(target, args, as);
      const [file] = /file:[^\n]+(?=:\d+:\d+)/.exec(new Error().stack.split('\n')[2] ?? '') ?? [''];
      byFile.set(file, [...(byFile.get(file) ?? []), regex]);
      return regex;
    },
  });
  return byFile;
}

async function loadBuilt(path, count) {
  const { href } = pathToFileURL(join(ROOT, path));
  await import(href);
  const seen = built.get(href) ?? [];
  if (seen.length < count) refused.push(`${path}: ${seen.length} of ${count} patterns were seen when it was loaded`);
  return seen;
}
