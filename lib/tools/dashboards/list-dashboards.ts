import { z } from 'zod';
import type { DashboardEntry } from '../../aws/ports/dashboards.ts';
import type { Target } from '../../aws/ports/targets.ts';
import { dashboardLink, dashboardsLink } from '../../domain/console-links.ts';
import { cleanLine, inlineName } from '../../domain/text/clean-text.ts';
import { listSome, nounOf } from '../../domain/text/counts.ts';
import { formatBytes } from '../../domain/text/log-size.ts';
import { findNearest } from '../../domain/text/nearest.ts';
import { formatAgo, formatTime } from '../../domain/time.ts';
import { decodeCursor, encodeCursor } from '../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { nextToken, where } from '../../tool/params.ts';
import type { ToolContext } from '../../tool/types.ts';
import { findOthers } from '../../tool/usable-accounts.ts';
import { listNames } from './shared/unknown-dashboard.ts';

const NAME = 'list_dashboards';
/** Ten pages. */
const MAX_READ = 10_000;
const ROWS_PER_ANSWER = 200;
const MAX_NAME_CHARS = 255; // ListDashboards, DashboardNamePrefix
const MAX_NEAR = 3;
const NAME_CHARS = /^[A-Za-z0-9._-]+$/;

const inputSchema = z.object({
  prefix: z
    .string()
    .max(MAX_NAME_CHARS)
    .refine((text) => NAME_CHARS.test(text), 'may hold only letters, digits and . - _')
    .optional()
    .describe('Of the name'),
  next_token: nextToken,
  ...where,
});

const outputSchema = z.object({
  dashboards: z.array(z.object({ name: z.string(), bytes: z.int(), modified: z.string().optional() })),
});

export const listDashboards = defineTool({
  name: NAME,
  title: 'Dashboards',
  description: 'Names of CloudWatch dashboards, the last changed first, for get_dashboard.',
  toolset: 'dashboards',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema,
  async handler(input, context) {
    const { next_token: token, ...asked } = input;
    const { offset } = decodeCursor(NAME, asked, token);
    const target = context.targets.one(input);
    const { entries, isTruncated } = await context.aws(target).dashboards.listDashboards(
      {
        ...(input.prefix !== undefined && { namePrefix: input.prefix }),
        maxEntries: MAX_READ,
        hasTime: context.hasTime,
      },
      context.signal,
    );
    const sorted = entries.toSorted(byNewest);
    const page = sorted.slice(offset, offset + ROWS_PER_ANSWER);
    const total = isTruncated ? undefined : sorted.length;
    const warnings = isTruncated
      ? [`Only ${entries.length} dashboards were read, so newer ones may be missing → pass prefix.`]
      : [];
    const [only] = sorted;
    return {
      headline: describeHeadline(sorted, input.prefix, { isTruncated, nowEpochMs: context.nowEpochMs }),
      targets: [target],
      list: {
        noun: 'dashboard',
        items: page.map((entry) => writeEntry(entry, context.nowEpochMs)),
        isUntrusted: true,
        ...(total !== undefined && { total }),
        nextToken: (shown) =>
          offset + shown < sorted.length ? encodeCursor(NAME, asked, { offset: offset + shown }) : undefined,
        narrowBy: 'pass prefix',
      },
      hints:
        sorted.length > 0
          ? ['get_dashboard with a name tells what it shows, with ready arguments for the other tools.']
          : await explainNone(context, target, input.prefix),
      warnings,
      link:
        only !== undefined && sorted.length === 1
          ? dashboardLink(target.region, only.name)
          : dashboardsLink(target.region),
      structured: ({ shown }) => ({
        dashboards: page.slice(0, shown).map(({ name, sizeBytes, modifiedEpochMs }) => ({
          name,
          bytes: sizeBytes,
          ...(modifiedEpochMs !== undefined && { modified: formatTime(modifiedEpochMs) }),
        })),
      }),
    };
  },
});

/** The last changed first; equal ones by name. */
function byNewest(a: DashboardEntry, b: DashboardEntry): number {
  return (b.modifiedEpochMs ?? 0) - (a.modifiedEpochMs ?? 0) || (a.name < b.name ? -1 : 1);
}

function writeEntry({ name, sizeBytes, modifiedEpochMs }: DashboardEntry, nowEpochMs: number): string {
  const changed = modifiedEpochMs === undefined ? '' : `, changed ${formatAgo(modifiedEpochMs, nowEpochMs)}`;
  return `${cleanLine(name)} (${formatBytes(sizeBytes)}${changed})`;
}

function describeHeadline(
  entries: readonly DashboardEntry[],
  prefix: string | undefined,
  facts: { readonly isTruncated: boolean; readonly nowEpochMs: number },
): string {
  const which =
    prefix === undefined ? '' : ` that ${nounOf(entries.length, 'begins', 'begin')} with ${inlineName(prefix)}`;
  const [newest] = entries;
  if (newest === undefined)
    return prefix === undefined ? 'No dashboard found.' : `No dashboard begins with ${inlineName(prefix)}.`;
  const count = `${facts.isTruncated ? 'At least ' : ''}${entries.length} ${nounOf(entries.length, 'dashboard')}${which}`;
  if (newest.modifiedEpochMs === undefined) return `${count}.`;
  return `${count}; the last changed: ${inlineName(newest.name)}, ${formatAgo(newest.modifiedEpochMs, facts.nowEpochMs)}.`;
}

async function explainNone(context: ToolContext, target: Target, prefix: string | undefined): Promise<string[]> {
  const others = await findOthers(context, [target]);
  const account = `Dashboards are the same in every region${
    others.length === 0
      ? '.'
      : `: look in another account (${listSome(
          others.map(({ alias }) => alias),
          MAX_NEAR,
        )}).`
  }`;
  if (prefix === undefined) return [`Account ${target.account} has no dashboards. ${account}`];
  const names = await listNames(context, target);
  const beginnings = findNearest(
    prefix,
    names.map((name) => name.slice(0, prefix.length)),
  );
  const near = names.filter((name) => beginnings.some((beginning) => name.startsWith(beginning))).slice(0, MAX_NEAR);
  return [
    near.length === 0
      ? 'Leave prefix out to see all; upper and lower case count.'
      : `Upper and lower case count. Near names: ${near.map(inlineName).join(', ')}.`,
    account,
  ];
}
