/** A JSON answer. */
import type { HttpResult } from './types.ts';

export function jsonResult(statusCode: number, value: unknown): HttpResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
