/** Rules for the URLs of issuers, keys and this server. Pure; each gives the fault as a phrase, or undefined. */

/** Addresses that never leave the machine: http is safe there, nowhere else. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname.toLowerCase());
}

/** Whether a URL may be fetched for keys: https, or http to this very machine. */
export function isSafeToFetch(url: URL): boolean {
  const hasUserInfo = url.username !== '' || url.password !== '';
  return !hasUserInfo && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)));
}

/** People paste these out of the IAM Identity Center console; none of them is an OpenID Connect issuer. */
const IDENTITY_CENTER_HOSTS = [/^portal\.sso\./, /(^|\.)awsapps\.com$/, /(^|\.)identitycenter\.amazonaws\.com$/];

export function findIssuerFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'must hold issuer URLs such as https://login.example.com';
  if (IDENTITY_CENTER_HOSTS.some((host) => host.test(url.hostname))) {
    return 'names IAM Identity Center itself, whose tokens cannot be verified by anybody: name the OpenID Connect provider of the same users, as docs/IAM_IDENTITY_CENTER_SETUP.md shows';
  }
  if (!isSafeToFetch(url)) return 'must hold https URLs without user and password (http only for localhost)';
  if (/[?#]/.test(text)) return 'must hold issuers without ? and #, exactly as they stand in the iss claim of a token';
  return undefined;
}

export function findJwksUriFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !isSafeToFetch(url) || text.includes('#')) {
    return 'must be an https URL without user, password and # (http only for localhost)';
  }
  return undefined;
}

export function findResourceUrlFault(text: string): string | undefined {
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isPlain && !/[?#"\\\s]/.test(text)) return undefined;
  return 'must be the URL under which clients reach this server, such as https://mcp.example.com/mcp, without ? and #';
}
