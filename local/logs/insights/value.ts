/** An instant inside a query: computes as milliseconds since the epoch, is shown as `YYYY-MM-DD HH:mm:ss.SSS`. */
export class Timestamp {
  readonly epochMs: number;

  constructor(epochMs: number) {
    this.epochMs = epochMs;
  }
}

/** A map or list, as `jsonParse` gives it: its fields have dotted names, and it is shown as JSON. */
export class Structure {
  readonly root: object;

  constructor(root: object) {
    this.root = root;
  }
}

/** What a field or an expression can be. Truth is 1 and 0; a missing field is `undefined`. */
export type Value = string | number | Timestamp | Structure;

const NUMBER_TEXT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The number that a value stands for; `undefined` for text that is no decimal number. */
export function toNumber(value: Value | undefined): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'string') {
    return NUMBER_TEXT.test(value) ? Number(value) : undefined;
  }
  return value instanceof Timestamp ? value.epochMs : undefined;
}

/** The text of a value as a result row shows it. */
export function toText(value: Value): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number') {
    return String(value);
  }
  return value instanceof Timestamp ? formatTimestamp(value.epochMs) : JSON.stringify(value.root);
}

const HOUR_MS = 3_600_000;
let formattedHour = { hour: Number.NaN, text: '' };

/** `YYYY-MM-DD HH:mm:ss.SSS` in UTC. Rows of a query are mostly of the same hour, and a Date for each is the dearest part of a query. */
function formatTimestamp(epochMs: number): string {
  const wholeMs = Math.trunc(epochMs);
  const hour = Math.floor(wholeMs / HOUR_MS);
  if (hour !== formattedHour.hour) {
    const date = new Date(hour * HOUR_MS);
    if (Number.isNaN(date.getTime())) return String(epochMs);
    formattedHour = { hour, text: date.toISOString().replace('T', ' ').slice(0, -'00:00.000Z'.length) };
  }
  const ms = wholeMs - hour * HOUR_MS;
  const [minutes, seconds] = [Math.floor(ms / 60_000), Math.floor(ms / 1_000) % 60];
  return `${formattedHour.text}${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(ms % 1_000, 3)}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** Negative, 0 or positive. By number when both sides are numbers (or text that is one), by text otherwise. */
export function compareValues(left: Value, right: Value): number {
  const leftNumber = toNumber(left);
  const rightNumber = leftNumber === undefined ? undefined : toNumber(right);
  if (leftNumber !== undefined && rightNumber !== undefined) {
    return leftNumber - rightNumber;
  }
  const leftText = toText(left);
  const rightText = toText(right);
  if (leftText === rightText) {
    return 0;
  }
  return leftText < rightText ? -1 : 1;
}

export function isTrue(value: Value | undefined): boolean {
  return value !== undefined && value !== 0 && value !== '';
}
