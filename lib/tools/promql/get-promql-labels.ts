import { z } from 'zod';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { maxItems, where } from '../../tool/params.ts';
import { answerNames, DEFAULT_NAMES, MAX_NAMES } from './shared/answer-names.ts';
import { matchParam, rangeParams, readRange } from './shared/arguments.ts';
import { explainEmpty } from './shared/empty.ts';

export const getPromqlLabels = defineTool({
  name: 'get_promql_labels',
  title: 'PromQL labels',
  description: 'The label names that PromQL knows, with their scope, of all metrics or of those that match.',
  toolset: 'promql',
  annotations: READ_ONLY,
  inputSchema: z.object({
    match: matchParam.default([]),
    ...rangeParams,
    max_items: maxItems(DEFAULT_NAMES, MAX_NAMES),
    ...where,
  }),
  outputSchema: z.object({ labels: z.array(z.string()) }),
  async handler(input, context) {
    const target = context.targets.one(input);
    const scope = {
      match: input.match,
      ...readRange(input, context.nowEpochMs),
      limit: Math.min(MAX_NAMES, input.max_items + 1),
    };

    const answer = await context.aws(target).promql.listLabelNames(scope, context.signal);

    return answerNames(
      {
        answer,
        noun: 'label',
        of: '',
        maxItems: input.max_items,
        target,
        hints:
          answer.value.length > 0
            ? ['get_promql_label_values gives the values of one; names with dots or @ are quoted in a query.']
            : await explainEmpty(context, target),
      },
      (labels) => ({ labels }),
    );
  },
});
