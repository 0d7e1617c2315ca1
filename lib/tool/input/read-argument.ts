/**
 * One argument as it was sent → as its schema wants it, where the meaning is certain. What does not fit is handed on
 * unchanged, for the schema to refuse. `undefined` is "left out".
 */
import { z } from 'zod';
import { isJsonText } from '../json-text.ts';
import { isNeverNull, isWord, kindOf } from './argument-kind.ts';
import { takesPairs, toPair, toPairs } from './read-dimensions.ts';
import { readNumber } from './read-number.ts';
import { fold, isAll, readBoolean, readEnum, readText } from './read-word.ts';
import { isBlank, isPlainObject, type Place, parseJson, spend, tooMany, unwrap } from './reading.ts';

const NULL_WORDS = new Set(['null', 'none', 'undefined', 'n/a']);
/** Of any list, and as many as any tool takes (log groups of a batch); what is longer is refused before its items are looked at. */
const MAX_ITEMS = 2_000;

/** AWS's own word for ours. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([['stat', 'statistic']]);

export function readArgument(value: unknown, schema: z.ZodType, place: Place): unknown {
  const isOptional = mayBeLeftOut(schema);
  if (value === null || (isOptional && isBlank(value))) return undefined;
  if (isOptional && !place.isMember && isNullWord(value, schema, place)) {
    place.warnings.push(`${place.path} "${value.trim()}" was taken as left out.`);
    return undefined;
  }
  const read = readValue(value, schema, place);
  return isOptional && isBlank(read) ? undefined : read;
}

const OPTIONAL = new WeakMap<z.ZodType, boolean>();

/** zod tries `undefined` each time that it is asked, and a call may have thousands of members. */
function mayBeLeftOut(schema: z.ZodType): boolean {
  const known = OPTIONAL.get(schema) ?? schema.isOptional();
  OPTIONAL.set(schema, known);
  return known;
}

/** Text for people and patterns may be the word; a name is not, and where another type is wanted, it says nothing else. */
function isNullWord(value: unknown, schema: z.ZodType, place: Place): value is string {
  if (typeof value !== 'string' || !NULL_WORDS.has(value.trim().toLowerCase())) return false;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return !inner.options.map(String).some((option) => fold(option) === fold(value));
  if (inner instanceof z.ZodArray) return isNullWord(value, inner.element as z.ZodType, place);
  if (inner instanceof z.ZodNumber || inner instanceof z.ZodBoolean) return true;
  return inner instanceof z.ZodString && !isJsonText(inner) && isNeverNull(kindOf(place.argument));
}

function readValue(value: unknown, schema: z.ZodType, place: Place): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return readList(value, inner, schema.description, place);
  if (inner instanceof z.ZodObject) return readObject(value, inner, place);
  if (isJsonText(inner)) return isPlainObject(value) ? JSON.stringify(value) : readText(value, place);
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (inner instanceof z.ZodNumber) return readNumber(one, inner, place);
  if (inner instanceof z.ZodBoolean) return readBoolean(one);
  if (inner instanceof z.ZodEnum) return isAll(one, schema.description) ? undefined : readEnum(one, inner);
  if (inner instanceof z.ZodString) return readText(one, place);
  return value;
}

function readList(value: unknown, schema: z.ZodArray, description: string | undefined, place: Place): unknown {
  const item = unwrap(schema.element as z.ZodType);
  const isPairs = item instanceof z.ZodObject && takesPairs(item);
  const takesObjects = item instanceof z.ZodObject || isJsonText(item);
  const isJson = typeof value === 'string' && (takesObjects ? /^\s*[[{]/ : /^\s*\[/).test(value);
  const parsed = isJson ? (parseJson(value) ?? value) : value;
  const list = isPairs ? toPairs(parsed) : toList(parsed, item, place);
  if (!Array.isArray(list)) return value;
  if (list.length > MAX_ITEMS) throw tooMany(place.path, `${list.length} items were given, at most ${MAX_ITEMS}`);
  if (item instanceof z.ZodEnum && list.some((member: unknown) => isAll(member, description))) return undefined;
  const items: readonly unknown[] = isPairs ? list.flatMap(toPair) : list;
  spend(place, items.length);
  return items
    .map((member, index) => readItem(member, item, { ...place, path: `${place.path}.${index}` }))
    .filter((member) => !isBlank(member));
}

/** One for a list of one; several in one text where no item has a comma. */
function toList(value: unknown, item: z.ZodType, { argument }: Place): unknown {
  if (item instanceof z.ZodObject || isJsonText(item)) {
    if (isPlainObject(value)) return [value];
  }
  if (typeof value === 'number') return [value];
  if (typeof value !== 'string') return value;
  const isParted = item instanceof z.ZodEnum || isWord(kindOf(argument));
  return isParted ? value.replace(/^\s*\[(.*)\]\s*$/s, '$1').split(/[,;\n]/) : [value];
}

function readItem(value: unknown, schema: z.ZodType, place: Place): unknown {
  if (place.isMember || isJsonText(schema) || !isNullWord(value, schema, place)) return readValue(value, schema, place);
  place.warnings.push(`${place.path} "${value.trim()}" was taken as left out.`);
  return undefined;
}

/** Members of a small object; AWS's own spelling (`MetricName`) is taken for ours (`metric_name`). */
function readObject(value: unknown, schema: z.ZodObject, place: Place): unknown {
  const object = typeof value === 'string' && /^\s*\{/.test(value) ? parseJson(value) : value;
  if (!isPlainObject(object)) return value;
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  const members: [string, unknown][] = [];
  const sent = Object.entries(object);
  spend(place, sent.length);
  for (const [key, member] of sent) {
    const name = findName(key, Object.keys(shape));
    const memberSchema = name === undefined ? undefined : shape[name];
    if (name === undefined || memberSchema === undefined) {
      members.push([key, member]);
      continue;
    }
    const at = { ...place, argument: name, path: `${place.path}.${name}`, isMember: true };
    const read = readArgument(member, memberSchema, at);
    if (read !== undefined) members.push([name, read]);
  }
  return Object.fromEntries(members);
}

/** The name that a spelling means: `maxItems`, `MaxItems` and `max-items` for `max_items`. */
export function findName(spelling: string, names: readonly string[]): string | undefined {
  if (names.includes(spelling)) return spelling;
  const wanted = fold(spelling);
  const found = names.filter((name) => fold(name) === fold(OTHER_NAMES.get(wanted) ?? wanted));
  return found.length === 1 ? found[0] : undefined;
}
