/** A refusal in Prometheus' own format: status 400 and `bad_data`. */
export class PromqlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PromqlError';
  }
}

/** What Prometheus says about a text that it cannot read; `offset` counts from 0. */
export function parseError(offset: number, what: string): PromqlError {
  return new PromqlError(`invalid parameter "query": 1:${offset + 1}: parse error: ${what}`);
}
