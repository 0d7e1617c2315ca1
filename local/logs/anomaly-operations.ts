import type {
  ListAnomaliesRequest,
  ListAnomaliesResponse,
  ListLogAnomalyDetectorsRequest,
  ListLogAnomalyDetectorsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AnomalyData } from '../data/logs/anomalies.ts';
import type { OperationContext } from '../types.ts';
import { cutPage } from './page.ts';
import { checkCount, notFound } from './refusals.ts';

/** Items in one answer (API Reference, ListAnomalies and ListLogAnomalyDetectors: limit). */
const MAX_ITEMS = 50;

/** Detectors, of one log group if its ARN is given. */
export function listLogAnomalyDetectors(
  data: AnomalyData,
  input: ListLogAnomalyDetectorsRequest,
  context: OperationContext,
): ListLogAnomalyDetectorsResponse {
  const size = checkCount(input.limit, 'limit', MAX_ITEMS, MAX_ITEMS);
  const { filterLogGroupArn: arn } = input;
  const detectors = data.detectors.filter(
    ({ logGroupArnList }) => arn === undefined || logGroupArnList?.includes(arn.replace(/:\*$/, '')),
  );
  const request = JSON.stringify([context.account, context.region, arn]);
  const { items, nextToken } = cutPage(detectors, size, input.nextToken, request);
  return { anomalyDetectors: [...items], ...(nextToken !== undefined && { nextToken }) };
}

/**
 * What the detectors found.
 * @throws ResourceNotFoundException for an unknown detector
 */
export function listAnomalies(
  data: AnomalyData,
  input: ListAnomaliesRequest,
  context: OperationContext,
): ListAnomaliesResponse {
  const size = checkCount(input.limit, 'limit', MAX_ITEMS, MAX_ITEMS);
  const { anomalyDetectorArn: arn, suppressionState } = input;
  const { detectors, anomalies } = data;
  if (arn !== undefined && !detectors.some(({ anomalyDetectorArn }) => anomalyDetectorArn === arn)) {
    throw notFound(`The specified anomaly detector does not exist. (${arn})`);
  }
  const found = anomalies.filter(
    ({ anomalyDetectorArn, suppressed }) =>
      (arn === undefined || anomalyDetectorArn === arn) &&
      (suppressionState === undefined || (suppressionState === 'SUPPRESSED') === suppressed),
  );
  const request = JSON.stringify([context.account, context.region, arn, suppressionState]);
  const { items, nextToken } = cutPage(found, size, input.nextToken, request);
  return { anomalies: [...items], ...(nextToken !== undefined && { nextToken }) };
}
