/** Longest part of a message that is looked at: a very long line must not make a query slow. */
const MAX_LENGTH = 2_000;

const KINDS = ['UUID', 'Timestamp', 'IPAddress'] as const;
/** What varies from one event to the next: one group for each of {@link KINDS}, and tokens with a digit. */
const VARIABLES =
  /(\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b)|(\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\b)|(\b\d{1,3}(?:\.\d{1,3}){3}\b)|\b[\w.-]*\d[\w.-]*/g;

/** The message with its variable parts replaced by `<Kind-position>`; events of one shape give the same text. */
export function toMessagePattern(message: string): string {
  let position = 0;
  const name = (_text: string, ...groups: readonly unknown[]): string => {
    const kind = KINDS.find((_kind, index) => groups[index] !== undefined) ?? 'Token';
    position += 1;
    return `<${kind}-${position}>`;
  };
  return message.slice(0, MAX_LENGTH).replace(VARIABLES, name);
}

/** `Error`, `Warn`, `Info` or `None`, from the words that the pattern keeps. */
export function severityOf(pattern: string): string {
  if (/\b(?:error|fatal|exception|timed out|failed|critical)\b/i.test(pattern)) {
    return 'Error';
  }
  if (/\bwarn(?:ing)?\b/i.test(pattern)) {
    return 'Warn';
  }
  return /\b(?:info|notice)\b/i.test(pattern) ? 'Info' : 'None';
}
