/** Records of the SDK's own schemas with a value of its own in every member, so that a test sees which members an answer tells. */

/** Kinds of schemas in the SDK: simple ones are numbers, the others arrays that begin with theirs. */
const LIST_OF = 64;
const MAP_OF = 128;
const [STRING, NUMBER, BOOLEAN, TIMESTAMP] = [0, 1, 2, 4];
const [LIST, MAP] = [1, 2];
const FIRST_TIME_MS = Date.parse('2026-02-03T04:05:06Z');

type Schema = number | readonly unknown[] | (() => Schema);

export interface MarkedRecord<Record> {
  readonly record: Record;
  /** By the path of a member, e.g. `Metrics.MetricStat.Stat`: what an answer holds that tells it. */
  readonly marks: ReadonlyMap<string, string>;
}

/** A value where any other is refused or understood otherwise, and what tells it. */
export type Known = Readonly<Record<string, readonly [value: unknown, mark: string]>>;

/**
 * Fills every member of a structure.
 * @param omitted paths that are left out with all below: members that exclude others
 */
export function markRecord<Record>(schema: unknown, known: Known, omitted: readonly string[]): MarkedRecord<Record> {
  const marks = new Map<string, string>();
  let count = 0;
  const markWith = (path: string, mark: string): void => {
    marks.set(path, mark);
  };
  const simple = (kind: number, path: string): unknown => {
    count += 1;
    if (kind === TIMESTAMP) {
      const time = new Date(FIRST_TIME_MS + count * 61_000);
      markWith(path, time.toISOString().slice(0, 19));
      return time;
    }
    if (kind === NUMBER) {
      markWith(path, String(7_000 + count));
      return 7_000 + count;
    }
    if (kind === BOOLEAN) throw new Error(`${path} is true or false → say what tells it`);
    markWith(path, `mark${count}x`);
    return `mark${count}x`;
  };
  const fill = (given: Schema, path: string): unknown => {
    const own = known[path];
    if (own !== undefined) {
      markWith(path, own[1]);
      return own[0];
    }
    const at = typeof given === 'function' ? given() : given;
    if (typeof at === 'number') {
      if (at >= MAP_OF) return { [`key${count}x`]: simple(at % LIST_OF, path) };
      return at >= LIST_OF ? [simple(at % LIST_OF, path)] : simple(at, path);
    }
    const [kind, , , , names, schemas] = at as readonly unknown[];
    if (kind === LIST) return [fill(names as Schema, path)];
    if (kind === MAP) return { [`key${count}x`]: fill(schemas as Schema, path) };
    if (!Array.isArray(names) || !Array.isArray(schemas)) return simple(Number(names ?? STRING), path);
    return Object.fromEntries(
      names.flatMap((name: string, index) => {
        const below = path === '' ? name : `${path}.${name}`;
        return omitted.includes(below) ? [] : [[name, fill(schemas[index] as Schema, below)]];
      }),
    );
  };
  return { record: fill(schema as Schema, '') as Record, marks };
}

/** Hides members on purpose: by their path, why. */
export type LeftOut = Readonly<Record<string, string>>;

/**
 * What an answer says amiss about the members of a structure: those it neither tells nor leaves out with a reason, and
 * reasons for what it does tell.
 * @param structure stands before the paths in the list of reasons
 */
export function findUntold(
  structure: string,
  { marks }: MarkedRecord<unknown>,
  told: string,
  leftOut: LeftOut,
): { readonly hidden: readonly string[]; readonly stale: readonly string[] } {
  if (marks.size < 3) throw new Error(`${structure} has ${marks.size} members with a mark: the schema was not walked`);
  const paths = [...marks].map(([path, mark]) => ({ path: `${structure}.${path}`, isTold: told.includes(mark) }));
  return {
    hidden: paths.filter(({ path, isTold }) => !isTold && !(path in leftOut)).map(({ path }) => path),
    stale: paths.filter(({ path, isTold }) => isTold && path in leftOut).map(({ path }) => path),
  };
}
