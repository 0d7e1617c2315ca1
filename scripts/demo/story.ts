/** The on-call story: what a person asks one after the other, each call made from the answer before. */
import { z } from 'zod';

/** Asks one question by one tool call and gives the answer's `structuredContent`. */
export type Ask = (question: string, tool: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

const activeAlarms = z.object({ alarms: z.array(z.object({ name: z.string(), region: z.string() })) });
const nextCalls = z.object({ next_calls: z.array(z.object({ tool: z.string(), arguments: z.string() })) });
const dashboards = z.object({ dashboards: z.array(z.object({ name: z.string() })) });
const jsonObject = z.record(z.string(), z.unknown());

const ERRORS_BY_MESSAGE = [
  'fields strcontains(@message, "Task timed out") as is_timeout',
  'filter level = "ERROR" or is_timeout = 1',
  'stats count(*) as events, earliest(@timestamp) as first_seen by error.message, is_timeout',
  'sort events desc',
].join(' | ');

/** @throws Error when an answer lacks what the next question needs */
export async function tellStory(ask: Ask): Promise<void> {
  await ask('The pager went off. Where am I, and what may I look at?', 'list_targets', {});

  const { alarms } = activeAlarms.parse(await ask('What is on fire?', 'get_active_alarms', { max_items: 10 }));
  const worst = alarms.find(({ name }) => name.includes('checkout')) ?? alarms[0];
  if (worst === undefined) throw new Error('No alarm is firing, so there is no story to tell.');

  const investigated = await ask(
    `Why does ${worst.name} fire: since when, what changed first, where to look?`,
    'investigate_alarm',
    { alarm_name: worst.name, region: worst.region },
  );
  await followUp(ask, investigated, [
    ['get_metric_data', 'And its metric, minute by minute? (arguments as the answer above suggests them)'],
  ]);
  await ask('Which errors does it log, and since when?', 'execute_log_insights_query', {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: ERRORS_BY_MESSAGE,
    start_time: '-2h',
  });
  await ask('And the orders, did anything change there?', 'what_changed', { start_time: '-1h', scope: 'shop-orders' });
  await tellDatabase(ask);
  await tellEstate(ask);
}

/** Calls that an answer names, ready to run. */
async function followUp(
  ask: Ask,
  answer: unknown,
  wanted: readonly (readonly [tool: string, question: string])[],
): Promise<void> {
  const { next_calls: calls } = nextCalls.parse(answer);
  for (const [tool, question] of wanted) {
    const call = calls.find((one) => one.tool === tool);
    if (call === undefined) throw new Error(`The answer names no call of ${tool}.`);
    await ask(question, tool, jsonObject.parse(JSON.parse(call.arguments)));
  }
}

const CONNECTIONS = {
  namespace: 'AWS/RDS',
  metric_name: 'DatabaseConnections',
  dimensions: [{ name: 'DBInstanceIdentifier', value: 'shop-orders-db' }],
};

/** The errors speak of connection slots. */
async function tellDatabase(ask: Ask): Promise<void> {
  await ask('What does that metric mean, and when is it bad?', 'get_metric_metadata', {
    namespace: CONNECTIONS.namespace,
    metric_name: CONNECTIONS.metric_name,
  });
  await ask('Is that usual for this database? Four weeks of it, please.', 'analyze_metric', CONNECTIONS);
  await ask('Show me the last three hours.', 'get_metric_chart', { ...CONNECTIONS, format: 'html' });
  await ask('How slow is checkout, by PromQL?', 'execute_promql_range_query', {
    query: 'histogram_avg({"Duration", FunctionName="shop-checkout"})',
    start: '-1h',
  });
}

/** The day after: dashboards and alarms. */
async function tellEstate(ask: Ask): Promise<void> {
  const { dashboards: known } = dashboards.parse(await ask('Which dashboards are there?', 'list_dashboards', {}));
  const backend = known.find(({ name }) => name.includes('backend')) ?? known[0];
  if (backend !== undefined)
    await ask('What does this one say of the queue, now?', 'get_dashboard', {
      name: backend.name,
      find: 'queue',
      render: true,
    });
  const review = await ask('Which of our alarms are useless, and what has none?', 'review_alarms', {});
  await followUp(ask, review, [
    ['get_recommended_metric_alarms', 'The first of those that are missing, as a template?'],
  ]);
}
