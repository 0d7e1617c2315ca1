/** Marks on dashboards that fit the resources in question. */

import { inParallel } from '../../../domain/async/in-parallel.ts';
import { mapInSlices, runInSlices } from '../../../domain/async/slices.ts';
import { readMarks } from '../../../domain/investigation/dashboard-marks.ts';
import type { Change } from '../../../domain/investigation/finding.ts';
import { partsOf, sharedParts } from '../../../domain/investigation/resource.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { part, type Session } from './session.ts';

const MAX_LISTED = 1_000;
/** Of one dashboard, the newest. */
const MAX_MARKS = 50;
/** By which dashboards are chosen. */
const MAX_RESOURCES = 50;

/**
 * By name and last change; the rest is named as not looked at.
 * @param maxRead dashboards, each of which is a call
 */
export async function readDashboardMarks(
  session: Session,
  resources: readonly string[],
  range: TimeRange,
  maxRead: number,
): Promise<readonly Change[]> {
  const { dashboards } = session.aws;
  const request = { maxEntries: MAX_LISTED, hasTime: session.hasTime };
  const list = await part(session, 'dashboards', dashboards.listDashboards(request, session.signal));
  const sought = [...new Set(resources)].slice(0, MAX_RESOURCES).map(partsOf);
  const placed = await mapInSlices(list?.entries ?? [], (entry) => {
    const parts = partsOf(entry.name);
    return { entry, nearness: sought.reduce((most, one) => Math.max(most, sharedParts(parts, one)), 0) };
  });
  const entries = placed
    .sort((a, b) => b.nearness - a.nearness || (b.entry.modifiedEpochMs ?? 0) - (a.entry.modifiedEpochMs ?? 0))
    .map(({ entry }) => entry);
  const left = entries.length - maxRead;
  if (left > 0) session.notLookedAt.push(`${left} other dashboards${list?.isTruncated === true ? ' and more' : ''}`);
  const found = await inParallel(entries.slice(0, maxRead), maxRead, async ({ name }) => {
    const dashboard = await part(session, `dashboard ${name}`, dashboards.getDashboard(name, session.signal));
    const marks = await runInSlices(readMarks(dashboard?.body ?? '', range));
    const newest = marks.toSorted((a, b) => b.epochMs - a.epochMs).slice(0, MAX_MARKS);
    if (newest.length < marks.length)
      session.notLookedAt.push(`${formatCount(marks.length - newest.length)} older marks of dashboard ${name}`);
    return newest.map(
      ({ epochMs, label }): Change => ({
        atEpochMs: epochMs,
        kind: 'dashboard_mark',
        subject: label,
        before: '',
        after: `marked on ${name}`,
        score: 0.5,
        evidence: `get_dashboard ${name}`,
      }),
    );
  });
  return found.flat();
}
