/**
 * Patterns of CloudWatch next to messages that were read: the same statement, masked in two ways (`<Token-1>:<Token-2>` and
 * `<time>`). A pattern takes the template of the messages that are cases of it, so that both are one. Pure.
 */
import type { MessageGroup } from './digest-messages.ts';
import { structureOf, tokensOf } from './log-clusters.ts';
import { PLACEHOLDER } from './message-template-mask.ts';

/** What Logs Insights writes where events differ. */
const TOKEN = /<(?:\*|([A-Za-z][A-Za-z_ ]{0,40})-\d{1,4})>/g;
/** Tokens that may have blanks inside. */
const TIMES = /time|date/i;
const MAX_TOKEN_CHARS = 200;
/** Messages of a template that are tried. */
const MAX_TEXTS = 2;
const CASES_PER_STEP = 200;
/** A pattern of so many characters may have been cut by the service. */
const MAY_BE_CUT_CHARS = 1_500;
const MIN_LITERAL_CHARS = 6;
const ANY = '<*>';
/** Neighbours that are compared, and words in which they may differ. */
const MAX_NEIGHBOURS = 200;
const MAX_OTHER_WORDS = 3;

interface Glob {
  readonly literals: readonly string[];
  /** Between the literals: whether blanks may stand there. */
  readonly isTime: readonly boolean[];
  readonly longest: string;
  readonly mayBeCut: boolean;
}

/**
 * The patterns, each with the template of its messages where they have one structure; others like their nearest neighbour.
 * Yields after each pattern, and after some messages.
 */
export function* adoptTemplates(
  patterns: readonly MessageGroup[],
  read: readonly MessageGroup[],
): Generator<void, MessageGroup[], undefined> {
  const cases: { readonly tokens: readonly string[]; readonly texts: readonly string[] }[] = [];
  for (const { template, texts } of new Map(read.map((group) => [group.template, group])).values()) {
    cases.push({ tokens: tokensOf(template), texts: texts.slice(0, MAX_TEXTS) });
    if (cases.length % CASES_PER_STEP === 0) yield;
  }
  const found: Adoption[] = [];
  for (const pattern of patterns) {
    const own = tokensOf(pattern.template);
    const glob = toGlob(pattern.texts[0] ?? '');
    const fitting = glob === undefined ? [] : cases.filter(({ texts }) => texts.some((text) => isCase(text, glob)));
    found.push({ pattern, own, adopted: joinAll(fitting.map(({ tokens }) => tokens)) });
    yield;
  }
  const known = Map.groupBy(
    found.filter(({ adopted }) => adopted !== undefined),
    ({ own }) => structureOf(own),
  );
  const groups: MessageGroup[] = [];
  for (const { pattern, own, adopted } of found) {
    const tokens = adopted ?? adoptLike(own, known.get(structureOf(own)) ?? []);
    groups.push(tokens === undefined ? pattern : { ...pattern, template: tokens.join('') });
    yield;
  }
  return groups;
}

interface Adoption {
  readonly pattern: MessageGroup;
  /** As the pattern itself is masked. */
  readonly own: readonly string[];
  /** As its messages are; undefined where none was read. */
  readonly adopted: readonly string[] | undefined;
}

/** Like the pattern of the same structure from which it differs in the fewest words, those words exchanged. */
function adoptLike(own: readonly string[], known: readonly Adoption[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let fewest = MAX_OTHER_WORDS + 1;
  for (const { own: other, adopted = [] } of known.slice(0, MAX_NEIGHBOURS)) {
    const differing = own.flatMap((word, place) => {
      const from = other[place] ?? '';
      const isSame = word === from || (PLACEHOLDER.test(word) && PLACEHOLDER.test(from));
      return isSame ? [] : [[from, word] as const];
    });
    if (differing.length >= fewest) continue;
    const places = differing.map(([from]) => adopted.indexOf(from));
    if (places.some((place, index) => place < 0 || adopted.lastIndexOf(differing[index]?.[0] ?? '') !== place))
      continue;
    fewest = differing.length;
    best = adopted.map((token, place) => differing[places.indexOf(place)]?.[1] ?? token);
  }
  return best;
}

/** Undefined for a pattern with too few words of its own to be told by them. */
function toGlob(pattern: string): Glob | undefined {
  const tokens = [...pattern.matchAll(TOKEN)];
  const literals: string[] = [];
  let from = 0;
  for (const { index, 0: token } of tokens) {
    literals.push(pattern.slice(from, index));
    from = index + token.length;
  }
  literals.push(pattern.slice(from));
  const longest = literals.reduce((best, each) => (each.length > best.length ? each : best), '');
  if (longest.trim().length < MIN_LITERAL_CHARS) return undefined;
  const isTime = tokens.map(([, name = '']) => TIMES.test(name));
  return { literals, isTime, longest, mayBeCut: pattern.length >= MAY_BE_CUT_CHARS };
}

/** Linear: each literal is looked for behind the one before. */
function isCase(text: string, { literals, isTime, longest, mayBeCut }: Glob): boolean {
  if (!text.includes(longest) || !text.startsWith(literals[0] ?? '')) return false;
  let place = literals[0]?.length ?? 0;
  for (const [index, literal] of literals.slice(1).entries()) {
    const isLast = index === literals.length - 2;
    const next = isLast && literal === '' ? (mayBeCut ? place : text.length) : text.indexOf(literal, place + 1);
    if (next < 0) return false;
    const value = text.slice(place, next);
    if (value.length > MAX_TOKEN_CHARS || (isTime[index] !== true && /\s/.test(value))) return false;
    place = next + literal.length;
  }
  return place === text.length || mayBeCut;
}

/** Undefined where there are none, or of several structures. */
function joinAll(all: readonly (readonly string[])[]): readonly string[] | undefined {
  const [first, ...others] = all;
  if (first === undefined) return undefined;
  const structure = structureOf(first);
  if (others.some((tokens) => structureOf(tokens) !== structure)) return undefined;
  return first.map((token, index) => (others.every((tokens) => tokens[index] === token) ? token : ANY));
}
