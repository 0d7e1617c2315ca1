/** What AWS calls its errors → our codes: every name of the SDK's models, and those that all services have. */
import type { ErrorCode } from '../errors.ts';

/** The SDK's models (`models/errors` of the clients, `awsQueryError` of their schemas) and "Common Errors" of the API references. */
const NAMES = {
  access_denied: ['AccessDenied', 'UnauthorizedOperation', 'NotAuthorized', 'OptInRequired', 'KmsAccessDenied'],
  auth_token_expired: ['ExpiredToken'],
  aws_config: [
    'RequestExpired',
    'RequestInTheFuture',
    'RequestTimeTooSkewed',
    'AuthFailure',
    'UnrecognizedClient',
    'InvalidClientTokenId',
    'InvalidSignature',
    'SignatureDoesNotMatch',
    'MissingAuthenticationToken',
    'IncompleteSignature',
    'CredentialsProvider',
    'TokenProvider',
  ],
  throttled: [
    'Throttling',
    'Throttled',
    'TooManyRequests',
    'RequestLimitExceeded',
    'RequestThrottled',
    'SlowDown',
    'BandwidthLimitExceeded',
    'ProvisionedThroughputExceeded',
  ],
  limit_exceeded: ['LimitExceeded', 'ServiceQuotaExceeded'],
  not_found: ['ResourceNotFound', 'DashboardNotFound'],
  query_failed: ['MalformedQuery'],
  invalid_input: [
    'Validation',
    'InvalidParameter',
    'InvalidParameterValue',
    'InvalidParameterCombination',
    'InvalidParameterInput',
    'DashboardInvalidInput',
    'MissingParameter',
    'MissingRequiredParameter',
    'InvalidFormat',
    'InvalidNextToken',
    'InvalidOperation',
    'InvalidQueryParameter',
    'MalformedQueryString',
    'RequestEntityTooLarge',
    // Of LookupEvents.
    'InvalidEventCategory',
    'InvalidLookupAttributes',
    'InvalidMaxResults',
    'InvalidTimeRange',
  ],
  not_offered: [
    'UnknownOperation',
    'InvalidAction',
    'NotImplemented',
    'UnsupportedOperation',
    'UnsupportedProtocol',
    // The service does not know what this version of its API says.
    'Serialization',
    'MalformedInput',
  ],
  upstream_unavailable: [
    'ServiceUnavailable',
    'InternalService',
    'InternalServer',
    'InternalStreaming',
    'InternalFailure',
    'Timeout',
    'RequestTimeout',
    'SessionTimeout',
    'SessionStreaming',
    // Somebody else writes at this moment.
    'ConcurrentModification',
    'Conflict',
    'ResourceConflict',
    'OperationAborted',
  ],
  upstream_refused: [
    'OperationNotPermitted',
    'KmsKeyDisabled',
    'KmsKeyNotFound',
    // Of operations that write.
    'DataAlreadyAccepted',
    'InvalidSequenceToken',
    'ResourceAlreadyExists',
    'TooManyTags',
  ],
  unreadable_answer: ['UnreadableAnswer'],
} as const satisfies Partial<Record<ErrorCode, readonly string[]>>;

const CODES: ReadonlyMap<string, ErrorCode> = new Map(
  (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((code) => NAMES[code].map((name) => [name, code] as const)),
);

/** The code of an error's name; undefined for a name that no service is known to use. */
export function codeOfErrorName(name: string): ErrorCode | undefined {
  return CODES.get(bareErrorName(name));
}

/** The services write one name with different endings: `ThrottlingException`, `Throttling`. */
export function bareErrorName(name: string): string {
  return name.replace(/(Exception|Error|Fault)+$/, '');
}
