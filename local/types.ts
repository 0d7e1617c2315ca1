/** The contract between the wire (server, codec, signatures) and the operations of the embedded CloudWatch. */

/** Who called, where and when. One is made per request by the server, after the signature was verified. */
export interface OperationContext {
  /** 12-digit AWS account id that the credentials belong to. */
  readonly account: string;
  /** Region out of the credential scope of the signature. */
  readonly region: string;
  /** ARN of the caller, e.g. `arn:aws:iam::111111111111:user/local`. */
  readonly principalArn: string;
  /** The request's time; operations never read the clock themselves. */
  readonly nowEpochMs: number;
}

/**
 * One AWS operation: takes the decoded input (SDK shape, Date for timestamps), gives the SDK's output shape.
 * A refusal is thrown with {@link awsError}. An operation may be asynchronous.
 */
// biome-ignore lint/suspicious/noExplicitAny: the wire codec gives each operation its own shape
export type Operation = (input: any, context: OperationContext) => unknown;

export type Operations = Readonly<Record<string, Operation>>;

/** An error the wire layer encodes with the SDK's own schema of that name (traits give status and query error code). */
export class AwsServiceError extends Error {
  /** Additional modelled members of the error shape, e.g. `queryCompileError`. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.fields = fields;
  }
}

/**
 * Makes the error that AWS would answer, e.g. `awsError('ResourceNotFoundException', 'The specified log group does not exist.')`.
 * The name is the modelled shape's or, where a service has no shape for it, the bare code (`ValidationException`, `ThrottlingException`, `AccessDeniedException`).
 */
export function awsError(name: string, message: string, fields?: Readonly<Record<string, unknown>>): AwsServiceError {
  return new AwsServiceError(name, message, fields);
}
