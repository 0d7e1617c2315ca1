import { type AwsServiceError, awsError } from '../types.ts';

/** The refusal of a definition. How the service words it is not documented. */
export function invalidWidget(what: string): AwsServiceError {
  return awsError('ValidationError', `The parameter MetricWidget ${what}.`);
}
