/** As much of the Kubernetes API as the stand-ins of node and operator need, without a process for each question. */
import { Agent, request } from 'node:https';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind, as the API server gives them
export type KubeObject = any;

export interface KubeApi {
  get(path: string): Promise<KubeObject>;
  post(path: string, body: object): Promise<KubeObject>;
  /** A JSON merge patch. */
  patch(path: string, body: object): Promise<KubeObject>;
  delete(path: string, body?: object): Promise<KubeObject>;
}

const MERGE_PATCH = 'application/merge-patch+json';

/** @throws Error with the API server's own message for any status from 400 */
export function createKubeApi(url: string, token: string): KubeApi {
  // Loopback, with a certificate that the API server has just made for itself.
  const agent = new Agent({ rejectUnauthorized: false, keepAlive: true, maxSockets: 4 });

  function ask(method: string, path: string, body?: object, type = 'application/json'): Promise<KubeObject> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      // Node sends the body of a DELETE without its length, which then begins the next request.
      const length = String(Buffer.byteLength(text));
      const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'content-length': length };
      const asked = request(new URL(path, url), { method, agent, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (part: string) => (answer += part));
        response.once('error', reject);
        response.once('end', () => {
          if ((response.statusCode ?? 0) >= 400)
            reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
          else resolve(answer.startsWith('{') ? JSON.parse(answer) : answer);
        });
      });
      asked.once('error', reject);
      asked.end(text);
    });
  }

  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    patch: (path, body) => ask('PATCH', path, body, MERGE_PATCH),
    delete: (path, body) => ask('DELETE', path, body),
  };
}
