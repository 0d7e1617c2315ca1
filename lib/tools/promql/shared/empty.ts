import type { Target } from '../../../aws/ports/targets.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';

const NAMES =
  'Names are exact, and a name with dots needs quotes: {"http.server.requests"}. get_promql_label_values with label_name=__name__ lists the metrics that exist.';
const INSTEAD = 'get_metric_data reads them without it';

/** Why PromQL may know nothing of it; asks whether metrics of AWS services can be here at all. */
export async function explainEmpty({ aws, signal }: ToolContext, target: Target): Promise<string[]> {
  const asked = await attempt(signal, aws(target).promql.isEnriched(signal));
  if ('error' in asked)
    return [
      NAMES,
      `Metrics of AWS services are here only where OTel enrichment is on for account and region, and then as histograms (histogram_avg); ${INSTEAD}.`,
    ];
  return [
    NAMES,
    asked.value
      ? `OTel enrichment is on for this account and region: metrics of AWS services that it covers are here, as histograms (histogram_avg); ${INSTEAD}.`
      : `OTel enrichment is off for this account and region, so no metric of an AWS service is here; ${INSTEAD}.`,
  ];
}
