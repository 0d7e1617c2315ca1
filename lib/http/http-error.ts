/** A refusal whose answer carries headers of its own, such as `allow` or `retry-after`. */
import { AppError, type AppErrorOptions, type ErrorCode } from '../errors.ts';

export interface HttpErrorOptions extends AppErrorOptions {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Answered in the form of RFC 6750 on every path, because that is where clients look for it. */
  readonly isOauth?: boolean;
}

export class HttpError extends AppError {
  readonly headers: Readonly<Record<string, string>>;
  readonly isOauth: boolean;

  constructor(code: ErrorCode, publicMessage: string, options: HttpErrorOptions) {
    super(code, publicMessage, options);
    this.headers = options.headers;
    this.isOauth = options.isOauth === true;
  }
}
