/** Names of fields as Logs Insights wants them written. Pure. */

/**
 * Letters, digits, `_`, `@` and `.` need no quotes (User Guide, "Fields that contain special characters"); what would
 * begin like a number is quoted too.
 */
const BARE = /^@?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*$/;
/** Words of the language; in back-ticks they are names. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'and or not in like as by is asc desc any true false null source fields display filter stats sort limit head tail ' +
    'parse dedup pattern diff unnest unmask anomaly join lookup filterindex count datefloor dateceil bin'
  ).split(' '),
);

/**
 * The name for a CWLI query, in back-ticks where it needs them.
 * @returns undefined for a name that no query can hold, e.g. one with a back-tick or a control character in it
 */
export function writeFieldName(name: string): string | undefined {
  if (BARE.test(name) && !WORDS.has(name.toLowerCase())) return name;
  if (name === '' || name === '@' || /[`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name)) return undefined;
  // The @ of a system field stands before the back-ticks (User Guide, as above).
  return name.startsWith('@') ? `@\`${name.slice(1)}\`` : `\`${name}\``;
}

/** Fields that CloudWatch makes itself for every event; a query has them anyhow. */
const OWN: ReadonlySet<string> = new Set([
  '@timestamp',
  '@ingestionTime',
  '@message',
  '@log',
  '@logStream',
  '@ptr',
  '@entity',
]);

export interface FieldShare {
  readonly name: string;
  /** 0 to 100. */
  readonly percent: number;
}

/** The most frequent first; of equals those of the events before those that CloudWatch makes, then by name. */
export function sortFields<Field extends FieldShare>(fields: readonly Field[]): readonly Field[] {
  return [...fields].sort(
    (a, b) =>
      b.percent - a.percent ||
      Number(a.name.startsWith('@')) - Number(b.name.startsWith('@')) ||
      (a.name < b.name ? -1 : 1),
  );
}

/** Names that often hold what an event is about. */
const TELLING =
  /^(?:.*[._-])?(level|severity|error|err|exception|msg|message|log|status|statuscode|code|event|type|route|path)(?:[._-].*)?$/i;
const MAX_EXAMPLE_FIELDS = 4;
/** A field that fewer events have tells little of most of them. */
const MIN_EXAMPLE_PERCENT = 5;

export interface ExampleQueries {
  /** Rows with the fields that tell most. */
  readonly rows: string;
  /** Events counted by one of them; absent where there is none. */
  readonly counts?: string;
}

/** Queries to begin with, over the fields that tell most. */
export function exampleQueries(fields: readonly FieldShare[]): ExampleQueries {
  const usable = sortFields(fields)
    .filter(({ name, percent }) => !OWN.has(name) && percent >= MIN_EXAMPLE_PERCENT)
    .flatMap(({ name }) => {
      const written = writeFieldName(name);
      return written === undefined ? [] : [{ written, isTelling: TELLING.test(name) }];
    });
  const telling = usable.filter(({ isTelling }) => isTelling);
  const best = [...telling, ...usable.filter(({ isTelling }) => !isTelling)]
    .slice(0, MAX_EXAMPLE_FIELDS)
    .map(({ written }) => written);
  const [first] = best;
  return {
    rows: `fields ${['@timestamp', ...best, ...(telling.length === 0 ? ['@message'] : [])].join(', ')} | sort @timestamp desc | limit 20`,
    ...(first !== undefined && { counts: `stats count(*) as events by ${first} | sort events desc | limit 20` }),
  };
}
