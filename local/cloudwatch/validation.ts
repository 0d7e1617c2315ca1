import { type AwsServiceError, awsError } from '../types.ts';

/** The refusal that CloudWatch gives for a member out of its bounds, in its own words. */
export function constraintError(value: unknown, member: string, constraint: string): AwsServiceError {
  return awsError(
    'ValidationError',
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Checks an integer member; returns it, or the default when it is absent. */
export function checkInteger(
  value: unknown,
  member: string,
  bounds: readonly [number, number],
  absent: number,
): number {
  if (value === undefined || value === null) return absent;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw constraintError(value, member, 'Member must be an integer');
  }
  const [minimum, maximum] = bounds;
  if (value < minimum)
    throw constraintError(value, member, `Member must have value greater than or equal to ${minimum}`);
  if (value > maximum) throw constraintError(value, member, `Member must have value less than or equal to ${maximum}`);
  return value;
}

/** Checks that a text or list is not longer (or shorter) than allowed; absent is fine. */
export function checkLength(
  value: string | readonly unknown[] | undefined,
  member: string,
  bounds: readonly [number, number],
): void {
  if (value === undefined) return;
  const shown =
    typeof value === 'string' ? value : `[${value.map((item) => (typeof item === 'string' ? item : '…')).join(', ')}]`;
  const [minimum, maximum] = bounds;
  if (value.length < minimum) {
    throw constraintError(shown, member, `Member must have length greater than or equal to ${minimum}`);
  }
  if (value.length > maximum) {
    throw constraintError(shown, member, `Member must have length less than or equal to ${maximum}`);
  }
}

/** Checks that each given value is one of an enumeration. */
export function checkEnum(values: readonly string[], member: string, allowed: readonly string[]): void {
  for (const value of values) {
    if (!allowed.includes(value)) {
      throw constraintError(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
    }
  }
}

/** Refuses an absent or empty required member. */
export function requireMember(value: unknown, member: string): void {
  if (value === undefined || value === null || value === '') {
    throw awsError('MissingRequiredParameterException', `The parameter ${member} is required.`);
  }
}
