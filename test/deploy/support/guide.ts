/** The commands of a Markdown guide, and what they name. */

export interface Command {
  /** Words, quotes removed. */
  readonly words: readonly string[];
  readonly line: number;
}

/** Fenced blocks of one of these languages. */
export function readBlocks(
  markdown: string,
  languages: readonly string[],
): { readonly line: number; readonly text: string }[] {
  const lines = markdown.split('\n');
  const blocks: { line: number; text: string }[] = [];
  let start = -1;
  let isWanted = false;
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('```')) continue;
    if (start === -1) {
      start = index + 1;
      isWanted = languages.includes(line.slice(3).trim());
    } else {
      if (isWanted) blocks.push({ line: start + 1, text: lines.slice(start, index).join('\n') });
      start = -1;
    }
  }
  return blocks;
}

/** Shell text → its commands: comments and continuations removed, pipes and lists split. Here-documents are left out. */
export function readCommands(block: { readonly line: number; readonly text: string }): Command[] {
  const text = block.text
    .replace(/<<'?EOF'?[^\n]*\n[\s\S]*?\nEOF/g, (match) => '\n'.repeat(match.split('\n').length - 1))
    .replace(/\\\n/g, ' ');
  const commands: Command[] = [];
  let words: string[] = [];
  let line = block.line;
  let startLine = line;
  const finish = (): void => {
    if (words.length > 0) commands.push({ words, line: startLine });
    words = [];
    startLine = line;
  };
  for (const [token] of text.matchAll(/\n|&&|\|\|?|;|#[^\n]*|(?:'[^']*'|"(?:\\.|[^"\\])*"|\$\([^)]*\)|[^\s'"|;])+/g)) {
    if (token === '\n' || token === '&&' || token === ';' || token.startsWith('|')) {
      finish();
      if (token === '\n') line += 1;
      startLine = line;
    } else if (!token.startsWith('#')) {
      words.push(unquote(token));
      line += token.split('\n').length - 1;
    }
  }
  finish();
  return commands;
}

function unquote(token: string): string {
  return token.replaceAll(
    /'([^']*)'|"((?:\\.|[^"\\])*)"/g,
    (_all, single?: string, double?: string) => single ?? double ?? '',
  );
}
