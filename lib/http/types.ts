/**
 * The canonical request and answer: a Lambda Function URL event (payload format 2.0) and its structured
 * result, with one extension: `body` may be a stream, because an MCP answer may stream.
 */
export interface HttpEvent {
  readonly version: '2.0';
  readonly rawPath: string;
  /** Without the `?`; empty when there is none. */
  readonly rawQueryString: string;
  /** Names in lower case; repeated headers joined by a comma, as a Function URL does. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly requestContext: {
    readonly requestId: string;
    readonly domainName?: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly sourceIp: string;
      readonly userAgent?: string;
    };
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly isBase64Encoded?: boolean;
}

export interface HandlerContext {
  readonly awsRequestId: string;
  /** Milliseconds left for this request. An arrow function: Middy calls it detached from its context. */
  readonly getRemainingTimeInMillis: () => number;
  /** Fires when the client goes away. Lambda cannot tell; there it is absent. */
  readonly signal?: AbortSignal;
  /**
   * Reads the body, where the adapter leaves it on the wire until somebody wants it; absent where the event holds it.
   * @param onBytes told of each piece before it is kept; what it throws ends the reading
   * @throws AppError `invalid_request` where the client goes away first
   */
  readonly readBody?: (onBytes: (bytes: number) => void) => Promise<Uint8Array>;
  /** The connection is one above the cap, accepted for probes only. */
  readonly isReserve?: boolean;
}

/** The pure handler that all three adapters call. */
export type Route = (event: HttpEvent, context: HandlerContext) => Promise<HttpResult>;
