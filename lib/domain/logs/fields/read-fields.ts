/** The fields of one log message that many events may share: JSON wherever it begins, and `key=value`. Pure; linear. */
import { isSharedValue, kindOfField } from './field-words.ts';
import { scanFields } from './scan-fields.ts';

export interface LogField {
  /** Path from the outside in, joined by dots; of a log line inside a field the path within that line. */
  readonly name: string;
  readonly value: string;
}

const MAX_CHARS = 4_000;
const MAX_FIELDS = 60;
const MAX_NAME_CHARS = 80;
/** A log line in a field of another one, e.g. of a container runtime. */
const MAX_NESTING = 2;
const PAIR =
  /(?<![\w?&])([A-Za-z_][\w.-]{0,60})=("(?:[^"\\]|\\.){0,200}"|'[^']{0,200}'|(?:[^\s,;&()[\]{}"']|\([^\s()]{0,200}\)|\[[^\s[\]]{0,200}\]|\{[^\s{}]{0,200}\}){1,200})/g;
/** What the platform of Lambda writes before each invocation (Lambda guide, "Log format"). */
const LAMBDA_START = /^START RequestId: \S{1,60} Version: (\d{1,10})/;
const EMPTY: ReadonlySet<string> = new Set(['', 'null', 'undefined', '-']);

/** At most 60; ids, times, amounts, sentences and empty values are left out, and of a name that comes twice the first stays. */
export function readFields(message: string): readonly LogField[] {
  const fields = new Map<string, string>();
  collect(message.slice(0, MAX_CHARS), 0, fields);
  return [...fields].map(([name, value]) => ({ name, value }));
}

function collect(text: string, nesting: number, fields: Map<string, string>): void {
  const start = text.search(/\{\s*"/);
  const head = start < 0 ? text : text.slice(0, start);
  collectPairs(head, fields);
  if (start < 0 || nesting >= MAX_NESTING) return;
  for (const { path, value } of scanFields(text.slice(start))) {
    if (fields.size >= MAX_FIELDS) return;
    if (/=|\{\s*"/.test(value)) collect(value.trim(), nesting + 1, fields);
    else keep(path.join('.'), value, fields);
  }
}

function collectPairs(text: string, fields: Map<string, string>): void {
  const version = LAMBDA_START.exec(text)?.[1];
  if (version !== undefined) keep('version', version, fields);
  if (!text.includes('=')) return;
  for (const [, name = '', value = ''] of text.matchAll(PAIR)) {
    if (fields.size >= MAX_FIELDS) return;
    keep(name, value.replace(/^["']|["']$/g, ''), fields);
  }
}

function keep(name: string, value: string, fields: Map<string, string>): void {
  if (name.length > MAX_NAME_CHARS || fields.has(name) || EMPTY.has(value) || value.includes('<')) return;
  if (isSharedValue(kindOfField(name), value)) fields.set(name, value);
}
