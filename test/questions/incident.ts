/** Questions about the incident: what fires, since when, why, and who was hit. */
import { expect } from 'vitest';
import { z } from 'zod';
import { LOG_GROUPS, SHOP } from '../../local/scenario.ts';
import { lastOf, type Memory, type Question, recall, toIso } from './question.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Datapoints so new are not final. */
const SETTLING_MS = 3 * MINUTE_MS;
const CHECKOUT = [{ name: 'FunctionName', value: SHOP.checkoutFunction }];
const VERSION = '2.14.0';
const MAX_CONNECTIONS = 100;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const named = z.object({ alarms: z.array(z.object({ name: z.string(), account: z.string() })) });
const investigation = z.object({
  verdict: z.string(),
  onset: z.string(),
  baseline: z.object({ start: z.string(), end: z.string() }),
  changes: z.array(z.object({ at: z.string(), kind: z.string(), subject: z.string(), evidence: z.string() })),
  suspects: z.array(z.object({ resource: z.string(), why: z.string() })),
});
const data = z.object({
  series: z.array(
    z.object({ id: z.string(), datapoints: z.array(z.object({ time: z.string(), value: z.number() })).optional() }),
  ),
});

const recallInvestigation = (memory: Memory) => investigation.parse(recall(memory, 2).structured);

export const INCIDENT_QUESTIONS: readonly Question[] = [
  {
    number: 1,
    title: 'What is on fire right now, in everything I may see?',
    async answer(conversation, truth) {
      const said = await conversation.ask('get_active_alarms', { accounts: ['all'], regions: ['all'] });
      const firing = [...truth.firingIn('prod'), ...truth.firingIn('data')].map(({ name }) => name);
      const told = named.parse(said.structured).alarms.map(({ name }) => name);
      expect([...new Set(told)].sort()).toEqual(firing.sort());
      expect(said.text).toContain(`prod/us-east-1 (${truth.firingIn('prod').length})`);
      expect(said.text).toContain('AWS does not let you use account dev');
      return [said];
    },
  },
  {
    number: 2,
    title: 'Since when, what changed first, what is behind the checkout trouble?',
    async answer(conversation, truth, memory) {
      const { alarms } = named.parse(recall(memory, 1).structured);
      const [alarm] = alarms
        .filter(({ name }) => name.includes('checkout'))
        .sort((a, b) => truth.alarm(a.name).sinceEpochMs - truth.alarm(b.name).sinceEpochMs);
      const name = alarm?.name ?? '';
      const said = await conversation.ask('investigate_alarm', { alarm_name: name });
      const found = investigation.parse(said.structured);
      const deploy = truth.deployOf(SHOP.checkoutFunction);
      expect(said.text).toContain(`is ALARM since ${toIso(truth.alarm(name).sinceEpochMs)}`);
      expect(found.verdict).toBe('changed');
      expect(Date.parse(found.onset) - deploy).toBeGreaterThanOrEqual(0);
      expect(Date.parse(found.onset) - deploy).toBeLessThan(3 * MINUTE_MS);
      expect(found.suspects[0]?.resource).toBe(SHOP.checkoutFunction);
      expect(found.suspects[0]?.why).toContain('UpdateFunctionCode came just before');
      expect(found.suspects.map(({ resource }) => resource)).toContain(SHOP.database);
      expect(said.text).toContain('remaining connection slots are reserved');
      return [said];
    },
  },
  {
    number: 3,
    title: 'Did a deploy come before it? When exactly?',
    async answer(conversation, truth, memory) {
      const { baseline, changes } = recallInvestigation(memory);
      const deploy = truth.deployOf(SHOP.checkoutFunction);
      const change = changes.find(({ kind }) => kind === 'config_change');
      expect([change?.at, change?.subject]).toEqual([toIso(deploy), expect.stringContaining(VERSION)]);
      const fields = await conversation.ask('get_log_group_fields', { log_group: LOG_GROUPS.checkout });
      const said = await conversation.ask('execute_log_insights_query', {
        log_group_names: [LOG_GROUPS.checkout],
        query_string: 'filter ispresent(version) | stats earliest(@timestamp) as first, count(*) as events by version',
        start_time: baseline.start,
      });
      const lines = truth.lines(LOG_GROUPS.checkout, deploy, deploy + 5 * MINUTE_MS);
      const first = lines.find(({ message }) => message.includes(`"version":"${VERSION}"`));
      expect(said.text).toContain(new Date(first?.epochMs ?? 0).toISOString().replace('T', ' ').replace('Z', ''));
      expect(said.text).toContain('2.13.7');
      return [fields, said];
    },
  },
  {
    number: 4,
    title: 'Whose requests failed: two request ids with all their events',
    async answer(conversation, truth, memory) {
      const { onset } = recallInvestigation(memory);
      const place = { log_group_names: [LOG_GROUPS.checkout], start_time: onset };
      const failures = await conversation.ask('execute_log_insights_query', {
        ...place,
        query_string: 'filter level = "ERROR" or @message like /timed out/ | sort @timestamp asc',
        limit: 2,
      });
      const ids = [...new Set(failures.text.replace(/^query_id: .*$/m, '').match(UUID))];
      expect(ids).toHaveLength(2);
      const said = await conversation.ask('execute_log_insights_query', {
        ...place,
        query_string: `filter @message like /${ids.join('|')}/ | sort @timestamp asc`,
      });
      const events = truth
        .lines(LOG_GROUPS.checkout, Date.parse(onset), truth.anchorEpochMs)
        .filter(({ message }) => ids.some((id) => message.includes(id)));
      expect(events.length).toBeGreaterThanOrEqual(6);
      expect(said.text).toContain(`complete: ${events.length} rows`);
      for (const { message } of events) expect(said.text).toContain(message.trim().replaceAll('\t', ' ').slice(0, 60));
      const [customer] = events.flatMap(({ message }) => /"customer":"[^"]+"/.exec(message)?.[0] ?? []);
      if (customer !== undefined) expect(said.text).toContain(customer);
      return [failures, said];
    },
  },
  {
    number: 5,
    title: 'Errors per five minutes over two hours, and their share of all requests',
    async answer(conversation, truth) {
      const query = (id: string, name: string, more: object) => ({
        id,
        metric_stat: {
          namespace: 'AWS/Lambda',
          metric_name: name,
          dimensions: CHECKOUT,
          statistic: 'Sum',
          period: 300,
        },
        ...more,
      });
      const said = await conversation.ask('get_metric_data', {
        queries: [
          query('errors', 'Errors', {}),
          query('calls', 'Invocations', { return_data: false }),
          { id: 'share', expression: '100 * errors / calls' },
        ],
        start_time: '-2h',
      });
      const { series } = data.parse(said.structured);
      const pointOf = (id: string, at: number) =>
        series.find((one) => one.id === id)?.datapoints?.find(({ time }) => Date.parse(time) === at)?.value;
      const start = Math.ceil((truth.anchorEpochMs - 2 * HOUR_MS) / (5 * MINUTE_MS)) * 5 * MINUTE_MS;
      const read = (metricName: string) =>
        truth.series(
          { namespace: 'AWS/Lambda', metricName, dimensions: CHECKOUT },
          { startEpochMs: start, endEpochMs: truth.anchorEpochMs },
          300,
          'Sum',
        );
      const [errors, calls] = [read('Errors'), read('Invocations')];
      const final = errors.timestampsEpochMs.filter(
        (at) => at + 5 * MINUTE_MS <= truth.anchorEpochMs - SETTLING_MS - MINUTE_MS,
      );
      expect(final.length).toBeGreaterThan(20);
      for (const [index, at] of final.entries()) {
        const [error = 0, all = 0] = [errors.values[index], calls.values[index]];
        expect([toIso(at), pointOf('errors', at)]).toEqual([toIso(at), error]);
        expect(pointOf('share', at)).toBeCloseTo((100 * error) / all, 6);
      }
      return [said];
    },
  },
  {
    number: 6,
    title: 'Which error messages are new in the last hour against the hour before (two hours), over all services?',
    async answer(conversation, truth) {
      const groups = await conversation.ask('describe_log_groups', {
        log_group_name_pattern: 'shop',
        include_saved_queries: false,
      });
      const names = z.object({ log_groups: z.array(z.object({ name: z.string() })) }).parse(groups.structured);
      const said = await conversation.ask('execute_cwl_insights_batch', {
        log_group_names: names.log_groups.map(({ name }) => name),
        query_string:
          'filter @message like /(?i)(error|fatal|timed out)/ | parse @message /(?<said>timed out|FATAL|ERROR)/ | stats count(*) as events, earliest(@timestamp) as first by @log, error.message, said | sort first asc',
        start_time: '-2h',
      });
      const hourAgo = truth.anchorEpochMs - HOUR_MS;
      const lines = truth.lines(LOG_GROUPS.checkout, hourAgo - HOUR_MS + MINUTE_MS, truth.anchorEpochMs);
      for (const [words, isNew] of [
        ['timed out', true],
        ['remaining connection slots', true],
        ['the cart was changed by another session', false],
      ] as const) {
        const first = lines.find(({ message }) => message.includes(words))?.epochMs ?? 0;
        const row = said.text.split('\n').find((line) => line.includes(LOG_GROUPS.checkout) && line.includes(words));
        const told = Date.parse(`${/[\d-]{10} [\d:.]+$/.exec(row ?? '')?.[0].replace(' ', 'T')}Z`);
        expect([words, told >= hourAgo]).toEqual([words, isNew]);
        if (isNew) expect([words, told]).toEqual([words, first]);
      }
      return [groups, said];
    },
  },
  {
    number: 7,
    title: 'Is the database at its connection limit, is that usual at this time of the week?',
    async answer(conversation, truth, memory) {
      const metric = {
        namespace: 'AWS/RDS',
        metricName: 'DatabaseConnections',
        dimensions: [{ name: 'DBInstanceIdentifier', value: SHOP.database }],
      };
      const said = await conversation.ask('analyze_metric', {
        namespace: metric.namespace,
        metric_name: metric.metricName,
        dimensions: metric.dimensions,
      });
      const { values } = truth.series(metric, lastOf(truth, HOUR_MS), 300, 'Average');
      expect(said.text).toContain('unusually high');
      const most = Number(/\bmax ([\d.]+)/.exec(said.text)?.[1]);
      // The newest value may be of a minute that came since.
      expect(most).toBeGreaterThanOrEqual(Math.max(...values.slice(0, -1)));
      expect(most).toBeLessThanOrEqual(MAX_CONNECTIONS);
      const [, since = ''] = /has stood at [\d.,]+ since (\S+Z)/.exec(said.text) ?? [];
      const deploy = truth.deployOf(SHOP.checkoutFunction);
      expect(Math.abs(Date.parse(since) - deploy)).toBeLessThan(15 * MINUTE_MS);
      expect(recall(memory, 1).text).toContain('above 85 of 100');
      return [said];
    },
  },
  {
    number: 11,
    title: 'p99 of checkout against its alarm’s threshold, drawn',
    async answer(conversation, truth) {
      const said = await conversation.ask('get_metric_chart', {
        namespace: 'AWS/Lambda',
        metric_name: 'Duration',
        dimensions: CHECKOUT,
        statistic: 'p99',
      });
      const { threshold, name } = truth.alarm('shop-checkout-duration-p99');
      expect(said.text).toContain(`Lines at: ${threshold?.toLocaleString('en-US')} ms of alarm \`${name}\` (ALARM)`);
      expect(Buffer.from(said.image, 'base64').subarray(1, 4).toString()).toBe('PNG');
      const metric = { namespace: 'AWS/Lambda', metricName: 'Duration', dimensions: CHECKOUT };
      const [, last = '', time = ''] = /was last ([\d,.]+) ms at (?:\d\d-\d\d )?(\d\d:\d\dZ)/.exec(said.text) ?? [];
      const { timestampsEpochMs, values } = truth.series(metric, lastOf(truth, HOUR_MS / 2), 60, 'p99');
      const index = timestampsEpochMs.findIndex((at) => toIso(at).slice(11, 16) === time.slice(0, 5));
      expect(Number(last.replaceAll(',', '')) / (values[index] ?? 0)).toBeCloseTo(1, 2);
      return [said];
    },
  },
  {
    number: 16,
    title: 'The timeline for the post-mortem, each time with its evidence',
    async answer(conversation, truth, memory) {
      const { baseline, changes } = recallInvestigation(memory);
      const said = await conversation.ask('get_alarm_history', { start_time: baseline.end });
      const since = Date.parse(baseline.end);
      const fired = truth.firingIn('prod').filter(({ sinceEpochMs }) => sinceEpochMs >= since);
      expect(fired.length).toBeGreaterThan(8);
      for (const { name, sinceEpochMs } of fired)
        expect(said.text).toMatch(new RegExp(`^${name} .*ALARM since ${toIso(sinceEpochMs)}`, 'm'));
      expect(changes.filter(({ evidence }) => evidence === '')).toEqual([]);
      expect(new Set(changes.map(({ kind }) => kind))).toEqual(
        new Set([...changes.map(({ kind }) => kind), 'config_change', 'metric', 'log_pattern', 'alarm']),
      );
      const times = changes.map(({ at }) => Date.parse(at));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      return [said];
    },
  },
];
