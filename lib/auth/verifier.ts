/** Token → principal. Every request is verified; no verdict is kept. */
import type { Config } from '../config/config.ts';
import type { Logger } from '../telemetry/logger.ts';
import { readPrincipal } from './claims.ts';
import type { Fetch, FetchLimits } from './fetch-json.ts';
import { createKeySet } from './key-set.ts';
import { createKeySource } from './key-source.ts';
import { createKeyStore, type KeyStore } from './key-store.ts';
import type { Principal } from './principal.ts';
import { refuseToken } from './token-refusal.ts';
import { readTokenHead } from './token-shape.ts';

export interface TokenVerifier {
  /** @throws AppError `invalid_token`, `insufficient_scope` or `temporarily_unavailable`; its text holds nothing of the token. */
  verify(token: string): Promise<Principal>;
  /** Loads what keys are missing or old. Never rejects; takes at most some seconds. */
  loadKeys(): Promise<void>;
  /** Whether the keys of at least one issuer are at hand. */
  isReady(): boolean;
}

export interface TokenVerifierOptions {
  readonly config: Pick<
    Config,
    | 'issuers'
    | 'allowedAlgorithms'
    | 'allowedClientIds'
    | 'clockSkewSeconds'
    | 'maxTokenBytes'
    | 'requiredScopes'
    | 'tokenUse'
  >;
  readonly logger: Logger;
  /** Default: Node's own. */
  readonly fetch?: Fetch;
  readonly fetchLimits?: FetchLimits;
  /** Current time in epoch milliseconds. The library looks at the system's clock besides. */
  readonly clock?: () => number;
}

export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { config, logger, fetch = globalThis.fetch, clock = Date.now, fetchLimits } = options;
  const issuers = new Map<string, { readonly store: KeyStore; readonly audiences: readonly string[] }>();
  for (const settings of config.issuers) {
    const { issuer, audiences } = settings;
    const source = createKeySource({ issuer: settings, fetch, clock, ...(fetchLimits && { limits: fetchLimits }) });
    const load = async () => createKeySet(await source(), { issuer, clockSkewSeconds: config.clockSkewSeconds });
    issuers.set(issuer, { store: createKeyStore({ issuer, load, clock, logger }), audiences });
  }
  const stores = [...issuers.values()].map(({ store }) => store);

  return {
    async verify(token) {
      const head = readTokenHead(token, config);
      const trusted = issuers.get(head.issuer);
      if (trusted === undefined) throw refuseToken('issuer');
      const keys = await trusted.store.keysFor(head.keyId);
      const claims = keys.verify(token, head);
      const rules = { ...config, issuer: head.issuer, audiences: trusted.audiences };
      return readPrincipal(claims, rules, { nowEpochMs: clock(), isTypedAccess: head.isTypedAccess });
    },
    loadKeys: async () => void (await Promise.all(stores.map((store) => store.refreshIfDue()))),
    isReady: () => stores.some((store) => store.hasKeys()),
  };
}
