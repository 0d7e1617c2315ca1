/** Every name that the installed SDK knows has a code of ours: with an update of the SDK a new one fails here. */
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as sts from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { SERVICE_SCHEMAS } from '../../local/wire/schemas.ts';
import { translateStsError } from './credentials/translate-sts-error.ts';
import { codeOfErrorName } from './error-names.ts';

/** Names of the classes, and of the Query protocol. */
function namesOf(
  client: object,
  base: typeof cloudwatch.CloudWatchServiceException,
  service: 'cloudwatch' | 'logs' | 'sts',
) {
  const classes = Object.entries(client).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof base && value !== base,
  );
  const codes = [...SERVICE_SCHEMAS[service].errors.keys()].filter((name) => !name.endsWith('ServiceException'));
  return [...new Set([...classes.map(([name]) => name), ...codes])].sort();
}

const NAMES = [
  ...namesOf(cloudwatch, cloudwatch.CloudWatchServiceException, 'cloudwatch'),
  ...namesOf(logs, logs.CloudWatchLogsServiceException, 'logs'),
];
/** Errors of LookupEvents (API reference): the client knows those of sixty operations that write, too. */
const TRAIL_NAMES = [
  'InvalidEventCategoryException',
  'InvalidLookupAttributesException',
  'InvalidMaxResultsException',
  'InvalidNextTokenException',
  'InvalidTimeRangeException',
  'OperationNotPermittedException',
  'UnsupportedOperationException',
];
const STS_NAMES = namesOf(sts, sts.STSServiceException, 'sts');

describe('the names of errors', () => {
  it('are found in the installed clients', () => {
    expect(NAMES).toEqual(
      expect.arrayContaining(['InvalidParameterInput', 'MalformedQueryException', 'ResourceNotFound']),
    );
    expect(NAMES.length).toBeGreaterThan(40);
    expect(STS_NAMES.length).toBeGreaterThan(9);
    expect(Object.keys(cloudtrail)).toEqual(expect.arrayContaining(TRAIL_NAMES));
  });

  it.each([...NAMES, ...TRAIL_NAMES])('have a code: %s', (name) => {
    expect([name, codeOfErrorName(name)]).toEqual([name, expect.any(String)]);
  });

  it.each(STS_NAMES)('have a code where STS gives a session: %s', (name) => {
    // A status that says nothing of itself: what the table does not know would be taken for a failure on the way.
    const error = Object.assign(new Error(''), { name, $fault: 'client', $metadata: {} });
    const { code } = translateStsError(error, { mode: 'web-identity', account: 'prod' });
    const isOfNetwork = name === 'IDPCommunicationErrorException' || name === 'IDPCommunicationError';
    expect([name, code === 'upstream_unavailable']).toEqual([name, isOfNetwork]);
  });

  it('have none where no service is known to use them', () => {
    expect(codeOfErrorName('BrandNewException')).toBeUndefined();
    expect(codeOfErrorName('constructor')).toBeUndefined();
  });
});
