import { z } from 'zod';
import type { StoredDashboard } from '../../../aws/ports/dashboards.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { createSlices, mapInSlices } from '../../../domain/async/slices.ts';
import { dashboardLink } from '../../../domain/console-links.ts';
import { type Dashboard, WIDGET_KINDS, type Widget } from '../../../domain/dashboards/dashboard.ts';
import { cleanLine, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { listSome, nounOf } from '../../../domain/text/counts.ts';
import { attempt } from '../../../tool/attempt.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { nextToken, where } from '../../../tool/params.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { findUsable } from '../../../tool/usable-accounts.ts';
import { unknownDashboard } from '../shared/unknown-dashboard.ts';
import { describeVariable, describeWidget, type ShownWidget, writeWidget } from './answer.ts';
import { callsOf } from './answer-calls.ts';
import { chooseWidgets } from './choose-widgets.ts';
import { dashboardOutput, toWidgetOutput } from './output.ts';
import { MAX_RENDERED_WIDGETS, MAX_SERIES_PER_WIDGET, readValues } from './read-values.ts';
import type { Places } from './widget-place.ts';

const NAME = 'get_dashboard';
const MAX_NAME_CHARS = 255; // PutDashboard, DashboardName
const NAME_CHARS = /^[A-Za-z0-9._-]+$/;
const MAX_FIND_CHARS = 100;
const MAX_BODY_CHARS_SHOWN = 300;
const MAX_NUMBERS = 10;

const inputSchema = z.object({
  name: z
    .string()
    .max(MAX_NAME_CHARS)
    .refine((text) => NAME_CHARS.test(text), 'is not the name of a dashboard → take one from list_dashboards')
    .describe('From list_dashboards'),
  find: z.string().min(1).max(MAX_FIND_CHARS).optional().describe('Only widgets that hold this text'),
  render: z.boolean().default(false).describe('Add values; default false'),
  next_token: nextToken,
  ...where,
});

export const getDashboard = defineTool({
  name: NAME,
  title: 'Dashboard',
  description: 'Widgets of a CloudWatch dashboard in words, as arguments for other tools.',
  toolset: 'dashboards',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: dashboardOutput,
  async handler(input, context) {
    const { next_token: token, ...asked } = input;
    const { offset } = decodeCursor(NAME, asked, token);
    const target = context.targets.one(input);
    const stored = await readDashboard(context, input.name, target);
    // Its 500 widgets may have 2,500 metrics and megabytes of text.
    const slices = createSlices();
    await slices.next();
    const { dashboard, page: chosen, total } = await chooseWidgets(stored.body, offset, input.find, slices);
    await slices.next();
    const page = choosePage(chosen, input.render);
    const places = await findPlaces(context, target, stored, page);
    const { shown: rows, warnings: gaps } = await showWidgets(
      page,
      { dashboard, places, isRendered: input.render },
      context,
    );
    const items = await mapInSlices(rows, (row) => writeWidget(row, context.nowEpochMs), slices);
    const warnings = [...dashboard.problems, ...describeUnread(rows), ...gaps];
    const variables = dashboard.variables.map(describeVariable);
    return {
      headline: describeHeadline(input.name, dashboard, rows, input.find === undefined ? undefined : total),
      targets: [target],
      facts: [describeTimes(dashboard)],
      list: {
        noun: 'widget',
        items,
        isUntrusted: true,
        hasCalls: true,
        total,
        nextToken: (shown) =>
          offset + shown < total ? encodeCursor(NAME, asked, { offset: offset + shown }) : undefined,
      },
      sections: [
        { title: 'Variables', items: variables, isUntrusted: true },
        { title: 'The body begins', items: beginningOf(stored, dashboard), isUntrusted: true },
      ],
      hints: chooseHints(rows, input),
      warnings,
      link: dashboardLink(target.region, input.name),
      structured: ({ shown }) => ({
        widgets: rows.slice(0, shown).map(toWidgetOutput),
        variables,
      }),
    };
  },
});

async function readDashboard(context: ToolContext, name: string, target: Target): Promise<StoredDashboard> {
  const read = await attempt(context.signal, context.aws(target).dashboards.getDashboard(name, context.signal));
  if ('value' in read) return read.value;
  throw read.error.code === 'not_found' ? await unknownDashboard(context, name, target) : read.error;
}

/** Where the widgets may be asked: other accounts that they name, as far as they let the caller in. */
async function findPlaces(
  context: ToolContext,
  home: Target,
  { accountId: homeAccountId }: StoredDashboard,
  page: readonly Widget[],
): Promise<Places> {
  const { regions, accounts, defaultAccount } = context.targets;
  const named = new Set(page.flatMap(accountsOf));
  const foreign = accounts.filter(({ alias, id = '' }) => alias !== home.account && named.has(id));
  return {
    targets: { regions, accounts: await findUsable(context, foreign), defaultAccount },
    home,
    ...(homeAccountId !== undefined && { homeAccountId }),
  };
}

function accountsOf({ accountId, metrics, alarms, promqlQueries }: Widget): readonly (string | undefined)[] {
  return [accountId, ...[...metrics, ...alarms, ...promqlQueries].map((one) => one.accountId)];
}

/** With values it ends before the widget whose values would be too many. */
function choosePage(page: readonly Widget[], isRendered: boolean): readonly Widget[] {
  if (!isRendered) return page;
  const drawn = page.filter(({ metrics, promqlQueries }) => metrics.length + promqlQueries.length > 0);
  const next = drawn[MAX_RENDERED_WIDGETS];
  return next === undefined ? page : page.slice(0, page.indexOf(next));
}

/** The tools whose answers are series over time. */
const DRAWN_BY: ReadonlySet<string> = new Set(['get_metric_data', 'execute_promql_range_query']);

interface Surroundings {
  readonly dashboard: Dashboard;
  readonly places: Places;
  readonly isRendered: boolean;
}

async function showWidgets(
  page: readonly Widget[],
  { dashboard, places, isRendered }: Surroundings,
  context: ToolContext,
): Promise<{ readonly shown: readonly ShownWidget[]; readonly warnings: readonly string[] }> {
  const withCalls = await mapInSlices(page, (widget) => ({
    widget,
    ...callsOf(widget, { ...dashboard, nowEpochMs: context.nowEpochMs }, places),
  }));
  const drawn = withCalls.flatMap(({ widget: { number }, calls }) =>
    calls.filter(({ tool }) => DRAWN_BY.has(tool)).map((call) => ({ number, call })),
  );
  const { views, warnings } = isRendered ? await readValues(drawn, context) : { views: undefined, warnings: [] };
  const shown = await mapInSlices(withCalls, ({ widget, calls, problems }): ShownWidget => {
    const values = views?.get(widget.number);
    return {
      widget,
      calls,
      details: describeWidget(widget),
      values: values?.slice(0, MAX_SERIES_PER_WIDGET),
      moreSeries: Math.max(0, (values?.length ?? 0) - MAX_SERIES_PER_WIDGET),
      problems: [...widget.problems, ...problems],
    };
  });
  return { shown, warnings };
}

/** @param found widgets that hold what was looked for; undefined where all are shown */
function describeHeadline(
  name: string,
  { kinds: all }: Dashboard,
  rows: readonly ShownWidget[],
  found: number | undefined,
): string {
  const kinds = WIDGET_KINDS.map((kind) => ({ kind, count: all.filter((one) => one === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`);
  const valued = rows.filter(({ values }) => values !== undefined).length;
  return [
    `Dashboard ${inlineName(name)} has ${all.length} ${nounOf(all.length, 'widget')}`,
    kinds.length === 0 ? '' : `: ${kinds.join(', ')}`,
    found === undefined ? '' : `; ${found === 0 ? 'none' : found} of them ${found === 1 ? 'holds' : 'hold'} the text`,
    valued === 0 ? '' : `; ${valued} with current values`,
    '.',
  ].join('');
}

function describeTimes({ startTime, endTime, periodOverride }: Dashboard): string {
  const range =
    startTime === undefined && endTime === undefined
      ? 'the console’s own'
      : `${startTime ?? '-3h'} to ${endTime ?? 'now'}`;
  const periods =
    periodOverride === 'inherit' ? 'each widget keeps its period' : 'the console fits periods to the range';
  return `Time range: ${range}; ${periods}`;
}

function describeUnread(rows: readonly ShownWidget[]): string[] {
  const numbers = rows.filter(({ problems }) => problems.length > 0).map(({ widget }) => widget.number);
  if (numbers.length === 0) return [];
  return [
    `Of widget ${listSome(numbers, MAX_NUMBERS)} something could not be read or asked; the widget’s lines say what.`,
  ];
}

/** Where not even the widgets could be found, for whoever wants to mend it. */
function beginningOf({ body }: StoredDashboard, { kinds, problems }: Dashboard): string[] {
  return kinds.length === 0 && problems.length > 0 && body.trim() !== ''
    ? [clip(cleanLine(body.slice(0, MAX_BODY_CHARS_SHOWN * 2)), MAX_BODY_CHARS_SHOWN)]
    : [];
}

function chooseHints(
  rows: readonly ShownWidget[],
  { render: isRendered, find }: z.output<typeof inputSchema>,
): string[] {
  const tools = new Set(rows.flatMap(({ calls }) => calls.map(({ tool }) => tool)));
  return [
    ...(tools.size === 0 ? [] : ['A line that begins with the name of a tool holds arguments to call it with.']),
    ...([...tools].some((tool) => DRAWN_BY.has(tool)) && !isRendered
      ? ['render=true adds the current values of metrics and PromQL.']
      : []),
    ...(rows.length === 0
      ? [
          `${find === undefined ? 'It shows nothing' : 'Leave find out to see all of it'}: list_dashboards names the others.`,
        ]
      : []),
  ];
}
