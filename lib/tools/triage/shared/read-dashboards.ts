/** Marks on dashboards that fit the resources in question. */

import { inParallel } from '../../../domain/async/in-parallel.ts';
import { readMarks } from '../../../domain/investigation/dashboard-marks.ts';
import type { Change } from '../../../domain/investigation/finding.ts';
import { sharedParts } from '../../../domain/investigation/resource.ts';
import type { TimeRange } from '../../../domain/time.ts';
import { part, type Session } from './session.ts';

const MAX_LISTED = 1_000;

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
  const nearness = (name: string): number => Math.max(0, ...resources.map((resource) => sharedParts(name, resource)));
  const entries = [...(list?.entries ?? [])].sort(
    (a, b) => nearness(b.name) - nearness(a.name) || (b.modifiedEpochMs ?? 0) - (a.modifiedEpochMs ?? 0),
  );
  const left = entries.length - maxRead;
  if (left > 0) session.notLookedAt.push(`${left} other dashboards${list?.isTruncated === true ? ' and more' : ''}`);
  const found = await inParallel(entries.slice(0, maxRead), maxRead, async ({ name }) => {
    const dashboard = await part(session, `dashboard ${name}`, dashboards.getDashboard(name, session.signal));
    return readMarks(dashboard?.body ?? '')
      .filter(({ epochMs }) => epochMs >= range.startEpochMs && epochMs <= range.endEpochMs)
      .map(
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
