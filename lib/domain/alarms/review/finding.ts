/** What is wrong with alarms, or missing. Names and dimension values in it are foreign text. */

/** In the order in which they are told: what hides an incident before what only disturbs. */
export const FINDING_KINDS = [
  'never_any_data',
  'unwatched',
  'in_alarm_for_days',
  'flapping',
  'regular',
  'disabled',
  'muted',
  'no_action',
  'copies',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** The alarms that it is about; the resources of what no alarm watches. */
  readonly names: readonly string[];
  /** One line. */
  readonly why: string;
  /** Of what no alarm watches: what would be watched first. */
  readonly metric?:
    | {
        readonly namespace: string;
        readonly metricName: string;
        readonly dimensions: readonly { readonly name: string; readonly value: string }[];
      }
    | undefined;
}

const EXAMPLE = 'e.g. ';

/** Digits and ids of names are what copies of one template differ by. */
function maskOf(name: string): string {
  return name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '#');
}

/**
 * In order, with what is said of several alarms alike folded into one finding: the same words, or names that differ by
 * digits only.
 */
export function foldFindings(findings: readonly Finding[]): Finding[] {
  const folded = new Map<string, Finding>();
  const masked = new Map<string, Finding>();
  for (const finding of findings) {
    const own = JSON.stringify([finding.kind, finding.why]);
    const before = folded.get(own);
    folded.set(own, before === undefined ? finding : { ...before, names: [...before.names, ...finding.names] });
  }
  for (const finding of folded.values()) {
    const key = JSON.stringify([finding.kind, [...new Set(finding.names.map(maskOf))], finding.metric?.metricName]);
    const before = masked.get(key);
    if (before === undefined) masked.set(key, finding);
    else {
      const why = before.why.startsWith(EXAMPLE) ? before.why : `${EXAMPLE}${before.why}`;
      masked.set(key, { ...before, why, names: [...before.names, ...finding.names] });
    }
  }
  return [...masked.values()].sort((a, b) => FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind));
}
