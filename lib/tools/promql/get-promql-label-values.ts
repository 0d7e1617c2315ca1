import { z } from 'zod';
import { inlineName } from '../../domain/text/clean-text.ts';
import { defineTool, READ_ONLY } from '../../tool/define-tool.ts';
import { maxItems, where } from '../../tool/params.ts';
import { answerNames, DEFAULT_NAMES, MAX_NAMES } from './shared/answer-names.ts';
import { matchParam, rangeParams, readRange } from './shared/arguments.ts';
import { explainEmpty } from './shared/empty.ts';

const MAX_LABEL_CHARS = 300;

export const getPromqlLabelValues = defineTool({
  name: 'get_promql_label_values',
  title: 'Values of a PromQL label',
  description:
    'The values of one label; label_name=__name__ lists the metrics that PromQL can query. get_promql_labels finds labels.',
  toolset: 'promql',
  annotations: READ_ONLY,
  inputSchema: z.object({
    label_name: z.string().min(1).max(MAX_LABEL_CHARS).describe('e.g. __name__ or @resource.service.name'),
    match: matchParam.default([]),
    ...rangeParams,
    max_items: maxItems(DEFAULT_NAMES, MAX_NAMES),
    ...where,
  }),
  outputSchema: z.object({ values: z.array(z.string()) }),
  async handler(input, context) {
    const target = context.targets.one(input);
    const scope = {
      match: input.match,
      ...readRange(input, context.nowEpochMs),
      limit: Math.min(MAX_NAMES, input.max_items + 1),
    };

    const answer = await context.aws(target).promql.listLabelValues(input.label_name, scope, context.signal);

    return answerNames(
      {
        answer,
        noun: 'value',
        of: ` of ${inlineName(input.label_name)}`,
        maxItems: input.max_items,
        target,
        hints:
          answer.value.length > 0
            ? []
            : [
                'get_promql_labels lists the labels that exist; start=-7d looks further back.',
                ...(await explainEmpty(context, target)),
              ],
      },
      (values) => ({ values }),
    );
  },
});
