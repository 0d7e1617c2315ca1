/**
 * Refuses an old Node aloud. Imported first by the entry: older releases lack `import.meta.main`, so without this
 * the program would end without a word and with exit code 0.
 */
const MIN_MAJOR = 22;
const MIN_MINOR = 18;

/** The sentence for an unsuitable version; undefined for a suitable one. */
export function describeOldNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > MIN_MAJOR || (major === MIN_MAJOR && minor >= MIN_MINOR)) return undefined;
  return `cloudwatch-mcp needs Node ${MIN_MAJOR}.${MIN_MINOR} or newer, this is ${version}: run it with a newer Node, for example one from https://nodejs.org.`;
}

/** Their agents take a proxy (node:http, `proxyEnv`); older ones would go round it without a word. */
const PROXY_SINCE: readonly (readonly [major: number, minor: number])[] = [
  [22, 21],
  [24, 5],
];

/** The sentence for a version that knows no proxies; undefined for one that does. */
export function describeNodeWithoutProxy(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const first = PROXY_SINCE.find(([since]) => since === major);
  const isKnowing = first === undefined ? major > 24 : minor >= first[1];
  return isKnowing
    ? undefined
    : `HTTPS_PROXY and HTTP_PROXY need Node 22.21 or 24.5, or newer, this is ${version}: run cloudwatch-mcp with a newer Node, or take the proxy variables away.`;
}

const fault = describeOldNode(process.versions.node);
if (fault !== undefined) {
  process.stderr.write(`${fault}\n`);
  process.exit(1);
}
