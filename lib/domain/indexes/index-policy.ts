/** Field index policies as JSON documents (CloudWatch Logs User Guide, "Field index syntax and quotas"). Pure. */

export interface PolicyFields {
  /** Of `Fields` and `FieldsV2` together. */
  readonly fields: readonly string[];
  /** The document was understood; otherwise what it holds is not known. */
  readonly isReadable: boolean;
}

/** The fields that a policy indexes. */
export function readPolicy(document: string): PolicyFields {
  const parsed = parse(document);
  if (parsed === undefined) return { fields: [], isReadable: false };
  return { fields: [...new Set([...namesOf(parsed.Fields), ...keysOf(parsed.FieldsV2)])], isReadable: true };
}

/** The document with more fields; facets and all else that it holds stay. */
export function extendPolicy(document: string | undefined, added: readonly string[]): string {
  const parsed = (document === undefined ? undefined : parse(document)) ?? {};
  const known = readPolicy(document ?? '').fields;
  const more = added.filter((field) => !known.includes(field));
  return JSON.stringify({ ...parsed, Fields: [...namesOf(parsed.Fields), ...more] });
}

function parse(document: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(document);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** Which log groups a policy of the account is for. */
export type PolicyScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'prefixes'; readonly prefixes: readonly string[] }
  /** Chosen by data source, or in a way not known here; it does not stand in the way of others. */
  | { readonly kind: 'other' };

export function readScope(selection: string | undefined): PolicyScope {
  if (selection === undefined || selection.trim() === '') return { kind: 'all' };
  const [, list] = /LogGroupNamePrefix\s+IN\s*\[([^\]]*)\]/i.exec(selection) ?? [];
  if (list === undefined) return { kind: 'other' };
  return { kind: 'prefixes', prefixes: [...list.matchAll(/"([^"]+)"/g)].map(([, prefix = '']) => prefix) };
}

export function writeSelection(prefixes: readonly string[]): string {
  return `LogGroupNamePrefix IN ${JSON.stringify(prefixes)}`;
}

/** An argument of a POSIX shell that stays one argument whatever it holds. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
