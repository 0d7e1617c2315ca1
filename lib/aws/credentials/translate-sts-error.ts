/** What STS answers when it gives no session → our taxonomy. Its own text names roles and accounts: it stays in the log. */

import type { CredentialMode } from '../../config/credential-mode.ts';
import { AppError, type ErrorCode, isAppError } from '../../errors.ts';
import { bareErrorName } from '../error-names.ts';
import { describeProxyFault } from '../proxy-fault.ts';

interface StsFacts {
  readonly mode: Exclude<CredentialMode, 'ambient'>;
  /** Alias of the account whose role was asked for. */
  readonly account: string;
}

interface StsError {
  readonly name: string;
  /** Only errors that STS sent have it. */
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** By error name without an `Exception` or `Error` ending (AWS STS API Reference, errors of AssumeRole and AssumeRoleWithWebIdentity). */
const CODES: Readonly<Record<string, ErrorCode>> = {
  ExpiredToken: 'auth_token_expired',
  AccessDenied: 'role_denied',
  IDPRejectedClaim: 'role_denied',
  InvalidIdentityToken: 'role_rejected',
  PackedPolicyTooLarge: 'aws_config',
  MalformedPolicyDocument: 'aws_config',
  RegionDisabled: 'aws_config',
  Validation: 'aws_config',
  CredentialsProvider: 'aws_config',
  JWTPayloadSizeExceeded: 'aws_config',
  OutboundWebIdentityFederationDisabled: 'aws_config',
  SessionDurationEscalation: 'aws_config',
  // Of operations that this program does not call.
  InvalidAuthorizationMessage: 'aws_config',
  ExpiredTradeInToken: 'aws_config',
  Throttling: 'throttled',
  Throttled: 'throttled',
  TooManyRequests: 'throttled',
  RequestLimitExceeded: 'throttled',
  IDPCommunication: 'upstream_unavailable',
  InternalFailure: 'upstream_unavailable',
  ServiceUnavailable: 'upstream_unavailable',
  UnreadableAnswer: 'unreadable_answer',
};

/** Here the process signs by itself, so these are about its own credentials, not about the user's token. */
const OWN_CREDENTIAL_CODES: Readonly<Record<string, ErrorCode>> = {
  ExpiredToken: 'aws_config',
  InvalidClientTokenId: 'aws_config',
  UnrecognizedClient: 'aws_config',
  SignatureDoesNotMatch: 'aws_config',
  MissingAuthenticationToken: 'aws_config',
  IncompleteSignature: 'aws_config',
};

export function translateStsError(error: unknown, facts: StsFacts): AppError {
  if (isAppError(error)) return error;
  const stsError: StsError = error instanceof Error ? error : { name: 'Unknown' };
  const code = codeOf(stsError, facts.mode);
  const proxyFault = code === 'upstream_unavailable' ? describeProxyFault(error) : undefined;
  return new AppError(code, proxyFault ?? describe(code, facts), {
    cause: error,
    details: {
      action: facts.mode === 'web-identity' ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole',
      account: facts.account,
      awsError: stsError.name,
      awsStatus: stsError.$metadata?.httpStatusCode,
      awsRequestId: stsError.$metadata?.requestId,
    },
  });
}

const REFUSALS: ReadonlySet<ErrorCode> = new Set(['auth_token_expired', 'role_denied', 'role_rejected', 'aws_config']);

/** Whether STS itself said no; a failure on the way to it, or of it, is none. */
export function isRefusal(error: unknown): boolean {
  return isAppError(error) && REFUSALS.has(error.code) && error.details.awsStatus !== undefined;
}

function codeOf({ name, $fault, $metadata }: StsError, mode: StsFacts['mode']): ErrorCode {
  const bare = bareErrorName(name);
  const codes = mode === 'assume-role' ? { ...CODES, ...OWN_CREDENTIAL_CODES } : CODES;
  const known = Object.hasOwn(codes, bare) ? codes[bare] : undefined;
  if (known !== undefined) return known;
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 429) return 'throttled';
  if (status > 0 && status < 500 && $fault === undefined) return 'unreadable_answer';
  if (status === 401 || status === 403) return 'role_denied';
  // What STS does not understand comes out of the configuration: callers choose nothing of the request.
  if (status >= 400 && status < 500) return 'aws_config';
  return 'upstream_unavailable';
}

function describe(code: ErrorCode, { account }: StsFacts): string {
  switch (code) {
    case 'auth_token_expired':
      return 'Your sign-in has expired, so AWS gives no credentials for it → sign in again and repeat the call.';
    case 'role_denied':
      // No other account is named: it may refuse too.
      return `AWS does not let you use account ${account} → ask the administrator for access to it; list_targets shows which accounts let you in.`;
    case 'role_rejected':
      return `AWS does not accept tokens of your identity provider for account ${account} → tell the administrator to compare issuer and client id with the IAM identity provider of that account.`;
    case 'throttled':
      return `AWS STS throttles the sign-in to account ${account} → wait some seconds and call again.`;
    case 'aws_config':
      return `AWS refuses the way in which this server asks for account ${account} → tell the administrator to check role, session duration, session policy, external id, STS region and the credentials of the server.`;
    case 'unreadable_answer':
      return `The answer of AWS STS for account ${account} could not be read → try again in a moment; if it stays, tell the administrator to check endpoint and proxy of this server.`;
    default:
      return `AWS STS or the identity provider cannot be reached for account ${account} → try again in a moment.`;
  }
}
