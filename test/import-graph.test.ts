/**
 * No circle between rooms, types included; the linter looks at circles of files. A room is a folder. Where a folder holds rooms
 * itself, each of its own files counts as one: they are what the rooms inside are built on, or what puts them together.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const TREES = ['lib', 'handlers', 'adapters', 'local', 'scripts'];

/** File → the files that it imports, by name from the root. */
function readImports(): ReadonlyMap<string, readonly string[]> {
  const files = TREES.flatMap((tree) =>
    readdirSync(join(ROOT, tree), { recursive: true, encoding: 'utf8' }).map((path) => join(tree, path)),
  ).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  return new Map(
    files.map((path) => {
      const imports = readFileSync(join(ROOT, path), 'utf8').matchAll(/\b(?:from|import)\s*\(?'(\.[^']+\.ts)'/g);
      return [path, [...imports].map(([, target = '']) => join(dirname(path), target))];
    }),
  );
}

function toRooms(files: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, ReadonlySet<string>> {
  const houses = new Set([...files.keys()].flatMap((path) => listFoldersAbove(dirname(path))));
  const roomOf = (path: string): string => (houses.has(dirname(path)) ? path : dirname(path));
  const rooms = new Map<string, Set<string>>();
  for (const [path, targets] of files) {
    const room = roomOf(path);
    const known = rooms.get(room) ?? new Set();
    for (const target of targets) if (roomOf(target) !== room) known.add(roomOf(target));
    rooms.set(room, known);
  }
  return rooms;
}

function listFoldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === '.' ? [] : [above, ...listFoldersAbove(above)];
}

/** What is left when again and again everything is taken away that imports nothing of the rest. */
function findCircles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  let left = new Set(graph.keys());
  for (;;) {
    const kept = new Set([...left].filter((node) => [...(graph.get(node) ?? [])].some((target) => left.has(target))));
    if (kept.size === left.size) return [...left].sort();
    left = kept;
  }
}

const FILES = readImports();

describe('the import graph', () => {
  it('is read whole', () => {
    expect(FILES.get('lib/mcp/registry.ts')).toContain('lib/tools/triage/list-targets/list-targets.ts');
    expect(FILES.size).toBeGreaterThan(500);
  });

  it('has no circle of rooms', () => {
    expect(findCircles(toRooms(FILES))).toEqual([]);
  });

  it('would show one', () => {
    const there: [string, readonly string[]] = ['lib/domain/text/nearest.ts', ['lib/domain/indexes/index-choice.ts']];
    const back: [string, readonly string[]] = [
      'lib/domain/indexes/index-evidence.ts',
      ['lib/domain/text/clean-text.ts'],
    ];
    expect(findCircles(toRooms(new Map([...FILES, there, back])))).toEqual(
      expect.arrayContaining(['lib/domain/indexes', 'lib/domain/text']),
    );
  });
});
