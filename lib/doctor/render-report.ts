/** Settings and findings → the text that the administrator reads. */
import type { SettingLine } from './describe-settings.ts';
import { type Finding, isFailed } from './finding.ts';

export interface Report {
  readonly title: string;
  readonly settings: readonly SettingLine[];
  readonly findings: readonly Finding[];
}

const STATES = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' } as const;
const MAX_VALUE_CHARS = 120;

export function renderReport({ title, settings, findings }: Report): string {
  const width = Math.max(...settings.map(({ variable }) => variable.length));
  const failed = findings.filter(isFailed).length;
  return [
    title,
    '',
    'Settings:',
    ...settings.map(({ variable, value, source }) => `  ${variable.padEnd(width)}  ${clean(value)}  (${source})`),
    '',
    'Checks:',
    ...findings.map(({ state, text }) => `  ${STATES[state]}  ${text.replaceAll('\n', '\n           ')}`),
    '',
    failed === 0 ? 'Nothing wrong was found.' : `${failed} of ${findings.length} checks failed.`,
    '',
  ].join('\n');
}

function clean(value: string): string {
  const line = value.replaceAll(/\p{Cc}/gu, ' ');
  return line.length > MAX_VALUE_CHARS ? `${line.slice(0, MAX_VALUE_CHARS)}…` : line;
}
