/** Signs a sample user in without a browser: follows the redirects of an authorization request with its cookies. */

const MAX_STEPS = 10;

/**
 * @param authorizationUrl as a client would open it in a browser
 * @returns where the client is sent back to, with `code` or `error`; nothing is fetched from there
 * @throws Error where the sign-in page stays, since it does not know the user
 */
export async function signInHeadless(authorizationUrl: URL, subject: string): Promise<URL> {
  const { origin } = authorizationUrl;
  const cookies = new Map<string, string>();
  let url = new URL(authorizationUrl);
  url.searchParams.set('login_hint', subject);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    await response.arrayBuffer();
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`The sign-in stays at ${url.pathname} (${response.status}).`);
    url = new URL(location, url);
    if (url.origin !== origin) return url;
  }
  throw new Error(`The sign-in goes round in circles at ${url.pathname}.`);
}
