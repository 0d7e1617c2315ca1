/** The resources that are known, taken apart once however often is asked: which words tell one from the others. Pure. */
import { coreName, nameParts } from './resource.ts';

const MIN_MENTION_CHARS = 3;
const MOST_ALIKE = 3;
const FEW_SHARE = 0.2;
/** Say what a thing is rather than which. */
const KINDS = new Set('svc service api app asg tg alb nlb elb lb handler function fn lambda'.split(' '));
/** A part of a name tells a thing from others where no more of them have it. */
const TELLING_SHARE = 0.5;
const TELLING = 2;
const MIN_TELLING_CHARS = 3;
/** Part of all names that may have a part in common before it says nothing. */
const COMMON_SHARE = 0.75;

interface TakenApart {
  readonly core: string;
  readonly parts: readonly string[];
  /** The same for a load balancer, its target group and its service of one name. */
  readonly key: string;
}

/** Names that are asked about, and those given beside them, count as known whether they are among the known or not. */
export class KnownNames {
  readonly #names: ReadonlySet<string>;
  readonly #keys = new Set<string>();
  /** In how many names each part stands. */
  readonly #uses = new Map<string, number>();
  readonly #apart = new Map<string, TakenApart>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
    for (const name of this.#names) this.#keys.add(this.#takeApart(name).key);
    for (const key of this.#keys)
      for (const part of new Set(key.split('-'))) this.#uses.set(part, (this.#uses.get(part) ?? 0) + 1);
  }

  /**
   * The words by which a text may speak of a resource: its whole name, and those parts of it that no other has, or of many
   * resources hardly any: a service and the store that is named after it.
   */
  mentionsOf(name: string, ...beside: readonly string[]): readonly string[] {
    const { core, parts } = this.#takeApart(name);
    const few = Math.max(1, Math.min(MOST_ALIKE, FEW_SHARE * this.#size([name, ...beside])));
    const uses = this.#counter([name, ...beside]);
    const own = parts.filter((part) => uses(part) <= few && part.length > MIN_MENTION_CHARS);
    return [...new Set([name.toLowerCase(), core.toLowerCase(), ...own])];
  }

  /** The parts of a name that not most others have, and in how many names each is: what a log group of it is likely to be named by. */
  tellingParts(name: string): ReadonlyMap<string, number> {
    const uses = this.#counter([name]);
    const most = Math.max(TELLING, TELLING_SHARE * this.#names.size);
    const told = this.#takeApart(name).parts.map((part) => [part, uses(part)] as const);
    return new Map(
      told.filter(([part, count]) => part.length >= MIN_TELLING_CHARS && !KINDS.has(part) && count <= most),
    );
  }

  /** Whether two names have a part in common that not nearly all have: a product, a team. */
  areAkin(left: string, right: string): boolean {
    const uses = this.#counter([left, right]);
    const most = COMMON_SHARE * this.#size([left, right]);
    const parts = new Set(this.#takeApart(left).parts);
    return this.#takeApart(right).parts.some((part) => parts.has(part) && !KINDS.has(part) && uses(part) <= most);
  }

  /** Whether they have the same parts, whatever a service puts around and between them. */
  areAlike(left: string, right: string): boolean {
    const [a, b] = [this.#takeApart(left).parts, this.#takeApart(right).parts];
    return a.length === b.length && a.every((part, index) => part === b[index]);
  }

  #size(names: readonly string[]): number {
    return this.#names.size + [...new Set(names)].filter((name) => !this.#names.has(name)).length;
  }

  #counter(names: readonly string[]): (part: string) => number {
    const keys = names.map((name) => this.#takeApart(name).key).filter((key) => !this.#keys.has(key));
    const more = [...new Set(keys)].map((key) => new Set(key.split('-')));
    return (part) => more.reduce((sum, parts) => sum + (parts.has(part) ? 1 : 0), this.#uses.get(part) ?? 0);
  }

  #takeApart(name: string): TakenApart {
    const known = this.#apart.get(name);
    if (known !== undefined) return known;
    const core = coreName(name);
    const parts = nameParts(core);
    const apart = { core, parts, key: parts.filter((part) => !KINDS.has(part)).join('-') };
    this.#apart.set(name, apart);
    return apart;
  }
}
