/**
 * Groups log messages by their shape. Deterministic: the same messages in the same order give the same clusters.
 * Linear: messages of equal template are one form; forms are compared position by position through hashes, and rare
 * ones with at most {@link MAX_CANDIDATES} others.
 */
import { PLACEHOLDER } from './message-template-mask.ts';

export interface CountedMessage {
  readonly text: string;
  /** `toTemplate` of the text; the caller makes it, a slice at a time where there are many. */
  readonly template: string;
  /** How often, by whatever the caller tells apart (time windows, sources); all messages have as many. */
  readonly counts: readonly number[];
}

export interface LogCluster {
  /** One line; `<…>` stands for what varies. */
  readonly template: string;
  readonly counts: readonly number[];
  /** The first message of the cluster. */
  readonly example: string;
  /** Positions in the given messages. */
  readonly members: readonly number[];
}

/** Tokens that are compared; what follows stays out of the comparison and of the template. */
const MAX_TOKENS = 160;
/** So many words at one place of otherwise equal messages are data. */
const MIN_VALUES = 5;
const MIN_VALUES_SHORT = 12;
/** The same for a word that stands alone in quotes. */
const MIN_VALUES_QUOTED = 3;
/** Constant words that must stay around a place for it to be called data. */
const MIN_CONSTANTS = 3;
const MIN_CONSTANTS_SHORT = 2;
const MAX_ROUNDS = 4;
/** A form seen so rarely may be one of many in which several words vary. */
const MAX_RARE_EVENTS = 2;
const MIN_RARE_FORMS = 8;
const MIN_SIMILARITY = 0.6;
const MAX_CANDIDATES = 64;
/** Forms that are worked on between two steps: some milliseconds. */
const FORMS_PER_STEP = 100;

type Steps<Result> = Generator<void, Result, undefined>;

interface Form {
  tokens: readonly string[];
  readonly members: number[];
  /** Sum of all counts. */
  events: number;
  /** A word of it was found to vary. */
  readonly isVarying: boolean;
}

const ANY = '<*>';
const TOKENS = /\s|[=:,;()[\]{}"'|]|[^\s=:,;()[\]{}"'|]+/g;
const IS_SEPARATOR = /^(?:\s|[=:,;()[\]{}"'|])$/;

/** Most frequent first (by the sum of all counts), then by template. Yields after some messages. */
export function* clusterMessages(messages: readonly CountedMessage[]): Steps<LogCluster[]> {
  const each: Form[] = [];
  for (const [index, { template, counts }] of messages.entries()) {
    each.push({ tokens: tokensOf(template), members: [index], events: sumOf(counts), isVarying: false });
    if (index % FORMS_PER_STEP === 0) yield;
  }
  const forms = yield* joinEqual(each);
  const joined: Form[] = [];
  for (const group of Map.groupBy(forms, ({ tokens }) => structureOf(tokens)).values()) {
    const own = group.length === 1 ? group : yield* joinRare(yield* joinFitting(yield* joinVarying(group)));
    for (const form of own) joined.push(form);
    yield;
  }
  return joined
    .map((form) => toCluster(form, messages))
    .sort((a, b) => sumOf(b.counts) - sumOf(a.counts) || (a.template < b.template ? -1 : 1));
}

export function tokensOf(template: string): readonly string[] {
  return (template.match(TOKENS) ?? []).slice(0, MAX_TOKENS);
}

/** Forms of one structure have separators at the same places. */
export function structureOf(tokens: readonly string[]): string {
  return tokens.map((token) => (IS_SEPARATOR.test(token) ? token : 'w')).join('');
}

/** What a token counts as in a comparison: all placeholders are one. */
function toKey(token: string): string {
  return PLACEHOLDER.test(token) ? ANY : token;
}

function* joinEqual(forms: readonly Form[]): Steps<Form[]> {
  const byKey = new Map<string, Form>();
  for (const [index, { tokens, members, events, isVarying }] of forms.entries()) {
    if (index % FORMS_PER_STEP === 0) yield;
    const key = tokens.map(toKey).join('\u0000');
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { tokens, members: [...members], events, isVarying });
    else {
      for (const member of members) known.members.push(member);
      known.events += events;
      known.tokens = joinTokens(known.tokens, tokens);
    }
  }
  return [...byKey.values()];
}

/** A place where many different words stand between the same others holds data. */
function* joinVarying(group: readonly Form[]): Steps<Form[]> {
  let forms = [...group];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const contexts = yield* countContexts(forms);
    let hasChanged = false;
    const next: Form[] = [];
    for (const [index, form] of forms.entries()) {
      if (index % FORMS_PER_STEP === 0) yield;
      const { tokens } = form;
      let best = -1;
      let bestValues = 0;
      for (const [position, context] of contextsOf(tokens)) {
        const values = contexts.get(context)?.size ?? 0;
        if (values > bestValues && values >= minValues(tokens, position)) [best, bestValues] = [position, values];
      }
      hasChanged ||= best >= 0;
      next.push(best < 0 ? form : { ...form, tokens: tokens.with(best, ANY), isVarying: true });
    }
    if (!hasChanged) break;
    forms = yield* joinEqual(next);
  }
  return forms;
}

/** What is a case of a form in which more varies belongs to it. */
function* joinFitting(forms: readonly Form[]): Steps<Form[]> {
  const wide = forms
    .filter(({ isVarying }) => isVarying)
    .sort((a, b) => b.members.length - a.members.length)
    .slice(0, MAX_CANDIDATES);
  const rankOf = new Map(wide.map((form, rank) => [form, rank]));
  const kept: Form[] = [];
  for (const [index, form] of forms.entries()) {
    if (index % FORMS_PER_STEP === 0) yield;
    // A wide one may only join a wider-spread one, so that nothing joins what has itself been joined.
    const candidates = wide.slice(0, rankOf.get(form));
    const home = candidates.find(({ tokens }) => doesFit(form.tokens, tokens));
    for (const member of form.members) home?.members.push(member);
    if (home === undefined) kept.push(form);
    else home.events += form.events;
  }
  return kept;
}

/** Whether the tokens are a case of the wide ones: equal where those have no placeholder. */
export function doesFit(tokens: readonly string[], wide: readonly string[]): boolean {
  return tokens.every((token, index) => token === wide[index] || PLACEHOLDER.test(wide[index] ?? ''));
}

function* countContexts(forms: readonly Form[]): Steps<Map<string, Set<string>>> {
  const contexts = new Map<string, Set<string>>();
  for (const [index, { tokens }] of forms.entries()) {
    if (index % FORMS_PER_STEP === 0) yield;
    for (const [position, context] of contextsOf(tokens)) {
      const values = contexts.get(context) ?? new Set();
      contexts.set(context, values.add(tokens[position] ?? ''));
    }
  }
  return contexts;
}

/** For each word its position, and a hash of the position and all other tokens. */
function contextsOf(tokens: readonly string[]): (readonly [position: number, context: string])[] {
  const parts = tokens.map((token, position) => {
    const hash = hashOf(toKey(token));
    return [
      Math.imul(hash, powerOf(31, position)),
      Math.imul(hash ^ 0x5bd1e995, powerOf(0x01000193, position)),
    ] as const;
  });
  const [first, second] = parts.reduce(([a, b], [c, d]) => [(a + c) | 0, (b + d) | 0] as const, [0, 0] as const);
  return parts.flatMap(([a, b], position) =>
    isWord(tokens[position] ?? '') ? [[position, `${position}:${(first - a) | 0}:${(second - b) | 0}`] as const] : [],
  );
}

const POWERS = new Map<number, number[]>();

function powerOf(base: number, exponent: number): number {
  const known = POWERS.get(base) ?? [1];
  POWERS.set(base, known);
  while (known.length <= exponent) known.push(Math.imul(known.at(-1) ?? 1, base));
  return known[exponent] ?? 1;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function minValues(tokens: readonly string[], position: number): number {
  const constants = tokens.filter((token, index) => index !== position && isWord(token)).length;
  const isQuoted = /^["']$/.test(tokens[position - 1] ?? '') && tokens[position - 1] === tokens[position + 1];
  if (constants >= MIN_CONSTANTS_SHORT && isQuoted) return MIN_VALUES_QUOTED;
  if (constants >= MIN_CONSTANTS) return MIN_VALUES;
  return constants >= MIN_CONSTANTS_SHORT ? MIN_VALUES_SHORT : Number.POSITIVE_INFINITY;
}

/** A token of letters that is not a placeholder. */
function isWord(token: string): boolean {
  return /[\p{L}]/u.test(token) && !PLACEHOLDER.test(token);
}

/** Many rare forms of one structure: those that share most words are one, several of whose words vary. */
function* joinRare(forms: readonly Form[]): Steps<Form[]> {
  const rare = forms.filter(({ events }) => events <= MAX_RARE_EVENTS);
  if (rare.length < MIN_RARE_FORMS) return [...forms];
  const clusters: Form[] = [];
  for (const [index, form] of rare.entries()) {
    if (index % FORMS_PER_STEP === 0) yield;
    const near = clusters.slice(-MAX_CANDIDATES).find((cluster) => areSimilar(cluster.tokens, form.tokens));
    if (near === undefined) clusters.push({ ...form, members: [...form.members], isVarying: true });
    else {
      near.tokens = joinTokens(near.tokens, form.tokens);
      for (const member of form.members) near.members.push(member);
      near.events += form.events;
    }
  }
  return yield* joinEqual([...forms.filter(({ events }) => events > MAX_RARE_EVENTS), ...clusters]);
}

function areSimilar(a: readonly string[], b: readonly string[]): boolean {
  let words = 0;
  let equal = 0;
  for (const [index, token] of a.entries()) {
    const other = b[index] ?? '';
    if (!isWord(token) && !isWord(other)) continue;
    words += 1;
    if (token === other) equal += 1;
  }
  return equal >= MIN_CONSTANTS && equal / words >= MIN_SIMILARITY;
}

/** Where both have a placeholder of their own, or different words, any value fits. */
function joinTokens(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.every((token, index) => token === b[index])
    ? a
    : a.map((token, index) => (token === b[index] ? token : ANY));
}

function toCluster({ tokens, members }: Form, messages: readonly CountedMessage[]): LogCluster {
  const counts: number[] = [];
  for (const member of members) {
    for (const [index, count] of (messages[member]?.counts ?? []).entries())
      counts[index] = (counts[index] ?? 0) + count;
  }
  return { template: tokens.join(''), counts, example: messages[members[0] ?? 0]?.text ?? '', members };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
