/**
 * The shape of a log message: what stays the same from event to event, with placeholders for the rest.
 * JSON is told by the fields that say what happened (level, message, event, error, HTTP status), not by its data.
 * Pure; linear in the length of the message.
 */
import { cleanLine, cleanText } from '../../text/clean-text.ts';
import { lookUp } from '../../text/look-up.ts';
import { type ScannedField, scanFields } from '../fields/scan-fields.ts';
import { maskText } from './message-template-mask.ts';

const MAX_MESSAGE_CHARS = 8_000;
/** A log line in a field of another one, e.g. of a container runtime. */
const MAX_NESTING = 2;
/** Of a stack trace the exceptions are told, not the frames. */
const MAX_EXCEPTION_LINES = 3;
const MAX_TRACE_LINES = 400;
const MAX_KEYS_SHOWN = 12;
const MAX_LEVEL_CHARS = 20;
const MAX_TRACE_LINE_CHARS = 500;
const LINE_MARK = ' ⏎ ';

type Role = 'level' | 'message' | 'event' | 'error' | 'status' | 'request';

const ROLES: Readonly<Record<string, Role>> = Object.fromEntries([
  ...toRole('level', 'level lvl loglevel log_level severity severitytext'),
  ...toRole('message', 'message msg log text body @m @mt errormessage error_message exceptionmessage'),
  ...toRole(
    'event',
    'event eventname event_name eventtype event_type action operation type errortype error_type errorcode error_code',
  ),
  ...toRole('error', 'error err exception cause reason'),
  ...toRole('status', 'status statuscode status_code httpstatus responsecode'),
  ...toRole(
    'request',
    'httpmethod http_method method verb path route resource resourcepath url uri requesturi request_uri',
  ),
]);
/** What is said of an error inside an object of that name. */
const ERROR_PARTS: ReadonlySet<string> = new Set(['name', 'message', 'msg', 'type', 'kind', 'class', 'code']);
/** Objects whose members count as if they stood outside. */
const CARRIERS: ReadonlySet<string> = new Set([
  'log',
  'http',
  'request',
  'response',
  'req',
  'res',
  'detail',
  'data',
  'payload',
  'record',
  'body',
]);
/** Levels as numbers (pino, bunyan). */
const NUMBERED_LEVELS: Readonly<Record<string, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

function toRole(role: Role, names: string): (readonly [string, Role])[] {
  return names.split(' ').map((name) => [name, role]);
}

/** `ERROR checkout failed error.name=DatabaseError`, `<time> <uuid> Task timed out after <num> seconds`. */
export function toTemplate(message: string): string {
  return cleanLine(shapeOf(message.slice(0, MAX_MESSAGE_CHARS), 0));
}

function shapeOf(message: string, nesting: number): string {
  const text = cleanText(message).trim();
  const start = text.search(/\{\s*"/);
  const fields = start < 0 ? [] : scanFields(text.slice(start));
  if (fields.length === 0 || nesting >= MAX_NESTING) return shapeOfText(text, nesting);
  const head = start === 0 ? '' : shapeOfText(text.slice(0, start), nesting);
  return `${head} ${shapeOfFields(fields, nesting)}`;
}

const EXCEPTION_LINE =
  /^(?:Caused by: |Exception in thread "[^"]*" )?(?:[\w$]+\.)*[\w$]*(?:Exception|Error|Fault|Panic)\b(?!\s*\()/;

/** The first line, and of a stack trace the exceptions that it names. */
function shapeOfText(text: string, nesting: number): string {
  const end = text.indexOf('\n');
  if (end < 0) return shapeOfLine(text, nesting);
  const first = text.slice(0, end);
  const others = text
    .slice(end + 1)
    .split('\n', MAX_TRACE_LINES)
    .map((line) => line.slice(0, MAX_TRACE_LINE_CHARS))
    .filter((line) => EXCEPTION_LINE.test(line))
    .slice(0, MAX_EXCEPTION_LINES);
  return [shapeOfLine(first, nesting), ...others.map((line) => maskText(line))].join(LINE_MARK);
}

/** A line that is nothing but `key=value` (logfmt): what it says first, then which data it has. */
function shapeOfLine(line: string, nesting: number): string {
  if (!line.includes('=')) return maskText(line);
  const pairs = nesting >= MAX_NESTING ? [] : line.matchAll(PAIR);
  const fields = [...pairs].map(([, key = '', value = '']) => ({ path: key.split('.'), value: unquote(value) }));
  const isSaid = fields.some(({ path }) => roleOf(path) === 'message');
  if (!isSaid || line.replace(PAIR, '').trim() !== '') return maskText(markPairs(line));
  const data = fields.filter(({ path }) => [undefined, 'request'].includes(roleOf(path)));
  return [shapeOfFields(fields, nesting), ...data.map(({ path }) => `${path.join('.')}=<*>`)].join(' ');
}

function unquote(value: string): string {
  const quote = value.charAt(0);
  if ((quote !== '"' && quote !== "'") || !value.endsWith(quote) || value.length < 2) return value;
  return value.slice(1, -1).replaceAll(String.raw`\"`, '"');
}

const PAIR =
  /(?<![\w?&])([A-Za-z_][\w.-]{0,60})=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s,;&()[\]{}"']|\([^\s()]*\)|\[[^\s[\]]*\]|\{[^\s{}]*\})+)/g;

/** `key=value`: the value is data, unless the key says what happened. */
function markPairs(line: string): string {
  if (!line.includes('=')) return line;
  return line.replace(PAIR, (pair, key: string, value: string) => {
    const role = roleOf([key]);
    if (role === undefined || role === 'request') return `${key}=<*>`;
    return role === 'level' ? `${key}=${levelOf(value.replace(/["']/g, ''))}` : pair;
  });
}

function shapeOfFields(fields: readonly ScannedField[], nesting: number): string {
  const told = fields.flatMap((field) => {
    const role = roleOf(field.path);
    return role === undefined || field.value === '' || field.value === 'null' ? [] : [{ ...field, role }];
  });
  const hasMessage = told.some(({ role }) => role === 'message');
  const parts = told.flatMap(({ path, value, role }) => {
    if (role === 'level') return [{ order: 0, text: levelOf(value) }];
    if (role === 'message') return [{ order: 1, text: shapeOf(value, nesting + 1) }];
    if (role === 'request' && hasMessage) return [];
    const name = path.join('.');
    const shape =
      role === 'status'
        ? statusOf(value)
        : role === 'error' && path.at(-1) === 'code'
          ? codeOf(value)
          : shapeOf(value, nesting + 1);
    return [{ order: 2, text: `${name}=${/\s/.test(shape) ? `"${shape}"` : shape}` }];
  });
  if (parts.length === 0)
    return `{${[...new Set(fields.map(({ path }) => path[0] ?? ''))].slice(0, MAX_KEYS_SHOWN).join(', ')}}`;
  return parts
    .sort((a, b) => a.order - b.order)
    .map(({ text }) => text)
    .join(' ');
}

function roleOf(path: readonly string[]): Role | undefined {
  const names = path.map((name) => name.toLowerCase());
  const last = names.at(-1) ?? '';
  const outer = names.slice(0, -1);
  const isOfError = outer.some((name) => ROLES[name] === 'error');
  const isNear = outer.every((name) => CARRIERS.has(name) || ROLES[name] === 'error');
  if (!isNear) return undefined;
  if (isOfError) return ERROR_PARTS.has(last) || ROLES[last] === 'error' ? 'error' : undefined;
  return Object.hasOwn(ROLES, last) ? ROLES[last] : undefined;
}

/** Whether a template tells the value of this field (joined by dots) in its own words: how bad, and what was said. */
export function isSaying(name: string): boolean {
  const role = roleOf(name.split('.'));
  return role === 'level' || role === 'message';
}

function levelOf(value: string): string {
  return value.includes('<')
    ? maskText(value)
    : (lookUp(NUMBERED_LEVELS, value) ?? value.toUpperCase().slice(0, MAX_LEVEL_CHARS));
}

/** A code says which error it was; CloudWatch may have taken it for data. */
function codeOf(value: string): string {
  return value.includes('<') ? maskText(value) : value;
}

/** `5xx`: what kind of answer it was; words stay. */
function statusOf(value: string): string {
  return /^[1-5]\d\d$/.test(value) ? `${value.charAt(0)}xx` : maskText(value);
}
