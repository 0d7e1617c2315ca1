/** Booleans, choices and texts as models write them. */
import type { z } from 'zod';
import { dropAtEnd } from '../../domain/text/drop-at-end.ts';
import { type ArgumentKind, isWord, kindOf } from './argument-kind.ts';
import type { Place } from './reading.ts';

const YES = new Set(['true', 'yes', 'y', 'on', '1']);
const NO = new Set(['false', 'no', 'n', 'off', '0']);

export function readBoolean(value: unknown): unknown {
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : value;
}

const ALL = new Set(['all', 'any', '*']);

/** `all`, where the tool list says that leaving the argument out means all. */
export function isAll(value: unknown, description = ''): boolean {
  return typeof value === 'string' && ALL.has(value.trim().toLowerCase()) && /default: all\b/i.test(description);
}

/** Longer than any choice, however it is spelt. */
const MAX_CHOICE_CHARS = 100;

/** A choice in any case and with any separator. */
export function readEnum(value: unknown, schema: z.ZodEnum): unknown {
  if (typeof value !== 'string' || value.length > MAX_CHOICE_CHARS) return value;
  const options = schema.options.map(String);
  const found = options.filter((option) => fold(option) === fold(value));
  return options.includes(value) || found.length !== 1 ? value : found[0];
}

/** The same for `StateUpdate`, `state update` and `STATE_UPDATE`. */
export function fold(text: string): string {
  return text.replaceAll(/[\s_"'-]/g, '').toLowerCase();
}

/** Around a whole text, the first with or without the name of a language. */
const FENCE = '```';
const OPENING_FENCE = /^```[\w-]*[ \t]*\r?\n/;

export function readText(value: unknown, place: Place): unknown {
  const kind = kindOf(place.argument);
  if (typeof value === 'number')
    return kind === 'account' && Number.isSafeInteger(value) && value > 0
      ? String(value).padStart(12, '0')
      : String(value);
  if (typeof value !== 'string' || place.isMember) return kind === 'query' ? withoutFence(value) : value;
  if (place.argument.endsWith('prefix')) return withoutStar(value, kind, place);
  if (isWord(kind)) return readName(value, kind);
  return kind === 'query' ? withoutFence(value) : value;
}

function withoutFence(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  const opening = OPENING_FENCE.exec(text)?.[0];
  if (opening === undefined || !text.endsWith(FENCE) || text.length < opening.length + FENCE.length) return value;
  const inner = dropAtEnd(text.slice(opening.length, -FENCE.length), ' \t').replace(/\r?\n$/, '');
  return inner.includes(FENCE) ? value : inner;
}

function readName(value: string, kind: ArgumentKind): string {
  const word = value
    .trim()
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim();
  if (kind === 'region') return word === '*' ? 'all' : word.toLowerCase().replaceAll(/[\s_]+/g, '-');
  if (kind !== 'account') return word;
  if (word === '*' || word.toLowerCase() === 'all') return 'all';
  return /^\d{4}-\d{4}-\d{4}$/.test(word) ? word.replaceAll('-', '') : word;
}

/** Where a beginning is asked for, a star at its end says nothing: the answer is the same or larger. */
function withoutStar(value: string, kind: ArgumentKind, place: Place): unknown {
  const text = isWord(kind) ? readName(value, kind) : value;
  if (!text.endsWith('*')) return text;
  place.warnings.push(`${place.path} is a beginning, not a pattern: the * at its end was dropped.`);
  const beginning = dropAtEnd(text, '*');
  return beginning === '' ? undefined : beginning;
}
