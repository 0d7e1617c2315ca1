/** SDK error → our taxonomy: one of the few places that know AWS's error names. Foreign text stays in the log. */
import { cleanAwsText } from '../domain/text/clean-text.ts';
import { AppError, abortReason, type ErrorCode, isAppError } from '../errors.ts';
import { describeOwnFault, type OwnCredentials } from './credentials/describe-own.ts';
import type { Target } from './ports/targets.ts';

interface CallFacts {
  readonly action: string;
  readonly signal: AbortSignal;
  readonly target: Target;
  readonly isCallersQuery?: boolean;
  readonly subject?: string;
  /** Set where the call was made with the credentials of the process itself. */
  readonly own?: OwnCredentials | undefined;
}

interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly queryCompileError?: {
    readonly message?: string;
    readonly location?: { readonly startCharOffset?: number; readonly endCharOffset?: number };
  };
}

/** Error names by what they mean to us, without an `Exception` or `Error` ending. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  AccessDenied: 'access_denied',
  UnauthorizedOperation: 'access_denied',
  NotAuthorized: 'access_denied',
  OptInRequired: 'access_denied',
  ExpiredToken: 'auth_token_expired',
  RequestExpired: 'aws_config',
  UnrecognizedClient: 'aws_config',
  InvalidClientTokenId: 'aws_config',
  InvalidSignature: 'aws_config',
  SignatureDoesNotMatch: 'aws_config',
  MissingAuthenticationToken: 'aws_config',
  IncompleteSignature: 'aws_config',
  CredentialsProvider: 'aws_config',
  TokenProvider: 'aws_config',
  Throttling: 'throttled',
  Throttled: 'throttled',
  TooManyRequests: 'throttled',
  RequestLimitExceeded: 'throttled',
  LimitExceeded: 'limit_exceeded',
  ResourceNotFound: 'not_found',
  DashboardNotFound: 'not_found',
  MalformedQuery: 'query_failed',
  Validation: 'invalid_input',
  InvalidParameter: 'invalid_input',
  InvalidParameterValue: 'invalid_input',
  InvalidParameterCombination: 'invalid_input',
  MissingRequiredParameter: 'invalid_input',
  InvalidFormat: 'invalid_input',
  InvalidNextToken: 'invalid_input',
  InvalidOperation: 'invalid_input',
  ServiceUnavailable: 'upstream_unavailable',
  InternalService: 'upstream_unavailable',
  InternalFailure: 'upstream_unavailable',
  Timeout: 'upstream_unavailable',
};

export function translateAwsError(error: unknown, facts: CallFacts): AppError {
  if (isAppError(error)) return error;
  if (facts.signal.aborted) return abortReason(facts.signal);
  const sdkError = asSdkError(error);
  const code = codeOf(sdkError);
  return new AppError(code, describe(code, sdkError, facts), {
    cause: error,
    details: {
      action: facts.action,
      region: facts.target.region,
      awsError: sdkError.name,
      awsRequestId: sdkError.$metadata?.requestId,
    },
  });
}

/** The id under which AWS knows a request, out of an answer or an error of the SDK. */
export function requestIdOf(outcome: unknown): string | undefined {
  const { requestId } = metadataOf(outcome);
  return typeof requestId === 'string' ? requestId : undefined;
}

/** How often the SDK has asked for one answer; 1 where it does not say. */
export function attemptsOf(outcome: unknown): number {
  const { attempts } = metadataOf(outcome);
  return typeof attempts === 'number' && attempts >= 1 ? attempts : 1;
}

function metadataOf(outcome: unknown): Readonly<Record<string, unknown>> {
  if (typeof outcome !== 'object' || outcome === null || !('$metadata' in outcome)) return {};
  const metadata = outcome.$metadata;
  return typeof metadata === 'object' && metadata !== null ? (metadata as Record<string, unknown>) : {};
}

function asSdkError(error: unknown): SdkError {
  return error instanceof Error ? error : { name: 'Unknown', message: String(error) };
}

function codeOf(error: SdkError): ErrorCode {
  const known = CODES[error.name.replace(/(Exception|Error|Fault)$/, '')];
  if (known !== undefined) return known;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'access_denied';
  if (status >= 500 || status === 0) return 'upstream_unavailable';
  return 'invalid_input';
}

function describe(code: ErrorCode, error: SdkError, facts: CallFacts): string {
  const { action, target } = facts;
  const where = `in account ${target.account}, region ${target.region}`;
  switch (code) {
    case 'access_denied':
      return `AWS denies ${action} ${where} → ask the administrator to allow ${action} for this role, or ask another account or region (list_targets shows them).`;
    case 'auth_token_expired':
      return facts.own?.isReaders === true
        ? (describeOwnFault(error, facts.own) ?? '')
        : 'The AWS credentials of this call have expired → sign in again and repeat the call.';
    case 'aws_config': {
      const own = error.name.startsWith('RequestExpired') ? undefined : describeOwnFault(error, facts.own);
      return (
        own ??
        `AWS does not accept the credentials of this server ${where} → tell the administrator to check the credentials and the clock of the server.`
      );
    }
    case 'throttled':
      return `CloudWatch throttles ${action} ${where} → wait some seconds and call again, with a narrower question if possible.`;
    case 'limit_exceeded':
      return `A quota of CloudWatch is used up for ${action} ${where} → wait until running queries end, then call again.`;
    case 'not_found':
      return `The ${facts.subject ?? 'resource'} does not exist ${where} → check its name, region and account.`;
    case 'query_failed':
      return `CloudWatch refuses the query${positionOf(error)}: ${cleanAwsText(error.queryCompileError?.message ?? error.message)} → correct it and call again.`;
    case 'invalid_input':
      return facts.isCallersQuery === true
        ? `CloudWatch refuses the query: ${cleanAwsText(error.message)} → correct it and call again.`
        : `CloudWatch refuses an argument of ${action} → check names, times and limits of the call.`;
    default:
      return `CloudWatch cannot be reached or fails at ${action} ${where} → try again in a moment.`;
  }
}

function positionOf(error: SdkError): string {
  const location = error.queryCompileError?.location;
  return location?.startCharOffset === undefined
    ? ''
    : ` at character ${location.startCharOffset}${location.endCharOffset === undefined ? '' : `–${location.endCharOffset}`}`;
}
