/** Which values of fields came or went, beyond what the patterns themselves tell. Pure. */
import { compareFields, type FieldChange } from '../fields/field-changes.ts';
import { addTally, type FieldTally } from '../fields/field-tally.ts';
import { kindOfField } from '../fields/field-words.ts';
import type { LogPattern, WindowName } from './log-pattern.ts';
import { isSaying } from './message-template.ts';

/**
 * Releases and places of all events; other fields of events whose pattern is in both windows, since what stands in a new
 * pattern alone came with it.
 */
export function reportFields(patterns: readonly LogPattern[]): readonly FieldChange[] {
  const [before, now] = [tallyOf(patterns, 'before'), tallyOf(patterns, 'now')];
  const told = new Set(patterns.flatMap(({ mark }) => (mark === undefined ? [] : [`${mark.name}=${mark.value}`])));
  return compareFields(before, now).flatMap((change) => {
    const values = change.values.filter(({ value }) => !told.has(`${change.name}=${value}`));
    return values.length === 0 ? [] : [{ ...change, values }];
  });
}

function tallyOf(patterns: readonly LogPattern[], window: WindowName): FieldTally {
  const sum: FieldTally = new Map();
  for (const { seen } of patterns) {
    const isInBoth = seen.now !== undefined && seen.before !== undefined;
    const own = [...(seen[window]?.fields ?? [])].filter(([name]) => {
      const kind = kindOfField(name);
      return !isSaying(name) && (isInBoth || kind === 'release' || kind === 'place');
    });
    addTally(sum, new Map(own));
  }
  return sum;
}
