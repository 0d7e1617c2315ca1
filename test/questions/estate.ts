/** Questions about everything around the incident: alarms, costs, dashboards, other accounts. */
import { expect } from 'vitest';
import { z } from 'zod';
import { ACCOUNTS, SHOP } from '../../local/scenario.ts';
import { lastOf, type Question, recall, toIso } from './question.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LAMBDA = 'AWS/Lambda';

const named = z.object({ alarms: z.array(z.object({ name: z.string() })) });
const readyCalls = z.object({ next_calls: z.array(z.object({ tool: z.string(), arguments: z.string() })) });
const adviceArguments = z.object({
  namespace: z.string(),
  metric_name: z.string(),
  dimensions: z.array(z.object({ name: z.string(), value: z.string() })),
});
const groupNames = z.object({ log_groups: z.array(z.object({ name: z.string() })) });
const dashboards = z.object({ dashboards: z.array(z.object({ name: z.string() })) });
const widgets = z.object({
  widgets: z.array(
    z.object({
      title: z.string().optional(),
      values: z
        .array(z.object({ label: z.string(), value: z.number().optional(), time: z.string().optional() }))
        .optional(),
    }),
  ),
});
const sums = z.object({ series: z.array(z.object({ label: z.string(), sum: z.number().optional() })) });

const ofFunction = (metricName: string, value: string) => ({
  namespace: LAMBDA,
  metricName,
  dimensions: [{ name: 'FunctionName', value }],
});

export const ESTATE_QUESTIONS: readonly Question[] = [
  {
    number: 8,
    title: 'Which alarms flap, which fire every day at about the same time?',
    async answer(conversation, truth) {
      const said = await conversation.ask('review_alarms', {});
      const search = truth.firingsOf('shop-search-duration-p90');
      const minutes = new Set(search.map((at) => toIso(at).slice(14, 16)));
      expect([...minutes]).toHaveLength(1);
      expect(said.text).toMatch(
        new RegExp(
          `firing by the clock: shop-search-duration-p90 .*every 4h at :${[...minutes][0]} .*${search.length} of`,
        ),
      );
      expect(said.text).not.toContain('flapping:');
      return [said];
    },
  },
  {
    number: 9,
    title: 'Which alarms are useless, which metrics that matter have none? Three suggestions as templates',
    async answer(conversation, truth, memory) {
      const review = recall(memory, 8);
      const old = truth.firingIn('prod').filter(({ sinceEpochMs }) => sinceEpochMs < truth.anchorEpochMs - 3 * DAY_MS);
      for (const { name } of old) expect(review.text).toMatch(new RegExp(`in ALARM for days: .*${name}`));
      expect(review.text).toContain('FunctionName=shop-crat does not exist');
      const calls = readyCalls.parse(review.structured).next_calls;
      expect(calls).toHaveLength(3);
      const answers = [];
      for (const { tool, arguments: text } of calls) {
        const args = adviceArguments.parse(JSON.parse(text));
        const { namespace, metric_name: metricName, dimensions } = args;
        expect([text, truth.isWatched({ namespace, metricName, dimensions })]).toEqual([text, false]);
        const said = await conversation.ask(tool, args);
        expect(said.text).toContain(`MetricName: "${metricName}"`);
        expect(said.text).toContain(`Value: "${dimensions[0]?.value}"`);
        expect(said.text).toMatch(/Type: AWS::CloudWatch::Alarm\n[\s\S]*Threshold: [\d.]+\n/);
        answers.push(said);
      }
      return answers;
    },
  },
  {
    number: 10,
    title: 'What did log queries cost today; what would a search of all groups over seven days cost?',
    async answer(conversation, truth, memory) {
      const midnight = Math.floor(truth.anchorEpochMs / DAY_MS) * DAY_MS;
      const today = await conversation.ask('list_targets', {});
      const [, count = '0'] = /`prod` ([\d,]+), [\d.]+ .?B scanned, about \$[\d.]+/.exec(today.text) ?? [];
      // Those of before, and those of this conversation: at least one for each of its questions on logs.
      expect(Number(count.replaceAll(',', ''))).toBeGreaterThanOrEqual(truth.queriesSince(midnight) + 4);
      const names = groupNames.parse(recall(memory, 6).structured).log_groups.map(({ name }) => name);
      const estimate = await conversation.ask('execute_cwl_insights_batch', {
        log_group_names: names,
        query_string: 'filter @message like /timed out/',
        start_time: '-7d',
        dry_run: true,
      });
      const bytes = names
        .map((value) =>
          truth.series(
            { namespace: 'AWS/Logs', metricName: 'IncomingBytes', dimensions: [{ name: 'LogGroupName', value }] },
            lastOf(truth, 7 * DAY_MS),
            3_600,
            'Sum',
          ),
        )
        .reduce((sum, { values }) => sum + values.reduce((total, value) => total + value, 0), 0);
      const [, amount = '', unit = ''] = /about ([\d.]+) ([kMG]B) in \d+ log groups, \$/.exec(estimate.text) ?? [];
      const told = Number(amount) * ({ kB: 1e3, MB: 1e6, GB: 1e9 }[unit] ?? Number.NaN);
      expect(Math.abs(told / bytes - 1)).toBeLessThan(0.03);
      return [today, estimate];
    },
  },
  {
    number: 12,
    title: 'What do the dashboards say about the queue?',
    async answer(conversation, truth) {
      const list = await conversation.ask('list_dashboards', {});
      const names = dashboards.parse(list.structured).dashboards.map(({ name }) => name);
      const shown = [];
      const speaking: string[] = [];
      for (const name of names) {
        const said = await conversation.ask('get_dashboard', { name, find: 'queue', render: true });
        if (widgets.parse(said.structured).widgets.length > 0) speaking.push(name);
        shown.push(said);
      }
      expect(speaking.sort()).toEqual(truth.dashboardsWith(/queue/i).toSorted());
      const age = shown
        .flatMap(({ structured }) => widgets.parse(structured).widgets)
        .flatMap(({ values = [] }) => values)
        .find(({ label }) => label.includes('ApproximateAgeOfOldestMessage'));
      const at = Date.parse(age?.time ?? '');
      const metric = {
        namespace: 'AWS/SQS',
        metricName: 'ApproximateAgeOfOldestMessage',
        dimensions: [{ name: 'QueueName', value: SHOP.queue }],
      };
      const maxima = [300, 360, 600, 900].map((seconds) =>
        Math.max(...truth.series(metric, { startEpochMs: at, endEpochMs: at + seconds * 1_000 }, 60, 'Maximum').values),
      );
      expect(maxima).toContain(age?.value);
      return [list, ...shown];
    },
  },
  {
    number: 13,
    title: 'Compare production with the other account',
    async answer(conversation, truth, memory) {
      const alarms = await conversation.ask('describe_alarms', { accounts: ['data'], regions: ['all'] });
      const known = truth.alarmsOf('data');
      expect(
        named
          .parse(alarms.structured)
          .alarms.map(({ name }) => name)
          .sort(),
      ).toEqual(known.map(({ name }) => name).sort());
      expect(alarms.text).toContain(`: ${known.filter(({ state }) => state === 'OK').length} OK`);
      expect(recall(memory, 1).text).toContain(`prod/us-east-1 (${truth.firingIn('prod').length}); none in the other`);
      const errors = await conversation.ask('get_metric_data', {
        namespace: LAMBDA,
        metric_name: 'Errors',
        group_by_dimension: 'FunctionName',
        statistic: 'Sum',
        include_datapoints: 'never',
        account: 'data',
        region: 'eu-west-1',
      });
      const place = { account: ACCOUNTS.data.id, region: 'eu-west-1' };
      for (const { label, sum = 0 } of sums.parse(errors.structured).series) {
        const start = Date.parse(String(errors.structured.start_time));
        const { values } = truth.series(
          ofFunction('Errors', label),
          { startEpochMs: start, endEpochMs: truth.anchorEpochMs },
          60,
          'Sum',
          place,
        );
        const total = values.reduce((all, value) => all + value, 0);
        // Time goes on between the start of the shop and the question.
        expect(sum).toBeGreaterThanOrEqual(total);
        expect(sum).toBeLessThanOrEqual(total + 5);
      }
      return [alarms, errors];
    },
  },
  {
    number: 14,
    title: 'The first question as a user with one account, and as one with none',
    async answer(conversation, truth) {
      const everywhere = { accounts: ['all'], regions: ['all'] };
      const one = await conversation.ask('get_active_alarms', everywhere, { as: 'dev' });
      expect(
        named
          .parse(one.structured)
          .alarms.map(({ name }) => name)
          .sort(),
      ).toEqual(
        truth
          .firingIn('dev')
          .map(({ name }) => name)
          .sort(),
      );
      expect(one.text).toContain('AWS does not let you use accounts prod, data');
      expect(one.text).not.toContain('ask another account');
      const none = await conversation.ask('get_active_alarms', everywhere, { as: 'guest', isRefused: true });
      expect(none.text).toMatch(
        /^Error: AWS lets you use none of the accounts prod, dev, data → ask the administrator/,
      );
      return [one, none];
    },
  },
  {
    number: 15,
    title: 'The function with the highest error rate over a day, and the one with the highest p99',
    async answer(conversation, truth) {
      const query = (id: string, name: string) => ({
        id,
        metric_stat: { namespace: LAMBDA, metric_name: name, statistic: 'Sum' },
        return_data: false,
      });
      const ask = (args: object) =>
        conversation.ask('get_metric_data', {
          ...args,
          group_by_dimension: 'FunctionName',
          start_time: '-1d',
          limit: 1,
          include_datapoints: 'never',
        });
      const rates = await ask({
        queries: [
          query('errors', 'Errors'),
          query('calls', 'Invocations'),
          { id: 'rate', expression: 'errors * 0 + 100 * SUM(errors) / SUM(calls)' },
        ],
      });
      const start = Date.parse(String(rates.structured.start_time));
      const functions = truth
        .metrics()
        .filter(({ namespace, metricName, dimensions }) => {
          return namespace === LAMBDA && metricName === 'Errors' && dimensions[0]?.name === 'FunctionName';
        })
        .flatMap(({ dimensions }) => dimensions[0]?.value ?? []);
      const total = (metricName: string, name: string): number =>
        truth
          .series(ofFunction(metricName, name), { startEpochMs: start, endEpochMs: truth.anchorEpochMs }, 3_600, 'Sum')
          .values.reduce((sum, value) => sum + value, 0);
      const [worst] = functions
        .map((name) => ({ name, rate: (100 * total('Errors', name)) / Math.max(1, total('Invocations', name)) }))
        .sort((a, b) => b.rate - a.rate);
      const [, first = '', rate = ''] = /^Highest mean by `FunctionName`: `([^`]+)` ([\d.]+)/.exec(rates.text) ?? [];
      expect(first).toBe(worst?.name);
      // The mean of the shares of periods, whose traffic differs: near the share of the whole.
      expect(Math.abs(Math.log(Number(rate) / (worst?.rate ?? 0)))).toBeLessThan(0.2);

      const slowest = await ask({ namespace: LAMBDA, metric_name: 'Duration', statistic: 'p99' });
      const { values } = truth.series(
        ofFunction('Duration', SHOP.checkoutFunction),
        lastOf(truth, HOUR_MS),
        1_800,
        'p99',
      );
      const most = Math.max(...values).toLocaleString('en-US');
      expect(slowest.text).toContain(`Highest maximum by \`FunctionName\`: \`${SHOP.checkoutFunction}\` ${most} ms`);
      return [rates, slowest];
    },
  },
];
