import { z } from 'zod';
import { resolveRange } from '../../../domain/time.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import { analyzeViews } from '../shared/analyze-fetched.ts';
import { planData } from '../shared/arguments-groups.ts';
import { metricArguments } from '../shared/arguments-metrics.ts';
import { gatherMetrics } from '../shared/gather-metrics.ts';
import { answerMetrics } from './answer.ts';
import { metricOutput } from './output.ts';

const MAX_TARGET_DATAPOINTS = 1_440;
const DEFAULT_TARGET_DATAPOINTS = 60;

export const getMetricData = defineTool({
  name: 'get_metric_data',
  title: 'Get metric data',
  description:
    'CloudWatch metrics over time: per series min, max, percentiles, trend, sparkline, datapoints. Modes: one metric (namespace, metric_name, exact dimensions); one series per dimension value (group_by_dimension; highest p99, error rate); metric math, SEARCH or many metrics (queries). Without data it says why and names what exists.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({
    ...metricArguments,
    ...timeRange('-3h'),
    target_datapoints: z
      .int()
      .min(1)
      .max(MAX_TARGET_DATAPOINTS)
      .default(DEFAULT_TARGET_DATAPOINTS)
      .describe(`Default ${DEFAULT_TARGET_DATAPOINTS}`),
    include_datapoints: z.enum(['auto', 'always', 'never']).default('auto').describe('Default auto'),
    ...where,
  }),
  outputSchema: metricOutput,
  async handler(input, context) {
    const plan = planData(input);
    const target = context.targets.one(input);
    const range = resolveRange(input.start_time, input.end_time, context.nowEpochMs);
    const question = { plan, target, range, targetDatapoints: input.target_datapoints };
    const gathered = await gatherMetrics(question, context);
    return await answerMetrics({
      ...gathered,
      analyses: await analyzeViews(gathered.views),
      includeDatapoints: input.include_datapoints,
      maxChars: context.config.maxResultChars,
      target,
    });
  },
});
