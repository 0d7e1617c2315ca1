/** How operations on one log group name it: by its name, or by its ARN, of linked accounts too. */
export function groupReference(logGroup: string): { logGroupIdentifier: string } | { logGroupName: string } {
  return logGroup.startsWith('arn:') ? { logGroupIdentifier: logGroup } : { logGroupName: logGroup };
}
