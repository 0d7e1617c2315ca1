/** `npm run demo` as a person runs it, to its end: the story of an incident, of a quiet alarm and of one that recurs. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { tryCommand } from '../support/command.ts';
import type { Step } from '../support/step.ts';

const TOOLS = [
  'list_targets',
  'get_active_alarms',
  'investigate_alarm',
  'get_metric_data',
  'execute_log_insights_query',
  'what_changed',
  'get_metric_metadata',
  'analyze_metric',
  'get_metric_chart',
  'execute_promql_range_query',
  'list_dashboards',
  'get_dashboard',
  'review_alarms',
  'get_recommended_metric_alarms',
  'investigate_alarm',
  'investigate_alarm',
];
const SAID = [
  /alarms are firing/,
  /^ {3}1\. shop-checkout /m,
  /config_change UpdateFunctionCode/,
  /error\.message \| is_timeout \| events \| first_seen/,
  /: unusually high\./,
  /Nothing unusual: it went as far \d+ other times/,
  /This recurs: it is like this every 1d at /,
];

export const step: Step = {
  title: 'the demo',
  needs: [],
  async run({ check, root }) {
    const { code, stdout, stderr } = await tryCommand(process.execPath, [join(root, 'scripts/demo/demo.ts')]);
    await check('ends with 0, without a refused call', () => {
      assert.equal(code, 0, stderr + stdout);
      assert.doesNotMatch(stdout, /^ {3}Error: /m);
    });
    await check('asks one tool after the other', () => {
      const asked = [...stdout.matchAll(/^\d+\. .+\n {3}([a-z_]+) \{/gm)].map(([, tool]) => tool);
      assert.deepEqual(asked, TOOLS);
    });
    await check('tells the incident, the quiet alarm and the recurring one', () => {
      for (const words of SAID) assert.match(stdout, words);
    });
    await check('has no colours in a pipe', () => assert(!stdout.includes('\u001b')));
  },
};
