/** Variables of a dashboard, and their defaults put into its widgets as the console does when it opens. Pure. */
import type { DashboardVariable } from './dashboard.ts';
import { isObject, lineOf, listOf, textOf } from './json-shapes.ts';

const MAX_VARIABLES = 25; // CloudWatch quotas
const MAX_CHOICES = 100;
const MAX_DEPTH = 12;
const MAX_NAME_CHARS = 255;
const MAX_CHOICE_CHARS = 100;
const MAX_SEARCH_CHARS = 500;
/** What may come in place of a pattern in one text: a pattern of one letter must not make a text a thousand times longer. */
const MAX_TEXT_CHARS = 20_000;

export interface Variables {
  readonly variables: readonly DashboardVariable[];
  readonly problems: readonly string[];
}

export function readVariables(value: unknown): Variables {
  if (value === undefined) return { variables: [], problems: [] };
  if (!Array.isArray(value)) return { variables: [], problems: ['variables is not a list'] };
  const variables = value.slice(0, MAX_VARIABLES).flatMap((entry) => readVariable(entry) ?? []);
  const unread = value.length - variables.length;
  return {
    variables,
    problems: unread === 0 ? [] : [`${unread} of ${value.length} variables could not be read`],
  };
}

function readVariable(entry: unknown): DashboardVariable | undefined {
  if (!isObject(entry)) return undefined;
  const type = lineOf(entry, 'type', MAX_CHOICE_CHARS) ?? 'property';
  const target = textOf(entry, type === 'pattern' ? 'pattern' : 'property');
  if (target === undefined) return undefined;
  const label = lineOf(entry, 'label', MAX_NAME_CHARS);
  const inputType = lineOf(entry, 'inputType', MAX_CHOICE_CHARS);
  const defaultValue = lineOf(entry, 'defaultValue', MAX_NAME_CHARS);
  const isApplied =
    defaultValue !== undefined && (type === 'property' || (type === 'pattern' && literalOf(target) !== undefined));
  return {
    id: lineOf(entry, 'id', MAX_NAME_CHARS) ?? target.slice(0, MAX_NAME_CHARS),
    type,
    target,
    choices: readChoices(entry),
    isApplied,
    ...(label !== undefined && { label }),
    ...(inputType !== undefined && { inputType }),
    ...(defaultValue !== undefined && { defaultValue }),
  };
}

function readChoices(entry: Readonly<Record<string, unknown>>): string[] {
  const search = lineOf(entry, 'search', MAX_SEARCH_CHARS);
  if (search !== undefined) return [search];
  return listOf(entry.values)
    .slice(0, MAX_CHOICES)
    .flatMap((choice) => (isObject(choice) ? (lineOf(choice, 'value', MAX_CHOICE_CHARS) ?? []) : []));
}

/** A regular expression that stands for one text only: `\$\{stage\}` → `${stage}`. Others are not run: they are foreign, and may take for ever. */
function literalOf(pattern: string): string | undefined {
  const bare = pattern.replace(/\\[^A-Za-z0-9]/g, '');
  return /[.*+?^${}()|[\]\\]/.test(bare) ? undefined : pattern.replace(/\\([^A-Za-z0-9])/g, '$1');
}

/**
 * What the texts of an answer's widgets may grow by in all, what may be searched for patterns (text × patterns), and how often
 * one may be found: a find costs as much as the search of many characters.
 */
const MAX_GROWTH_CHARS = 200_000;
const MAX_SEARCHED_CHARS = 4_000_000;
const MAX_FINDS = 250_000;

interface Change {
  readonly text: string;
  readonly defaultValue: string;
}

export interface Patterns {
  /** The value with the defaults in all its texts, as far as the budget for all values goes. */
  apply(value: unknown): unknown;
  /** False when texts kept their patterns, since all of them together would be too long. */
  isWhole(): boolean;
}

/** The pattern variables of a dashboard, to be put into its widgets one after another. */
export function patternsOf(variables: readonly DashboardVariable[]): Patterns {
  const changes = variables.flatMap(({ type, target, defaultValue }) => {
    const text = type === 'pattern' ? literalOf(target) : undefined;
    return text === undefined || defaultValue === undefined || text === defaultValue ? [] : [{ text, defaultValue }];
  });
  const budget = {
    growthChars: MAX_GROWTH_CHARS,
    searchedChars: MAX_SEARCHED_CHARS,
    finds: MAX_FINDS,
    isSpent: false,
  };
  const replace = (text: string, { text: pattern, defaultValue }: Change): string => {
    budget.searchedChars -= text.length;
    if (text.length > MAX_TEXT_CHARS || budget.searchedChars < 0) {
      budget.isSpent ||= text.length <= MAX_TEXT_CHARS;
      return text;
    }
    const parts = text.split(pattern, budget.finds + 2);
    const finds = parts.length - 1;
    const isTooOften = finds > budget.finds;
    budget.finds -= Math.min(finds, budget.finds);
    const growthChars = finds * (defaultValue.length - pattern.length);
    const isTooLong = growthChars > 0 && text.length + growthChars > MAX_TEXT_CHARS;
    if (isTooLong || isTooOften || growthChars > budget.growthChars) {
      budget.isSpent = true;
      return text;
    }
    budget.growthChars -= Math.max(0, growthChars);
    return parts.join(defaultValue);
  };
  return {
    apply: (value) =>
      changes.length === 0 ? value : mapTexts(value, (text) => changes.reduce(replace, text), MAX_DEPTH),
    isWhole: () => !budget.isSpent,
  };
}

function mapTexts(value: unknown, change: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return change(value);
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, depth - 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, change, depth - 1)]));
}

/** Property or dimension → the default of its variable. */
export function propertyDefaults(variables: readonly DashboardVariable[]): ReadonlyMap<string, string> {
  return new Map(
    variables.flatMap(({ type, target, defaultValue }) =>
      type === 'property' && defaultValue !== undefined ? [[target, defaultValue] as const] : [],
    ),
  );
}
