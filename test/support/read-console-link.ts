/** Reads an address of the CloudWatch console back as its pages do: the notation of JSON in fragments. */

export interface ReadLink {
  readonly host: string;
  readonly region: string;
  /** The fragment before what is filled in, e.g. `metricsV2`. */
  readonly page: string;
  /** What is filled in: a graph, or a query with its log groups and times. */
  readonly value: unknown;
}

/** @throws Error where the console could not read it */
export function readConsoleLink(url: string): ReadLink {
  const { host, searchParams, hash } = new URL(url);
  const fragment = decodeURIComponent(hash.slice(1)).replaceAll('$3F', '?').replaceAll('$3D', '=');
  const [page = '', filled] = fragment.split('?');
  const text = filled?.replace(/^\w+=/, '');
  return { host, region: searchParams.get('region') ?? '', page, value: text?.startsWith('~') ? readJson(text) : text };
}

function readJson(text: string): unknown {
  let at = 0;
  const take = (expected: string): void => {
    if (!text.startsWith(expected, at)) throw new Error(`Expected ${expected} at ${at} of ${text}`);
    at += expected.length;
  };
  const word = (): string => {
    const [read = ''] = /^[^~()]*/.exec(text.slice(at)) ?? [];
    at += read.length;
    return read.replaceAll(/\*\*([\da-f]{4})|\*([\da-f]{2})/g, (_, long?: string, short?: string) =>
      String.fromCharCode(Number.parseInt(long ?? short ?? '', 16)),
    );
  };
  const value = (): unknown => {
    take('~');
    if (text[at] === "'") {
      at += 1;
      return word();
    }
    if (text[at] !== '(') return JSON.parse(word());
    take('(');
    const read = text[at] === '~' ? list() : members();
    take(')');
    return read;
  };
  const list = (): unknown[] => {
    const items: unknown[] = [];
    while (text[at] === '~') {
      if (text[at + 1] === ')') at += 1;
      else items.push(value());
    }
    return items;
  };
  const members = (): Record<string, unknown> => {
    const read: Record<string, unknown> = {};
    while (text[at] !== ')') {
      if (text[at] === '~') at += 1;
      const key = word();
      read[key] = value();
    }
    return read;
  };
  const read = value();
  if (at !== text.length) throw new Error(`More after the end: ${text.slice(at)}`);
  return read;
}
