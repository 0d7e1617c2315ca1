import { describe, expect, it } from 'vitest';
import { applyChange, findPlaces } from './changes.ts';

/** All changes of a text, as it reads after each. */
function changesOf(source: string): string[] {
  return findPlaces('a.ts', source).flatMap((place) =>
    place.alternatives.map((alternative) => applyChange(source, place, alternative)),
  );
}

describe('findPlaces', () => {
  it.each([
    ['const a = b < c;', ['const a = b <= c;', 'const a = b >= c;']],
    ['const a = b !== c;', ['const a = b === c;']],
    ['const a = b * c;', ['const a = b / c;']],
    ['const a = b && !c;', ['const a = b || !c;', 'const a = b && c;']],
    ['const a = b ? c : d;', ['const a = true ? c : d;', 'const a = false ? c : d;']],
    ['const MAX = 1_000;', ['const MAX = (1001);', 'const MAX = (999);']],
    ["const a = 'text';", ["const a = '';"]],
    ['const a = b.c ?? 1;', ['const a = b.c ?? (2);', 'const a = b.c ?? (0);']],
    ['const a = [b];', ['const a = [];']],
    ['const a = () => b;', ['const a = () => undefined;']],
    ['function a() { return b; }', ['function a() { return undefined; }']],
    [
      'function a() { if (b) throw c; }',
      ['true', 'false'].map((is) => `function a() { if (${is}) throw c; }`).concat('function a() { if (b) ; }'),
    ],
    ['start();', [';']],
  ])('changes %s', (source, changed) => {
    expect(changesOf(source)).toEqual(changed);
  });

  it.each([
    "import { a } from './a.ts';",
    "export * from './a.ts';",
    "type A = 'a' | 1;",
    "interface A { readonly a: 'a' | true }",
    "const a = { 'b': c };",
    "const a: 'b' = c as 'b';",
    "const a = '';",
    'const a = [];',
    'const a = b[c] ?? 0;',
    'const a = b[c]?.d ?? 0;',
  ])('leaves %s alone', (source) => {
    expect(findPlaces('a.ts', source)).toEqual([]);
  });

  it('makes no loop count the wrong way, and no text from a difference', () => {
    expect(changesOf('for (let i = a; i < b; i += c) d = i;').join('\n')).not.toContain('-=');
    expect(changesOf("const a = 'b' + c;")).toEqual(["const a = '' + c;"]);
  });

  it('takes all rounds of a loop over a row, and adds none', () => {
    expect(changesOf('for (; a < b.length; c()) {}')).toEqual(['for (; a >= b.length; c()) {}']);
    expect(changesOf('for (; a < b.size; c()) {}')).toHaveLength(2);
    expect(changesOf('for (; a <= b.length; c()) {}')).toHaveLength(2);
  });

  it('leaves a sign its size', () => {
    expect(changesOf('const a = b ? -c : 1;')).toContain('const a = b ? -c : (0);');
    expect(changesOf('const a = b ? -c : 1;')).not.toContain('const a = b ? -c : (2);');
  });

  it('says of text that is no program that it cannot be parsed', () => {
    expect(() => findPlaces('a.ts', 'const = ;')).toThrow(/^a\.ts cannot be parsed: /);
  });
});
