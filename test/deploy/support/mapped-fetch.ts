/** A fetch that leads names to ports of loopback, as DNS and a load balancer would, with the Host header of the name. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';

export interface Place {
  readonly port: number;
  /** Certificate that is trusted there, PEM. */
  readonly ca?: string;
}

/** @param places host name → where it is; others are fetched as they are */
export function createMappedFetch(places: Readonly<Record<string, Place>>): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const place = places[url.hostname];
    if (place === undefined) return fetch(request);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = { ...Object.fromEntries(request.headers), host: url.host, 'content-length': String(body.length) };
    const common = {
      host: '127.0.0.1',
      port: place.port,
      path: url.pathname + url.search,
      method: request.method,
      headers,
    };
    return new Promise<Response>((resolve, reject) => {
      const asked =
        url.protocol === 'https:'
          ? requestHttps({ ...common, servername: url.hostname, ...(place.ca !== undefined && { ca: place.ca }) })
          : requestHttp(common);
      request.signal.addEventListener('abort', () => asked.destroy(), { once: true });
      asked.once('error', reject);
      asked.once('response', (answer) => {
        const status = answer.statusCode ?? 502;
        const fields = Object.entries(answer.headers).flatMap(([name, value]) =>
          [value ?? []].flat().map((one): [string, string] => [name, one]),
        );
        const stream = status === 202 || status === 204 || status === 304 ? null : Readable.toWeb(answer);
        if (stream === null) answer.resume();
        resolve(
          new Response(stream as ReadableStream | null, { status: status === 304 ? 304 : status, headers: fields }),
        );
      });
      asked.end(body);
    });
  };
}
