/** What AWS says of a metric beside its numbers, in words of ours. Pure. */
import type { CatalogueMetric } from '../../../domain/metrics/catalogue/encoding.ts';

/** User Guide, "Recommended alarms": the page that the catalogue's remarks are taken from. */
const SOURCE =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html';

export function describeGuidance(known: CatalogueMetric | undefined): string | undefined {
  return known?.guidance === undefined ? undefined : `AWS says, in our words: ${known.guidance} (${SOURCE})`;
}
