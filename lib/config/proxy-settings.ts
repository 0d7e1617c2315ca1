/** Settings of the forward proxy that requests to AWS and to issuers take. The names are everybody's, not ours. */
import { z } from 'zod';
import { readNoProxy } from './no-proxy.ts';
import { setting } from './setting.ts';

const PROXY_FAULT =
  'must be the URL of an HTTP proxy, such as http://proxy.example.com:3128 or http://user:password@proxy.example.com:3128, with special characters of the password as %xx';

/** With a scheme or, as curl takes it, without. Its password stands in it, so no fault quotes it. */
const proxyUrl = z
  .string()
  .trim()
  .transform((text, context) => {
    const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    if (url !== null && isProxy(url)) return url.href;
    context.addIssue({ code: 'custom', message: PROXY_FAULT });
    return z.NEVER;
  });

function isProxy(url: URL): boolean {
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '';
  return /^https?:$/.test(url.protocol) && url.hostname !== '' && isPlain && isDecodable(url.username + url.password);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

export const PROXY_SETTINGS = {
  httpsProxy: setting({
    variables: ['HTTPS_PROXY', 'https_proxy'],
    schema: proxyUrl.optional(),
    isSecret: true,
    description:
      'forward proxy of every https request: AWS, STS, the keys of issuers. Loopback and the addresses of AWS metadata are asked directly',
  }),
  httpProxy: setting({
    variables: ['HTTP_PROXY', 'http_proxy'],
    schema: proxyUrl.optional(),
    isSecret: true,
    description: 'the same for http, which only an `AWS_ENDPOINT_URL` of that scheme uses',
  }),
  noProxy: setting({
    variables: ['NO_PROXY', 'no_proxy'],
    schema: z.string().transform(readNoProxy),
    fallback: '',
    description:
      'comma list of what is asked directly: `example.com` and what is below it, `.example.com`, `host:port`, addresses, ranges `10.0.0.1-10.0.0.9`, networks `10.0.0.0/8`, or `*`',
  }),
} as const;
