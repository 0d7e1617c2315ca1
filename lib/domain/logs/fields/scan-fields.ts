/**
 * Finds the fields of structured log text. Forgiving on purpose: the text may be cut in the middle, or hold the
 * tokens of Logs Insights (`"n":<Token-3>`) where JSON would have a value. Pure; linear in the length of the text.
 */

export interface ScannedField {
  /** Names from the outside in; members of an array have the array's. */
  readonly path: readonly string[];
  readonly value: string;
}

const MAX_CHARS = 8_000;
const MAX_FIELDS = 200;
const MAX_DEPTH = 12;
/** Of an array only the beginning is told, e.g. the first line of a stack. */
const MAX_MEMBERS = 1;

interface Level {
  readonly isArray: boolean;
  key: string | undefined;
  hasColon: boolean;
  members: number;
}

/** Fields of the JSON object that the text begins with; empty where it does not begin with one. */
export function scanFields(text: string): readonly ScannedField[] {
  const pieces = /\s+|"((?:[^"\\]|\\[\s\S])*)(?:"|$)|[{}[\],:]|[^\s"{}[\],:]+/gy;
  const levels: Level[] = [];
  const fields: ScannedField[] = [];
  const source = text.slice(0, MAX_CHARS);
  for (const [piece, quoted] of source.matchAll(pieces)) {
    if (fields.length >= MAX_FIELDS || levels.length > MAX_DEPTH) break;
    const level = levels.at(-1);
    if (piece === '{' || piece === '[')
      levels.push({ isArray: piece === '[', key: undefined, hasColon: false, members: 0 });
    else if (piece === '}' || piece === ']') {
      levels.pop();
      if (levels.length === 0) break;
    } else if (level === undefined) break;
    else if (piece === ':') level.hasColon = true;
    else if (piece === ',') Object.assign(level, { key: undefined, hasColon: false });
    else if (level.isArray) {
      level.members += 1;
      const isWanted = quoted !== undefined && level.members <= MAX_MEMBERS;
      if (isWanted) fields.push({ path: pathOf(levels), value: unescapeText(quoted) });
    } else if (!level.hasColon) level.key = quoted ?? level.key;
    else if (piece.trim() !== '' && level.key !== undefined) {
      fields.push({ path: pathOf(levels), value: quoted === undefined ? piece : unescapeText(quoted) });
      level.key = undefined;
    }
  }
  return fields;
}

function pathOf(levels: readonly Level[]): string[] {
  return levels.flatMap(({ key }) => key ?? []);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '' };

function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_found, code: string | undefined, char: string | undefined) =>
      code === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
