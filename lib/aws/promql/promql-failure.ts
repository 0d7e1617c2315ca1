/** An answer of the PromQL endpoint that is none, in the shape of the SDK's errors, so that one step translates both. */

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export class PromqlFailure extends Error {
  /** As the SDK marks what a service sent. */
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId?: string };
  /** The same request may be answered a moment later. */
  readonly isRetryable: boolean;
  readonly isThrottle: boolean;

  constructor(name: string, message: string, answer: HttpAnswer, isRetryable: boolean) {
    super(message);
    this.name = name;
    this.$fault = answer.status < 500 ? 'client' : 'server';
    const requestId = answer.headers['x-amzn-requestid'];
    this.$metadata = { httpStatusCode: answer.status, ...(requestId !== undefined && { requestId }) };
    this.isThrottle = isRetryable && (answer.status === 429 || THROTTLES.has(name));
    this.isRetryable = isRetryable;
  }
}

const THROTTLES: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);
/** Kinds of Prometheus' errors that say something about the query (HTTP API, "Format overview"). */
const QUERY_ERRORS: ReadonlySet<string> = new Set(['bad_data', 'execution', 'timeout', 'canceled']);

/** A region without this API does not know its paths. */
const NOT_FOUND: ReadonlySet<number> = new Set([404, 405, 501]);

/** AWS's own refusals are `{__type, message}`, Prometheus' `{status: "error", errorType, error}`. */
export function toFailure(answer: HttpAnswer): PromqlFailure {
  const body = readObject(answer.text);
  const isServerFault = answer.status >= 500;
  const errorType = body.errorType;
  if (typeof errorType === 'string' && typeof body.error === 'string' && errorType !== 'too_many_requests') {
    if (QUERY_ERRORS.has(errorType)) return new PromqlFailure('MalformedQuery', body.error, answer, false);
    return new PromqlFailure(isServerFault ? 'InternalFailure' : 'MalformedQuery', body.error, answer, isServerFault);
  }
  const header = answer.headers['x-amzn-errortype'];
  if (NOT_FOUND.has(answer.status))
    return new PromqlFailure('UnknownOperation', `HTTP ${answer.status}`, answer, false);
  // biome-ignore lint/complexity/useLiteralKeys: an index signature
  const type = header ?? body['__type'] ?? body['code'];
  const name = typeof type === 'string' ? (type.split(':')[0]?.split('#').at(-1) ?? '') : 'Unknown';
  const message = body.message ?? body.Message ?? body.error;
  const isThrottle = answer.status === 429 || THROTTLES.has(name);
  return new PromqlFailure(
    isThrottle ? 'ThrottlingException' : name,
    typeof message === 'string' ? message : `HTTP ${answer.status}`,
    answer,
    isThrottle || isServerFault,
  );
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
