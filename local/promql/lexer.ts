import { parseError } from './promql-error.ts';

export interface Token {
  readonly kind: 'number' | 'duration' | 'string' | 'word' | 'mark' | 'end';
  readonly text: string;
  readonly offset: number;
}

const TOKEN =
  /\s*(?:(?<duration>(?:\d+(?:ms|[smhdwy]))+)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<word>[A-Za-z_:][\w:]*)|(?<mark>=~|!~|!=|[=(){}[\],+\-*/]))/y;

export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match?.groups === undefined) {
      const offset = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
      throw parseError(offset, `unexpected character: ${JSON.stringify(text.charAt(offset))}`);
    }
    const found = Object.entries(match.groups).find(([, value]) => value !== undefined);
    const [kind, raw = ''] = found ?? [];
    const token = { text: raw, offset: TOKEN.lastIndex - raw.length };
    if (kind === 'string') tokens.push({ ...token, kind, text: unquote(raw) });
    else if (kind === 'number' || kind === 'duration' || kind === 'word' || kind === 'mark')
      tokens.push({ ...token, kind });
  }
  return [...tokens, { kind: 'end', text: '', offset: end }];
}

function unquote(raw: string): string {
  return raw.slice(1, -1).replace(/\\(.)/g, (_all, character: string) => (character === 'n' ? '\n' : character));
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** `1h30m` in milliseconds. */
export function readDurationMs(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count = '0', unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0),
    0,
  );
}
