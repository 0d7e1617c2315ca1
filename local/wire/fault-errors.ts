import type { Fault } from '../faults.ts';
import { type AwsServiceError, awsError } from '../types.ts';
import { unknownOperationError } from './common-errors.ts';
import type { ServiceName } from './schemas.ts';

/** The refusal that a fault stands for; undefined = the fault does not refuse. */
export function toFaultError(
  fault: Fault,
  service: ServiceName,
  operation: string,
  principalArn: string,
): AwsServiceError | undefined {
  switch (fault.kind) {
    case 'throttle':
      return awsError('ThrottlingException', 'Rate exceeded');
    case 'serverError':
      return awsError(
        fault.status === 503 ? 'ServiceUnavailableException' : 'InternalFailure',
        'The request processing has failed because of an unknown error, exception or failure.',
      );
    case 'expiredToken':
      return awsError('ExpiredTokenException', 'The security token included in the request is expired');
    case 'refusal':
      return awsError(fault.errorName, `Refused on purpose: arn:aws:iam::999988887777:role/Secret of ${principalArn}`);
    case 'accessDenied':
      return awsError(
        'AccessDeniedException',
        `User: ${principalArn} is not authorized to perform: ${service}:${operation} because no identity-based policy allows the ${service}:${operation} action`,
      );
    case 'unknownOperation':
      return unknownOperationError(service, operation);
    case 'latency':
    case 'connectionReset':
    case 'slowBody':
    case 'malformedBody':
    case 'emptyBody':
    case 'htmlBody':
    case 'hugeAnswer':
    case 'endlessPages':
    case 'sameToken':
    case 'missingList':
    case 'ignoredOrder':
    case 'alterOutput':
      return undefined;
  }
}
