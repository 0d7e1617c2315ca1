/** Findings → the exit code, so that a script can tell whom to call. */
import { type Finding, isFailed, type Reason } from './finding.ts';

/** Beside them: 0 nothing wrong, 2 unknown option. */
const EXIT_CODES = { configuration: 1, unreachable: 3, refused: 4, clock: 5 } as const;

const REFUSALS: ReadonlySet<Reason> = new Set<Reason>([
  'no_credentials',
  'credentials_refused',
  'provider_refused',
  'role_denied',
  'access_denied',
  'token_refused',
]);

/** Where several things are wrong, the one that the others may come from: settings, network, clock, refusals. */
export function findExitCode(findings: readonly Finding[]): number {
  const reasons = findings.filter(isFailed).map(({ reason = 'other' }) => reason);
  if (reasons.length === 0) return 0;
  if (reasons.includes('setting')) return EXIT_CODES.configuration;
  if (reasons.some((reason) => reason !== 'clock' && !REFUSALS.has(reason))) return EXIT_CODES.unreachable;
  return reasons.includes('clock') ? EXIT_CODES.clock : EXIT_CODES.refused;
}
