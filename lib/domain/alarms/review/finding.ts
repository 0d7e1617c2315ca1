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
 * digits only. Yields after each finding.
 */
export function* foldFindings(findings: readonly Finding[]): Generator<void, readonly Finding[], undefined> {
  const folded = new Map<string, Folded>();
  for (const finding of findings) {
    add(folded, JSON.stringify([finding.kind, finding.why]), finding);
    yield;
  }
  const masked = new Map<string, Folded>();
  for (const finding of folded.values()) {
    const key = JSON.stringify([finding.kind, [...new Set(finding.names.map(maskOf))], finding.metric?.metricName]);
    const before = masked.get(key);
    if (before !== undefined && !before.why.startsWith(EXAMPLE)) before.why = `${EXAMPLE}${before.why}`;
    add(masked, key, finding);
    yield;
  }
  return [...masked.values()].sort((a, b) => FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind));
}

type Folded = Omit<Finding, 'names' | 'why'> & { readonly names: string[]; why: string };

function add(folded: Map<string, Folded>, key: string, finding: Finding): void {
  const before = folded.get(key);
  if (before === undefined) folded.set(key, { ...finding, names: [...finding.names] });
  else for (const name of finding.names) before.names.push(name);
}
