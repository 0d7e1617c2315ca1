/** Quotes names and values for Metrics Insights (User Guide, "What needs quotation marks or escape characters?"). Pure. */

/** A namespace, metric name or dimension name: always in double quotation marks, so that keywords and digits need no rule of their own. */
export function quoteIdentifier(name: string): string {
  return `"${escapeWith(name, /["\\]/g)}"`;
}

/** A dimension value. */
export function quoteValue(value: string): string {
  return `'${escapeWith(value, /['\\]/g)}'`;
}

function escapeWith(text: string, special: RegExp): string {
  return text.replace(special, '\\$&');
}
