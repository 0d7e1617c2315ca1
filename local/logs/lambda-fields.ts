const REQUEST_ID = /(?:^|\s)(?:RequestId: )?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/;

/** The numbers of a REPORT line; sizes are given in bytes (User Guide, "Supported logs and discovered fields"). */
const REPORT_FIELDS: Readonly<Record<string, { readonly pattern: RegExp; readonly factor: number }>> = {
  '@duration': { pattern: /\tDuration: ([\d.]+) ms/, factor: 1 },
  '@billedDuration': { pattern: /\tBilled Duration: ([\d.]+) ms/, factor: 1 },
  '@initDuration': { pattern: /\tInit Duration: ([\d.]+) ms/, factor: 1 },
  '@memorySize': { pattern: /\tMemory Size: (\d+) MB/, factor: 1_000_000 },
  '@maxMemoryUsed': { pattern: /\tMax Memory Used: (\d+) MB/, factor: 1_000_000 },
};

export const LAMBDA_FIELD_NAMES: readonly string[] = ['@type', '@requestId', ...Object.keys(REPORT_FIELDS)];

/** The fields that are discovered in the text lines of a Lambda function's log group. */
export function readLambdaField(message: string, name: string): string | number | undefined {
  if (name === '@type') {
    return /^(START|END|REPORT) RequestId: /.exec(message)?.[1];
  }
  if (name === '@requestId') {
    return message.startsWith('{') ? undefined : REQUEST_ID.exec(message.slice(0, 200))?.[1];
  }
  const field = Object.hasOwn(REPORT_FIELDS, name) ? REPORT_FIELDS[name] : undefined;
  const digits = field && message.startsWith('REPORT ') ? field.pattern.exec(message)?.[1] : undefined;
  return field && digits !== undefined ? Number(digits) * field.factor : undefined;
}
