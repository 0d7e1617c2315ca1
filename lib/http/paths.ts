/** The exact paths of the HTTP plane. Nothing is decoded, folded or trimmed: whatever differs by a byte is not found. */
export const PATHS = {
  root: '/',
  mcp: '/mcp',
  toolsList: '/mcp/tools',
  toolsCall: '/mcp/tools/call',
  whoami: '/auth/whoami',
  metadata: '/.well-known/oauth-protected-resource',
  metadataOfMcp: '/.well-known/oauth-protected-resource/mcp',
  health: '/health',
  ready: '/ready',
  metrics: '/metrics',
} as const;

const ALL_PATHS: ReadonlySet<string> = new Set(Object.values(PATHS));
const JSON_RPC_PATHS: ReadonlySet<string> = new Set([PATHS.root, PATHS.mcp]);
const PROBE_PATHS: ReadonlySet<string> = new Set([PATHS.health, PATHS.ready, PATHS.metrics]);
const METADATA_PATHS: ReadonlySet<string> = new Set([PATHS.metadata, PATHS.metadataOfMcp]);

/** The path itself if there is a route of that name, else `unknown`: safe as a label and in a log. */
export function toRoutePattern(rawPath: string): string {
  return ALL_PATHS.has(rawPath) ? rawPath : 'unknown';
}

/** Whether refusals at this path are JSON-RPC errors. */
export function isJsonRpcPath(rawPath: string): boolean {
  return JSON_RPC_PATHS.has(rawPath);
}

/** Whether machines ask for this path all day long. */
export function isProbePath(rawPath: string): boolean {
  return PROBE_PATHS.has(rawPath);
}

/** Whether Host and Origin are checked here: kubelet, scrapers and load balancers send the pod's IP to the others. */
function isGuardedPath(rawPath: string): boolean {
  return ALL_PATHS.has(rawPath) && !PROBE_PATHS.has(rawPath) && !METADATA_PATHS.has(rawPath);
}

/** Whether pages of allowed Origins may read the answers: clients in a browser look for the metadata too. */
export function isForBrowsers(rawPath: string): boolean {
  return isGuardedPath(rawPath) || METADATA_PATHS.has(rawPath);
}
