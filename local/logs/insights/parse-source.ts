import type { Source } from './ast.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import type { TokenReader } from './token-reader.ts';

/** Most entries of each list (CloudWatch Logs User Guide, "SOURCE"). */
const MAX_ENTRIES: Readonly<Record<string, number>> = { namePrefix: 5, accountIdentifiers: 20, class: 2 };
const CLASSES: ReadonlySet<string> = new Set(['STANDARD', 'INFREQUENT_ACCESS']);

/** Parses `SOURCE logGroups(…)` when the query begins with it. */
export function parseSource(reader: TokenReader): Source | undefined {
  const { start } = reader.peek();
  if (!reader.takeWord('source')) {
    return undefined;
  }
  if (!reader.takeWord('loggroups')) {
    reader.fail('expected logGroups(…) after SOURCE');
  }
  reader.expectSymbol('(');
  const lists = new Map<string, readonly string[]>();
  if (!reader.isSymbol(')')) {
    do {
      readList(reader, lists);
    } while (reader.takeSymbol(','));
  }
  reader.expectSymbol(')');
  return {
    span: reader.spanFrom(start),
    namePrefixes: lists.get('namePrefix') ?? [],
    classes: lists.get('class') ?? ['STANDARD'],
    accountIdentifiers: lists.get('accountIdentifiers') ?? [],
  };
}

function readList(reader: TokenReader, lists: Map<string, readonly string[]>): void {
  const keyword = reader.expectKind('word', 'namePrefix, class or accountIdentifiers');
  const maxEntries = MAX_ENTRIES[keyword.value];
  if (maxEntries === undefined || lists.has(keyword.value)) {
    throw new QuerySyntaxError(
      `expected namePrefix, class or accountIdentifiers once, found "${keyword.value}"`,
      keyword,
    );
  }
  reader.expectSymbol(':');
  const { start } = reader.expectSymbol('[');
  const entries: string[] = [];
  do {
    const entry = reader.expectKind('string', 'a quoted text');
    if (keyword.value === 'class' && !CLASSES.has(entry.value)) {
      throw new QuerySyntaxError('class is STANDARD or INFREQUENT_ACCESS', entry);
    }
    entries.push(entry.value);
  } while (reader.takeSymbol(','));
  reader.expectSymbol(']');
  if (entries.length > maxEntries) {
    throw new QuerySyntaxError(`${keyword.value} takes at most ${maxEntries} entries`, reader.spanFrom(start));
  }
  lists.set(keyword.value, entries);
}
