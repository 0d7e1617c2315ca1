/** A refusal whose answer carries headers of its own, such as `allow` or `retry-after`. */
import { AppError, type AppErrorOptions, type ErrorCode } from '../errors.ts';

export interface HttpErrorOptions extends AppErrorOptions {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export class HttpError extends AppError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, publicMessage: string, options: HttpErrorOptions) {
    super(code, publicMessage, options);
    this.headers = options.headers;
  }
}
