/** How bad a log pattern is, by its own words. Pure. */

export const SEVERITIES = ['error', 'warn', 'info', 'none'] as const;
export type Severity = (typeof SEVERITIES)[number];

const LEVELS: Readonly<Record<string, Severity>> = Object.fromEntries([
  ...['EMERG', 'EMERGENCY', 'ALERT', 'CRIT', 'CRITICAL', 'FATAL', 'PANIC', 'SEVERE', 'ERROR', 'ERR'].map(
    (name) => [name, 'error'] as const,
  ),
  ...['WARN', 'WARNING'].map((name) => [name, 'warn'] as const),
  ...['NOTICE', 'INFO', 'INFORMATION', 'LOG', 'DEBUG', 'TRACE', 'VERBOSE', 'FINE'].map(
    (name) => [name, 'info'] as const,
  ),
]);
const NAMES = Object.keys(LEVELS).join('|');

const STATED = /\b(?:level|lvl|loglevel|log_level|severity)["']?[=:]\s?["']?([A-Za-z]{3,11})\b/i;
/** A level stands in capitals, or in brackets as web servers write it. */
const WORD = new RegExp(`\\b(${NAMES})\\b|\\[(${NAMES.toLowerCase()})\\]`);
const LEVEL_IS_WITHIN_CHARS = 300;

const ERROR_WORDS =
  /error|exception|\bfail(?:s|ed|ure|ures|ing)?\b|\bfatal\b|\bpanic\b|\btraceback\b|\btimed out\b|\btime-?out\b|\brefused\b|\bdenied\b|\bout of memory\b|\boom\b|\bunavailable\b/i;
const WARN_WORDS = /\bwarn(?:ing)?\b|\bdeprecated\b|\bretry(?:ing)?\b/i;

/** A server's failure, as `toTemplate` writes it. */
const FAILED_STATUS = /=5xx\b|" 5xx\b/;

/** The same idea for Logs Insights: everything that might be an error; {@link severityOf} then tells which is one. */
export const ERROR_REGEX = [
  '(?i)(error|exception|fail|fatal|critical|panic|traceback|timed out|time-?out|refused|denied|out of memory|unavailable',
  String.raw`|status[a-z_]*["']?[:=] ?["']?5[0-9][0-9]\b|HTTP\/[0-9.]+["']? 5[0-9][0-9]\b)`,
].join('');

/**
 * A pattern of events that {@link ERROR_REGEX} found, of which nothing but the HTTP status can have been the error:
 * CloudWatch takes the status for data, and the pattern would look like that of the events that went well.
 */
export function markFailure(template: string): string {
  if (ERROR_WORDS.test(template)) return template;
  return template
    .replace(/(\bstatus[a-z_]*=)<(?:\*|num|id)>/i, '$15xx')
    .replace(/(\bHTTP\/\S{1,8} )<(?:\*|num|id)>/, '$15xx');
}

/**
 * A level that the text states goes before words that sound bad.
 * @param label what CloudWatch says of the pattern, where it does
 */
export function severityOf(text: string, label?: string): Severity {
  if (FAILED_STATUS.test(text)) return 'error';
  const stated = STATED.exec(text)?.[1];
  const [, capitals, bracketed] = WORD.exec(text.slice(0, LEVEL_IS_WITHIN_CHARS)) ?? [];
  const level = LEVELS[(stated ?? '').toUpperCase()] ?? LEVELS[(capitals ?? bracketed ?? '').toUpperCase()];
  if (level !== undefined && level !== 'info') return level;
  const isPlatformLog = capitals === 'LOG';
  if (level === 'info' && !isPlatformLog) return 'info';
  if (ERROR_WORDS.test(text)) return 'error';
  if (WARN_WORDS.test(text)) return 'warn';
  return LEVELS[(label ?? '').toUpperCase()] ?? level ?? 'none';
}
