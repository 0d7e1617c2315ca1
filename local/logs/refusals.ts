import { type AwsServiceError, awsError } from '../types.ts';
import type { Span } from './insights/ast.ts';

/** A parameter has a value that the service does not take. */
export function invalidParameter(message: string): AwsServiceError {
  return awsError('InvalidParameterException', message);
}

export function notFound(message: string): AwsServiceError {
  return awsError('ResourceNotFoundException', message);
}

/** The query text is refused, with the place where. */
export function malformedQuery(message: string, span: Span): AwsServiceError {
  const location = { startCharOffset: span.start, endCharOffset: span.end };
  return awsError('MalformedQueryException', `${message} ([${span.start},${span.end}])`, {
    queryCompileError: { location, message },
  });
}

/** Checks a count against its bounds; gives the default when it is absent. */
export function checkCount(
  value: number | undefined,
  name: string,
  maximum: number,
  fallback: number,
  minimum = 1,
): number {
  if (value === undefined) {
    return fallback;
  }
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    const bound = value < minimum ? `greater than or equal to ${minimum}` : `less than or equal to ${maximum}`;
    throw invalidParameter(
      `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return value;
}
