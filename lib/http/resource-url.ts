/** Under which URL this server is reached. Never taken from the Host header, which strangers choose. */
import type { Config } from '../config/config.ts';
import type { HttpEvent } from './types.ts';

export interface ResourceUrlSettings extends Pick<Config, 'resourceUrl' | 'transport' | 'host' | 'port'> {
  /** The port that is really listened on, once it is known. */
  readonly listeningPort: number | undefined;
}

const WILDCARD_ADDRESSES = new Set(['0.0.0.0', '::', '[::]']);

export function findResourceUrl(settings: ResourceUrlSettings, event: HttpEvent): string {
  const { resourceUrl, transport, host, port, listeningPort } = settings;
  if (resourceUrl !== undefined) return resourceUrl;
  const { domainName } = event.requestContext;
  // Lambda's own word for its Function URL.
  if (transport === 'lambda' && domainName !== undefined) return `https://${domainName}/mcp`;
  const name = WILDCARD_ADDRESSES.has(host) ? 'localhost' : host;
  const authority = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  return `http://${authority}:${listeningPort ?? port}/mcp`;
}
