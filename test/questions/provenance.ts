/** Whether an assistant could know what it passes to a tool: from the question, an earlier answer, or the tool's description. */

export interface Sources {
  readonly question: string;
  /** Everything that was read before the call: instructions, the tool with its schema, answers. */
  readonly read: readonly string[];
}

/** How much is shown, as the caller likes it. */
const PRESENTATION = new Set(['limit', 'max_items']);
/** Names that the caller gives to its own queries. */
const OWN_NAMES = new Set(['id', 'label']);
/** Texts in a language; their words are looked at one by one. */
const WRITTEN = new Set(['query_string', 'expression']);
/** Words of Logs Insights and of metric math, and the fields that every log event has. */
const LANGUAGE = new Set(
  'fields filter parse stats sort limit like by as and or asc desc count earliest latest ispresent sum i @timestamp @message @log'.split(
    ' ',
  ),
);
const NUMBER_WORDS: Readonly<Record<string, number>> = { a: 1, an: 1, last: 1, two: 2, five: 5, seven: 7 };
const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };
const LENGTHS = /\b(a|an|last|two|five|seven) (minute|hour|day)s?\b/g;
const RELATIVE = /^-(\d+)([mhd])$/;

/** @returns the arguments that come from nowhere, as `path: value` */
export function findUnfounded(args: object, sources: Sources): string[] {
  return leavesOf(args, '').flatMap(({ path, key, value }) =>
    isFounded(key, value, sources, args) ? [] : [`${path}: ${JSON.stringify(value)}`],
  );
}

interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

function leavesOf(value: unknown, path: string, key = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`, key));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) => leavesOf(item, `${path}.${name}`, name));
  return [{ path, key, value }];
}

function isFounded(key: string, value: unknown, sources: Sources, args: object): boolean {
  if (typeof value === 'boolean' || PRESENTATION.has(key)) return true;
  if (typeof value === 'number') return isKnown(String(value), sources) || lengthsIn(sources.question).has(value);
  if (typeof value !== 'string') return false;
  if (OWN_NAMES.has(key)) return /^[a-z]\w*$/.test(value);
  if (WRITTEN.has(key)) return wordsOf(value, args).every((word) => isKnown(word, sources));
  return isKnown(value, sources) || lengthsIn(sources.question).has(secondsOf(value));
}

function isKnown(text: string, { question, read }: Sources): boolean {
  const whole = new RegExp(`(?<![\\w-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'i');
  return [question, ...read].some((source) => whole.test(source));
}

/** Of a query those words that are neither the language's nor named in it. */
function wordsOf(query: string, args: object): string[] {
  const named = [...query.matchAll(/\bas (\w+)|\(\?<(\w+)>/g)].map(([, alias, group]) => alias ?? group ?? '');
  const ids = [...JSON.stringify(args).matchAll(/"id":"(\w+)"/g)].map(([, id = '']) => id);
  const own = new Set([...named, ...ids]);
  const words = query.match(/@?[A-Za-z0-9_][\w.-]*\w|@?[A-Za-z]+/g) ?? [];
  return words.filter((word) => !LANGUAGE.has(word.toLowerCase()) && !own.has(word) && !/^\d+$/.test(word));
}

/** Lengths of time that a question speaks of, in seconds. */
function lengthsIn(question: string): ReadonlySet<number> {
  return new Set(
    [...question.matchAll(LENGTHS)].map(
      ([, count = '', unit = '']) => (NUMBER_WORDS[count] ?? 0) * (UNIT_SECONDS[unit] ?? 0),
    ),
  );
}

function secondsOf(text: string): number {
  const [, count = '', unit = ''] = RELATIVE.exec(text) ?? [];
  return Number(count) * ({ m: 60, h: 3_600, d: 86_400 }[unit] ?? Number.NaN);
}
