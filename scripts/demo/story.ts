/** The on-call story: what a person asks one after the other, each call made from the answer before. */
import { z } from 'zod';

/** Asks one question by one tool call and gives the answer's `structuredContent`. */
export type Ask = (question: string, tool: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

const activeAlarms = z.object({
  alarms: z.array(z.object({ name: z.string(), kind: z.string(), state: z.string(), region: z.string() })),
});
const alarmHistory = z.object({
  next_calls: z.array(z.object({ tool: z.string(), arguments: z.string() })),
  windows: z.array(z.object({ start_time: z.string(), end_time: z.string() })),
});
const logGroups = z.object({ log_groups: z.array(z.object({ name: z.string() })) });
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
  const metricAlarms = alarms.filter(({ kind }) => kind === 'metric');
  const worst = metricAlarms.find(({ name }) => name.includes('checkout')) ?? metricAlarms[0];
  if (worst === undefined) throw new Error('No alarm is firing, so there is no story to tell.');

  const history = alarmHistory.parse(
    await ask(`Since when does ${worst.name} fire, and how often has it before?`, 'get_alarm_history', {
      alarm_name: worst.name,
      region: worst.region,
    }),
  );

  const metricCall = history.next_calls.find(({ tool }) => tool === 'get_metric_data');
  if (metricCall === undefined) throw new Error(`The history of ${worst.name} suggests no metric to look at.`);
  await ask(
    'What did the metric do around that moment? (arguments as the answer above suggests them)',
    metricCall.tool,
    jsonObject.parse(JSON.parse(metricCall.arguments)),
  );

  await ask('Who is told about it, and what stands above and below it?', 'describe_alarms', { names: [worst.name] });

  const { log_groups: groups } = logGroups.parse(
    await ask('Customers cannot buy. Where do the functions of the shop log?', 'describe_log_groups', {
      log_group_name_prefix: '/aws/lambda/shop-',
    }),
  );
  const names = groups.map(({ name }) => name);
  const checkout = names.find((name) => name.includes('checkout'));
  if (checkout === undefined) throw new Error('No log group of checkout was found.');

  await ask('What is new in the logs of checkout, against the time before?', 'analyze_log_group', {
    log_group_arn: checkout,
    start_time: '-40m',
  });

  await ask('Which errors does it log, and since when?', 'execute_log_insights_query', {
    log_group_names: [checkout],
    query_string: ERRORS_BY_MESSAGE,
    start_time: '-2h',
  });

  await ask('Show me one of them.', 'search_log_events', {
    log_group: checkout,
    filter_pattern: '"Task timed out"',
    max_items: 1,
  });

  await ask('Is it checkout alone?', 'execute_cwl_insights_batch', {
    log_group_names: names,
    query_string: 'filter level = "ERROR" | stats count(*) as errors by service | sort errors desc',
    start_time: '-1h',
  });

  await tellCause(ask);
}

const CONNECTIONS = {
  namespace: 'AWS/RDS',
  metric_name: 'DatabaseConnections',
  dimensions: [{ name: 'DBInstanceIdentifier', value: 'shop-orders-db' }],
};

/** The errors speak of connection slots: from there on the database and its metrics. */
async function tellCause(ask: Ask): Promise<void> {
  await ask('No connection slots left. Which databases publish connections?', 'list_metrics', {
    namespace: CONNECTIONS.namespace,
    metric_name: CONNECTIONS.metric_name,
  });
  await ask('What does that metric mean, and when is it bad?', 'get_metric_metadata', {
    namespace: CONNECTIONS.namespace,
    metric_name: CONNECTIONS.metric_name,
  });
  await ask('Is that usual for this database? Four weeks of it, please.', 'analyze_metric', CONNECTIONS);
  await ask('Show me the last three hours.', 'get_metric_chart', { ...CONNECTIONS, format: 'html' });
  await ask('Which of our dashboards are there?', 'list_dashboards', {});
  await ask('How is the backend beside it, now?', 'get_dashboard', { name: 'shop-backend', render: true });
  await ask('How slow is checkout, by PromQL?', 'execute_promql_range_query', {
    query: 'histogram_avg({"Duration", FunctionName="shop-checkout"})',
    start: '-1h',
  });
  await ask('Which alarm would have told us before the customers did?', 'get_recommended_metric_alarms', CONNECTIONS);
}
