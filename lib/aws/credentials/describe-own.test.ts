import { describe, expect, it } from 'vitest';
import { describeOwnFault } from './describe-own.ts';

const failure = (message: string, name = 'CredentialsProviderError') => ({ name, message });
/** As the SDK words them. */
const NONE = failure('Could not load credentials from any providers');
const ENDED = [
  failure(
    "The SSO session token associated with profile=work was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  ),
  failure(
    'The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login with the corresponding profile.',
  ),
  failure("Token is expired. To refresh this SSO session run 'aws sso login'", 'TokenProviderError'),
];
const REFUSED = failure('The security token included in the request is invalid', 'UnrecognizedClientException');

describe('describeOwnFault, for the person who started the server', () => {
  it('tells no credentials at all', () => {
    expect(describeOwnFault(NONE, { isReaders: true })).toMatch(
      /^There are no AWS credentials on this machine → run aws configure list /,
    );
  });

  it('tells a profile that does not exist, by name', () => {
    expect(describeOwnFault(NONE, { isReaders: true, profile: 'wrok' })).toBe(
      'AWS_PROFILE names the profile wrok, and there are no credentials of that name → run aws configure list-profiles to see those that exist, then correct AWS_PROFILE or run aws configure --profile wrok.',
    );
  });

  it.each(ENDED)('tells an SSO session that has run out: $message', (error) => {
    expect(describeOwnFault(error, { isReaders: true, profile: 'work' })).toBe(
      'The SSO session of the profile work has run out → run aws sso login --profile work and ask again.',
    );
    expect(describeOwnFault(error, { isReaders: true })).toContain('run aws sso login and ask again');
  });

  it('tells credentials that AWS refuses', () => {
    expect(describeOwnFault(REFUSED, { isReaders: true, profile: 'work' })).toContain(
      'run aws sts get-caller-identity --profile work',
    );
  });

  it('puts no name into a command that is more than a name', () => {
    const text = describeOwnFault(NONE, { isReaders: true, profile: 'x; rm -rf ~' });
    expect(text).toContain('AWS_PROFILE names a profile, and');
    expect(text).not.toContain('rm -rf');
  });
});

describe('describeOwnFault, for callers of a server', () => {
  it.each([
    [NONE, /^This server has found no AWS credentials, so AWS was not asked → tell the administrator/],
    [ENDED[0] ?? NONE, /^The SSO session of this server has run out → tell the administrator/],
    [REFUSED, /^AWS does not accept the credentials of this server → tell the administrator/],
  ])('names no profile: %j', (error, words) => {
    const text = describeOwnFault(error, { isReaders: false, profile: 'secret-profile' });
    expect(text).toMatch(words);
    expect(text).not.toContain('secret-profile');
  });

  it('leaves credentials of callers to the general sentence', () => {
    expect(describeOwnFault(NONE, undefined)).toBeUndefined();
  });
});
