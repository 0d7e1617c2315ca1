/** Makes foreign text harmless to look at and to read for a model. Pure; linear in the length of the text. */

import { dropAtEnd } from './drop-at-end.ts';

const ESC = '\u001b';
/** Escape sequences of terminals: CSI (`ESC [ … m`), OSC (`ESC ] … BEL`) and two-character ones; 8-bit forms too. */
const ANSI = new RegExp(
  [
    `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`,
    `(?:${ESC}\\]|\u009d)[^\u0007${ESC}\u009c]{0,2000}(?:\u0007|${ESC}\\\\|\u009c)?`,
    `${ESC}[@-Z\\\\-_]?`,
  ].join('|'),
  'g',
);
/** Control and format characters, line and paragraph separators, and whatever Unicode calls ignorable: bidi, zero-width, tags. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Removes ANSI escapes, control, bidi and invisible characters; keeps tabs and line feeds. Lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(ANSI, '').replace(/\r\n?/g, '\n').replace(INVISIBLE, '');
}

/** The same on one line: line breaks and tabs become spaces. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Cuts to at most `maxChars` characters, never inside a surrogate pair, and marks the cut. */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(maxChars - 2)) ? maxChars - 2 : maxChars - 1;
  return `${text.slice(0, Math.max(0, end))}…`;
}

const MAX_NAME_CHARS = 256; // longest name of an alarm, metric or dimension is 255 characters (CloudWatch API reference)

/** A foreign name inside a sentence of ours: one clean line in back-ticks, never breaking out of them. */
export function inlineName(name: string): string {
  return `\`${clip(cleanLine(name).replaceAll('`', "'"), MAX_NAME_CHARS)}\``;
}

const MAX_AWS_TEXT_CHARS = 300;

/** What AWS says about the caller's own query: one line, no ARN, no account id, at most 300 characters. */
export function cleanAwsText(message: string): string {
  const line = cleanLine(message)
    .replace(/arn:[\w-]+:[^\s'"`,)]+/gi, '[arn]')
    .replace(/(?<!\d)\d{12}(?!\d)/g, '[account]');
  return dropAtEnd(clip(line, MAX_AWS_TEXT_CHARS), '. ');
}

/** {@link cleanText} on every string of a JSON value, keys included; members that are undefined are left out, as JSON does. */
export function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [cleanText(key), cleanDeep(member)]));
}
