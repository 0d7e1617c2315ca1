/**
 * What an answer suggests, as far as this caller can follow it and has not just done it: no tool that is switched off, no
 * call that was just made. One place for all tools, so that a new one need not think of it. Pure.
 */
import type { Answer, PrimaryList, Section } from './types.ts';

export interface Offer {
  /** Names of all tools that there are. */
  readonly known: ReadonlySet<string>;
  readonly isOffered: (toolName: string) => boolean;
}

export interface CallMade extends Offer {
  /** Of the tool that answers. */
  readonly tool: string;
  /** Its arguments, with defaults. */
  readonly input: Readonly<Record<string, unknown>>;
}

const NAME = /\b[a-z]+(?:_[a-z]+)+\b/g;
/**
 * E.g. `regions=["all"]`, `render=true`: switches and lists. A number or a name in a hint may as well say what was wrong
 * with it: `limit=2 cut the rows`.
 */
const SWITCH = /\b([a-z][a-z_]*)=(\[[^\]]*\]|true\b|false\b)/g;
const IN_PARENTHESES = / ?\([^()]*\)/g;

/** Hints without what cannot be followed or was just done; the same for ready calls, in text and `structuredContent`. */
export function keepUsable<Output extends object>(answer: Answer<Output>, call: CallMade): Answer<Output> {
  const { hints, list, sections, facts, warnings } = answer;
  const isAll = [...call.known].every(call.isOffered);
  const told = (lines: readonly string[] | undefined) => lines?.flatMap((line) => keepFollowable(line, call));
  return {
    ...answer,
    ...(hints !== undefined && { hints: told(hints)?.flatMap((hint) => keepNew(hint, call)) ?? [] }),
    ...(!isAll && {
      ...(facts !== undefined && { facts: told(facts) ?? [] }),
      ...(warnings !== undefined && { warnings: warnings.map((line) => keepFollowable(line, call)[0] ?? line) }),
      ...(list !== undefined && { list: withoutCalls(list, call) }),
      ...(sections !== undefined && {
        sections: sections.map((section) => dropEmpty(withoutCalls(section, call))),
      }),
      structured: (page) => dropCalls(answer.structured(page), call) as Output,
    }),
  };
}

/** An error without the tools that are switched off; what to do next stays as far as it names none. */
export function keepUsableError(message: string, call: Offer): string {
  const [what = message, ...next] = message.split(' → ');
  const kept = next.flatMap((line) => keepFollowable(line, call));
  return [dropParentheses(what, call), ...(kept.length > 0 || next.length === 0 ? kept : [LEFT])].join(' → ');
}

const LEFT = 'ask the administrator.';

function namesUnoffered(text: string, { known, isOffered }: Offer): boolean {
  return (text.match(NAME) ?? []).some((name) => known.has(name) && !isOffered(name));
}

function dropParentheses(text: string, offer: Offer): string {
  return text.replace(IN_PARENTHESES, (part) => (namesUnoffered(part, offer) ? '' : part));
}

function keepFollowable(line: string, offer: Offer): string[] {
  if (!namesUnoffered(line, offer)) return [line];
  const kept = clausesOf(dropParentheses(line, offer)).filter((clause) => !namesUnoffered(clause, offer));
  return kept.length === 0 ? [] : [joinClauses(kept)];
}

/** Without clauses whose every switch is how the tool was just called. */
function keepNew(hint: string, call: CallMade): string[] {
  const clauses = clausesOf(hint);
  const kept = clauses.filter((clause) => !isJustDone(clause, call));
  if (kept.length === clauses.length) return [hint];
  return kept.length === 0 ? [] : [joinClauses(kept)];
}

function isJustDone(clause: string, { known, tool, input }: CallMade): boolean {
  const isOther = (clause.match(NAME) ?? []).some((name) => known.has(name) && name !== tool);
  const pairs = [...clause.matchAll(SWITCH)];
  return !isOther && pairs.length > 0 && pairs.every(([, name = '', value = '']) => isValue(input[name], value));
}

function isValue(given: unknown, written: string): boolean {
  return given !== undefined && JSON.stringify(given) === written.replaceAll(', ', ',');
}

/** Sentences, and what stands between semicolons; not inside of names in back-ticks, nor of quoted text. One pass, however long. */
function clausesOf(text: string): string[] {
  const clauses: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '`' || character === '"') at = Math.max(at, text.indexOf(character, at + 1));
    else if ((character === '.' || character === ';') && text.charAt(at + 1).trim() === '') {
      clauses.push(text.slice(start, at + 1));
      start = at + 1;
    }
  }
  return [...clauses, text.slice(start)].map((clause) => clause.trim()).filter((clause) => clause !== '');
}

function joinClauses(clauses: readonly string[]): string {
  return clauses.join(' ').replace(/;$/, '.');
}

/** A call stands on a line of its own: the name of the tool and its arguments as JSON. */
function withoutCalls<Group extends Section | PrimaryList>(section: Group, call: CallMade): Group {
  if (section.hasCalls !== true) return section;
  return { ...section, items: section.items.map((item) => keepCalls(item, call)) };
}

function keepCalls(item: string, offer: Offer): string {
  return item
    .split('\n')
    .filter((line) => !/^\s*[a-z_]+ \{/.test(line) || !namesUnoffered(line.slice(0, line.indexOf('{')), offer))
    .join('\n');
}

function dropEmpty(section: Section): Section {
  return section.hasCalls === true ? { ...section, items: section.items.filter((item) => item !== '') } : section;
}

/** Ready calls are objects with the name of a `tool`. */
function dropCalls(value: unknown, offer: Offer): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isCall(item, offer)).map((item) => dropCalls(item, offer));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, isEvidence(key, member, offer) ? '' : dropCalls(member, offer)]),
  );
}

/** Of a change: the call that shows it, in few words. */
function isEvidence(key: string, member: unknown, offer: Offer): boolean {
  return key === 'evidence' && typeof member === 'string' && namesUnoffered(member.split(' ')[0] ?? '', offer);
}

function isCall(value: unknown, { known, isOffered }: Offer): boolean {
  const tool = value !== null && typeof value === 'object' && 'tool' in value ? value.tool : undefined;
  return typeof tool === 'string' && known.has(tool) && !isOffered(tool);
}
