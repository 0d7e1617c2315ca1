import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCUSED, type Excuse } from './excused.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
const rowOf = ({ file, line, from, to, reason }: Excuse) =>
  `| \`${file}\` | ${code(line)} | ${code(from)} → ${code(to)} | ${reason} |`;

describe('excused changes', () => {
  it('are those of lines that the program has', () => {
    const stale = EXCUSED.filter(
      ({ file, line, from }) =>
        !line.includes(from) ||
        !read(file)
          .split('\n')
          .some((text) => text.trim() === line),
    );
    expect(stale).toEqual([]);
  });

  it('stand in docs/testing.md with their reasons', () => {
    const [, listed = ''] = /<!-- excused -->\n([\s\S]*?)<!-- \/excused -->/.exec(read('docs/testing.md')) ?? [];
    const rows = [
      '| file | line | change | why nobody can notice |',
      '| --- | --- | --- | --- |',
      ...EXCUSED.map(rowOf),
    ];
    expect(listed.trim()).toBe(EXCUSED.length === 0 ? 'None.' : rows.join('\n'));
  });
});
