/** What the tests of the documents need to know of Markdown. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', '.git', '.tmp']);

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Paths of all Markdown files below a folder of the project, relative to its root. */
export function listMarkdown(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : listMarkdown(path);
    return entry.name.endsWith('.md') ? [relative(ROOT, path)] : [];
  });
}

/** Targets of inline links and images, code left out. */
export function listLinks(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)].map(([, target = '']) => target);
}

/** The anchors that GitHub gives to headings: lower case, punctuation dropped, blanks to dashes, repetitions numbered. */
export function listAnchors(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, title = ''] of withoutBlocks(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

/** Relative links of a file whose target or anchor does not exist, each as `target (what is missing)`. */
export function findBrokenLinks(path: string, markdown: string): string[] {
  return listLinks(markdown).flatMap((target) => {
    if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? path : join(dirname(path), file);
    const absolute = join(ROOT, found);
    if (file !== '' && !existsSync(absolute)) return [`${target} (no such file)`];
    if (anchor === undefined || statSync(absolute).isDirectory()) return [];
    const text = file === '' ? markdown : readText(found);
    return listAnchors(text).has(anchor) ? [] : [`${target} (no such heading)`];
  });
}

/** The cells of the rows of the first table whose head begins with this cell; head and ruler left out. */
export function readTable(markdown: string, firstHead: string): string[][] {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} |`));
  if (head === -1) throw new Error(`There is no table whose head begins with ${firstHead}.`);
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end === -1 ? rest.length : end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** A cell's code span without its backticks. */
export function uncode(cell: string | undefined): string {
  return (cell ?? '').replaceAll('`', '');
}

function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}

function withoutCode(markdown: string): string {
  return withoutBlocks(markdown).replaceAll(/`[^`\n]*`/g, '');
}
