/** What is wrong with the credentials of this process itself, and the next command: three faults that look alike. */

export interface OwnCredentials {
  /** `AWS_PROFILE`. */
  readonly profile?: string | undefined;
  /** Over stdio the reader started the process; over HTTP somebody else keeps it. */
  readonly isReaders: boolean;
}

interface Failure {
  readonly name: string;
  readonly message: string;
}

/** The SDK found no credentials at all, so AWS was never asked. */
function isMissing({ name }: Failure): boolean {
  return name === 'CredentialsProviderError' || name === 'TokenProviderError';
}

/** The SDK has one error for all; only its text, which names `aws sso login` itself, tells an ended session. */
function isSessionOver({ message }: Failure): boolean {
  return /\bsso\b/i.test(message);
}

/** A profile is a name of the reader's own files; it stands in a command that is copied. */
const PLAIN_NAME = /^[\w.@/+:-]{1,128}$/;

/**
 * @param own undefined where AWS is asked with the credentials of callers
 * @returns one sentence, what → what next; undefined where the general one says as much
 */
export function describeOwnFault(failure: Failure, own: OwnCredentials | undefined): string | undefined {
  if (own === undefined) return undefined;
  const fault = findFault(failure, own);
  if (fault === undefined) return undefined;
  const [what, next] = fault;
  // The server's profiles are nothing that its callers know or can mend.
  return own.isReaders
    ? `${what} → ${next}`
    : `${serverFault(failure)} → tell the administrator to mend it: ${ASK_DOCTOR}.`;
}

const ASK_DOCTOR = '--doctor says what is missing';

function serverFault(failure: Failure): string {
  if (!isMissing(failure)) return 'AWS does not accept the credentials of this server';
  return isSessionOver(failure)
    ? 'The SSO session of this server has run out'
    : 'This server has found no AWS credentials, so AWS was not asked';
}

function findFault(failure: Failure, { profile }: OwnCredentials): readonly [what: string, next: string] | undefined {
  const name = profile !== undefined && PLAIN_NAME.test(profile) ? profile : undefined;
  const option = name === undefined ? '' : ` --profile ${name}`;
  const which = name === undefined ? '' : ` of the profile ${name}`;
  if (!isMissing(failure))
    return [
      `AWS does not accept the credentials${which}`,
      `run aws sts get-caller-identity${option} to see why, get new ones, and start the server again.`,
    ];
  if (isSessionOver(failure))
    return [`The SSO session${which} has run out`, `run aws sso login${option} and ask again.`];
  if (profile !== undefined)
    return [
      `AWS_PROFILE names ${name === undefined ? 'a profile' : `the profile ${name}`}, and there are no credentials of that name`,
      `run aws configure list-profiles to see those that exist, then correct AWS_PROFILE or run aws configure${option}.`,
    ];
  return [
    'There are no AWS credentials on this machine',
    'run aws configure list to see what is found, then aws configure or aws configure sso, or set AWS_PROFILE.',
  ];
}
