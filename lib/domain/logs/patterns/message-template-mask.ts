/** Replaces what varies from one log line to the next by placeholders. Pure; linear in the length of the line. */
import { dropAtEnd } from '../../text/drop-at-end.ts';
import { lookUp } from '../../text/look-up.ts';

/** Longest part of a line that is looked at: the shape of a message stands at its beginning. */
const MAX_LINE_CHARS = 2_000;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = String.raw`\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?`;

/** What has blanks or separators inside is found first, as a whole. Each is only tried where `mark` is in the line. */
const WHOLES: readonly {
  readonly mark: string;
  readonly regex: RegExp;
  readonly to: string | ((found: string) => string);
}[] = [
  // A token that Logs Insights put there: <UUID-2>, <*>.
  { mark: '<', regex: /<(?:\*|[A-Za-z][A-Za-z_ ]{0,40}-\d{1,4})>/g, to: nameKnown },
  { mark: '://', regex: /\bhttps?:\/\/[^\s"'<>]{1,2000}/g, to: maskUrl },
  { mark: '?', regex: /\?[\w.~%-]{1,100}=[^\s"'<>]{0,2000}/g, to: '?<*>' },
  { mark: 'arn:aws', regex: /\barn:aws[\w-]{0,20}:[^\s"',;)\]}]{1,500}/g, to: '<arn>' },
  {
    mark: ':',
    regex: new RegExp(
      [
        String.raw`\b\d{4}[-/]\d\d[-/]\d\d[T ]${CLOCK}(?:\s?(?:Z\b|UTC\b|[+-]\d\d:?\d\d))?`,
        String.raw`\b\d{1,2}[/-](?:\d\d|${MONTH})[/-]\d{4}[: ]${CLOCK}(?: [+-]\d{4})?`,
        String.raw`\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?${MONTH} {1,2}\d{1,2} ${CLOCK}(?: \d{4})?`,
        String.raw`\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\b`,
      ].join('|'),
      'g',
    ),
    to: '<time>',
  },
  { mark: '-', regex: /\b\d{4}-\d\d-\d\d\b/g, to: '<time>' },
  { mark: 'HTTP/', regex: /\b(?<head>HTTP\/\d(?:\.\d)?"?\s?)[1-5]\d\d\b/g, to: toClass },
  { mark: 'tatus', regex: /\b(?<head>[Ss]tatus(?:[ _-]?[Cc]ode)?["']{0,2}\s?[:=]?\s?["']?)[1-5]\d\d\b/g, to: toClass },
  { mark: ',', regex: /\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b/g, to: '<num>' },
];

/** Runs of characters that names, numbers, addresses and paths are made of. */
const RUNS = /[\w.@$#%+:/~\u00b5\u03bc-]+/g;
const MIN_BLOB_CHARS = 40;

/** Words that have a digit by nature. */
const WORDS: ReadonlySet<string> = new Set(
  'base64 ec2 es5 es6 h2 http2 i18n ipv4 ipv6 k8s l10n log4j md5 oauth2 route53 s3 sha1 sha256 sha512 slf4j utf-8 utf8 utf16 x509 x86 x86_64'.split(
    ' ',
  ),
);
const NUMBER = /^[-+]?(?:\d[\d._]*|0x[0-9a-f]+)(?:%|[\u00b5\u03bcnm]?s|min|[hdm]|[kmgt]?i?b|bytes)?$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|\/\d{1,2})?$/;
const IPV6 =
  /^(?=.*\d)(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}$|^(?=.*\d)(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?$/i;
const STATUS_CLASS = /^[1-5]xx$/;
/** Kubernetes makes the ends of pod names of these letters and some digits; one in five has no digit (apimachinery, util/rand). */
const POD_NAME = /-[bcdfghjklmnpqrstvwxz]{5}$/;
const IS_WORD = /-https$/;
const VERSION_SEGMENT = /^v\d{1,2}$/i;

/** What CloudWatch names a token → our placeholder. */
const KNOWN: Readonly<Record<string, string>> = {
  timestamp: '<time>',
  time: '<time>',
  date: '<time>',
  uuid: '<uuid>',
  ipaddress: '<ip>',
  number: '<num>',
  url: '<url>',
};

/** Any of our placeholders. */
export const PLACEHOLDER = /^<(?:\*|time|uuid|ip|num|id|url|arn|email)>$/;

export function maskText(line: string): string {
  let text = line.slice(0, MAX_LINE_CHARS);
  for (const { mark, regex, to } of WHOLES) {
    if (!text.includes(mark)) continue;
    text = typeof to === 'string' ? text.replace(regex, to) : text.replace(regex, (found) => to(found));
  }
  return text.replace(RUNS, maskRun);
}

function nameKnown(token: string): string {
  return lookUp(KNOWN, token.slice(1, -1).replace(/-\d+$/, '').toLowerCase()) ?? '<*>';
}

/** `5xx`: what kind of answer it was. */
function toClass(found: string): string {
  return `${found.slice(0, -2)}xx`;
}

/** `https://host/orders/<id>`; a query string says which one, not what kind. */
function maskUrl(url: string): string {
  const [place = '', scheme = '', host = '', path = ''] = /^(https?:\/\/)([^/?#]*)([^?#]*)/.exec(url) ?? [];
  return `${scheme}${maskRun(host)}${maskPath(path)}${place.length === url.length ? '' : '?<*>'}`;
}

function maskPath(path: string): string {
  return path
    .split('/')
    .map((segment) => (/\d/.test(segment) && !VERSION_SEGMENT.test(segment) && !WORDS.has(segment) ? '<id>' : segment))
    .join('/');
}

function maskRun(run: string): string {
  if (POD_NAME.test(run) && !IS_WORD.test(run)) return '<id>';
  if (run.length < MIN_BLOB_CHARS && !/\d/.test(run)) return run.includes('@') && EMAIL.test(run) ? '<email>' : run;
  // Sentence marks at the end belong to the sentence.
  const body = dropAtEnd(run, '.:@#$~-');
  return maskBody(body) + run.slice(body.length);
}

function maskBody(body: string): string {
  if (IPV4.test(body) || IPV6.test(body)) return '<ip>';
  if (body.includes('@') && EMAIL.test(body)) return '<email>';
  if (body.startsWith('/')) return maskPath(body);
  for (const separator of [':', '/']) {
    if (body.includes(separator)) return body.split(separator).map(maskBody).join(separator);
  }
  if (!/\d/.test(body)) return body.length >= MIN_BLOB_CHARS && /[a-z][A-Z]/.test(body) ? '<id>' : body;
  if (WORDS.has(body.toLowerCase()) || STATUS_CLASS.test(body)) return body;
  if (NUMBER.test(body)) return '<num>';
  return UUID.test(body) ? '<uuid>' : '<id>';
}
