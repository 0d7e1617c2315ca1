/** SDK error → our taxonomy, by the names of `error-names.ts`. Foreign text stays in the log. */
import { cleanAwsText } from '../domain/text/clean-text.ts';
import { AppError, abortReason, type ErrorCode, isAppError } from '../errors.ts';
import { describeOwnFault, type OwnCredentials } from './credentials/describe-own.ts';
import { codeOfErrorName } from './error-names.ts';
import type { Target } from './ports/targets.ts';
import { describeProxyFault } from './proxy-fault.ts';

interface CallFacts {
  readonly action: string;
  readonly signal: AbortSignal;
  readonly target: Target;
  readonly isCallersQuery?: boolean;
  readonly subject?: string;
  readonly feature?: string;
  /** Set where the call was made with the credentials of the process itself. */
  readonly own?: OwnCredentials | undefined;
  /** Whether a forward proxy may stand between. */
  readonly hasProxy?: boolean | undefined;
}

/** What the SDK calls an error whose answer gives no name. */
const NAMELESS = 'Unknown';

interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** Only errors that a service sent have it; what the SDK could not read has a status alone. */
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly queryCompileError?: {
    readonly message?: string;
    readonly location?: { readonly startCharOffset?: number; readonly endCharOffset?: number };
  };
}

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
  const known = codeOfErrorName(error.name);
  if (known !== undefined) return known;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return 'throttled';
  if (status === 501) return 'not_offered';
  if (status >= 500 || status === 0) return 'upstream_unavailable';
  // AWS names its errors; what has no name is no answer of AWS, but of something on the way.
  if (error.$fault === undefined || error.name === NAMELESS) return 'unreadable_answer';
  return status === 401 || status === 403 ? 'access_denied' : 'upstream_refused';
}

function describe(code: ErrorCode, error: SdkError, facts: CallFacts): string {
  const { action, target } = facts;
  const where = `in account ${target.account}, region ${target.region}`;
  const service = serviceOf(action);
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
      return `${service} throttles ${action} ${where} → wait some seconds and call again, with a narrower question if possible.`;
    case 'limit_exceeded':
      return `A quota of ${service} is used up for ${action} ${where} → wait until running queries end, then call again.`;
    case 'not_found':
      return `The ${facts.subject ?? 'resource'} does not exist ${where} → check its name, region and account.`;
    case 'query_failed':
      return `CloudWatch refuses the query${positionOf(error)}: ${cleanAwsText(error.queryCompileError?.message ?? error.message)} → correct it and call again.`;
    case 'invalid_input':
      return facts.isCallersQuery === true
        ? `CloudWatch refuses the query: ${cleanAwsText(error.message)} → correct it and call again.`
        : `${service} refuses an argument of ${action} → check names, times and limits of the call.`;
    case 'not_offered':
      return `${facts.feature ?? action} is not offered ${where}: AWS has it not in this region, or what answers in AWS's place does not know it → ask another region (list_targets shows them), or do without it.`;
    case 'unreadable_answer':
      return `The answer to ${action} ${where} could not be read${describeStatus(error)}: it was cut, lacks what ${service} always sends, or something on the way answered instead → try again in a moment; if it stays, tell the administrator to check endpoint and proxy of this server.`;
    case 'upstream_refused':
      return `AWS refuses ${action} ${where}${describeName(error)} → tell the administrator; the log of this server holds AWS's own words.`;
    default:
      return describeProxyFault(error) ?? describeSilence(action, where, facts);
  }
}

/** STS is asked for the sake of CloudWatch; whoever reads the answer knows only that. */
function serviceOf(action: string): string {
  return action.startsWith('cloudtrail:') ? 'CloudTrail' : 'CloudWatch';
}

function describeStatus({ $metadata }: SdkError): string {
  const status = $metadata?.httpStatusCode;
  return status === undefined || status === 200 ? '' : ` (HTTP ${status})`;
}

/** Only what looks like the name of an error. */
function describeName({ name }: SdkError): string {
  return /^[A-Z][A-Za-z]{2,59}$/.test(name) ? ` with ${name}` : '';
}

function describeSilence(action: string, where: string, { hasProxy }: CallFacts): string {
  const service = serviceOf(action);
  const who = hasProxy === true ? `${service}, or the forward proxy on the way to it,` : service;
  return `${who} cannot be reached or fails at ${action} ${where} → try again in a moment.`;
}

function positionOf(error: SdkError): string {
  const location = error.queryCompileError?.location;
  return location?.startCharOffset === undefined
    ? ''
    : ` at character ${location.startCharOffset}${location.endCharOffset === undefined ? '' : `–${location.endCharOffset}`}`;
}
