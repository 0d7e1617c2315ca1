/** Whose tokens are taken, and for whom they must have been made. */
import { isAuthOn, type RawEnvironment, type RawSettings } from './raw-settings.ts';

export interface IssuerSettings {
  /** Compared with `iss` byte for byte. */
  readonly issuer: string;
  /** One of them must be in `aud`; never empty. */
  readonly audiences: readonly string[];
  /** Where the keys are; without it the discovery document tells. */
  readonly jwksUri?: string;
}

/** The listed issuers, each with every listed audience, then those of the JSON form. */
export function collectIssuers(raw: RawSettings): readonly IssuerSettings[] {
  const audiences = [...new Set([...(raw.listedAudiences ?? []), ...(raw.extraAudiences ?? [])])];
  const jwksUri = raw.jwksUri;
  const listed = (raw.listedIssuers ?? []).map((issuer) => ({ issuer, audiences, ...(jwksUri && { jwksUri }) }));
  const further = (raw.issuersJson ?? []).map((entry) => ({
    issuer: entry.issuer,
    audiences: entry.audiences,
    ...(entry.jwksUri !== undefined && { jwksUri: entry.jwksUri }),
  }));
  return [...listed, ...further];
}

const ISSUER = 'AWS_IDENTITY_CENTER_ISSUER';
const CLIENT_ID = 'AWS_IDENTITY_CENTER_CLIENT_ID';
const WHERE = 'docs/IAM_IDENTITY_CENTER_SETUP.md shows how to get it';

export function findIssuerFaults(environment: RawEnvironment): string[] {
  if (!isAuthOn(environment)) return [];
  const { raw } = environment;
  const faults: string[] = [];
  const hasJson = environment.isGiven('AUTH_ISSUERS_JSON');
  // What could not be parsed has its own fault already and is not missing as well.
  const isIssuerMissing = raw.listedIssuers?.length === 0;
  const isClientIdMissing = raw.listedAudiences?.length === 0;
  if (isIssuerMissing && (!hasJson || !isClientIdMissing)) {
    faults.push(
      `${ISSUER} is missing: with authentication on, name the OpenID Connect issuer of your users (${WHERE}), or set ENABLE_AUTH=false`,
    );
  }
  if (isClientIdMissing && (!hasJson || !isIssuerMissing)) {
    faults.push(
      `${CLIENT_ID} is missing: with authentication on, name the client id that stands in aud of the tokens (${WHERE})`,
    );
  }
  if (raw.jwksUri !== undefined && raw.listedIssuers !== undefined && raw.listedIssuers.length !== 1) {
    faults.push(
      `AUTH_JWKS_URI belongs to exactly one issuer, but ${ISSUER} names ${raw.listedIssuers.length}: put each with its jwksUri into AUTH_ISSUERS_JSON`,
    );
  }
  faults.push(...findRepeatedIssuers(raw));
  return faults;
}

function findRepeatedIssuers(raw: RawSettings): string[] {
  const names = collectIssuers(raw).map(({ issuer }) => issuer);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map(
    (name) =>
      `${ISSUER} and AUTH_ISSUERS_JSON name ${JSON.stringify(name)} more than once: name it once, with all its audiences`,
  );
}
