import { type AwsServiceError, awsError } from '../types.ts';
import type { ServiceName } from './schemas.ts';
import type { SignatureVerdict } from './signature.ts';

/** An error that every AWS service answers and no model declares (API references, "Common Errors"). */
export interface CommonError {
  readonly queryCode: string;
  readonly jsonStatus: number;
  readonly queryStatus: number;
}

export const COMMON_ERRORS: Readonly<Record<string, CommonError>> = {
  AccessDeniedException: { queryCode: 'AccessDenied', jsonStatus: 400, queryStatus: 403 },
  ExpiredTokenException: { queryCode: 'ExpiredToken', jsonStatus: 400, queryStatus: 403 },
  IncompleteSignatureException: { queryCode: 'IncompleteSignature', jsonStatus: 400, queryStatus: 400 },
  InternalFailure: { queryCode: 'InternalFailure', jsonStatus: 500, queryStatus: 500 },
  InvalidSignatureException: { queryCode: 'SignatureDoesNotMatch', jsonStatus: 400, queryStatus: 403 },
  MissingAuthenticationTokenException: { queryCode: 'MissingAuthenticationToken', jsonStatus: 400, queryStatus: 403 },
  RequestEntityTooLargeException: { queryCode: 'RequestEntityTooLarge', jsonStatus: 413, queryStatus: 413 },
  SerializationException: { queryCode: 'MalformedInput', jsonStatus: 400, queryStatus: 400 },
  ServiceUnavailableException: { queryCode: 'ServiceUnavailable', jsonStatus: 503, queryStatus: 503 },
  ThrottlingException: { queryCode: 'Throttling', jsonStatus: 400, queryStatus: 400 },
  UnknownOperationException: { queryCode: 'InvalidAction', jsonStatus: 400, queryStatus: 400 },
  UnrecognizedClientException: { queryCode: 'InvalidClientTokenId', jsonStatus: 400, queryStatus: 403 },
};

const MISMATCH_MESSAGE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** The error for a signature that was refused; names are those of the JSON protocols, the wire turns them into query codes. */
export function signatureError(verdict: Extract<SignatureVerdict, { ok: false }>): AwsServiceError {
  switch (verdict.failure) {
    case 'missing':
      return awsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    case 'incomplete':
      return awsError(
        'IncompleteSignatureException',
        'Authorization header requires existence of Credential, SignedHeaders and Signature.',
      );
    case 'unknownKey':
    case 'badToken':
      return awsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    case 'expired':
      return awsError('ExpiredTokenException', 'The security token included in the request is expired');
    case 'mismatch':
      return awsError('InvalidSignatureException', verdict.detail ?? MISMATCH_MESSAGE);
  }
}

/** What a service answers to a name it does not have. */
export function unknownOperationError(service: ServiceName, operation: string): AwsServiceError {
  return awsError(
    'UnknownOperationException',
    service === 'sts' ? `Could not find operation ${operation} for version 2011-06-15` : '',
  );
}
