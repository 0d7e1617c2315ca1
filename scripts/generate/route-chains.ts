/** Which middlewares run on each route and in which order, asked of the composition itself: for docs/architecture.md. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createRoute, createRoutes } from '../../handlers/index.ts';
import type { Environment } from '../../lib/config/config.ts';
import type { ComposedHandler } from '../../lib/middleware/types.ts';
import { createTestApp } from '../../test/support/test-app.ts';

const MIDDLEWARE = join(import.meta.dirname, '..', '..', 'lib', 'middleware');
const NO_AUTH = { ENABLE_AUTH: 'false' };
const AUTH = {
  ENABLE_AUTH: 'true',
  AWS_IDENTITY_CENTER_ISSUER: 'https://issuer.example.com',
  AWS_IDENTITY_CENTER_CLIENT_ID: 'client',
  AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole',
};
const HANDSHAKE = { ...AUTH, MCP_UNAUTHENTICATED_METHODS: 'handshake' };

/** @throws Error for a middleware whose file has another name */
export function renderRouteChains(): string {
  const [open, signedIn, all] = [NO_AUTH, AUTH, HANDSHAKE].map(listChains);
  const base = createRoute(createTestApp({ env: NO_AUTH })).chain;
  const rows = [...(all ?? [])].map(([route, chain]) => {
    const steps = chain.map((name) => {
      if (open?.get(route)?.includes(name) === true) return name;
      return signedIn?.get(route)?.includes(name) === true ? `${name} ¹` : `${name} ²`;
    });
    return `| ${route} | ${steps.join(' → ')} |`;
  });
  for (const name of [...base, ...[...(all?.values() ?? [])].flat()]) assertFile(name);
  return `Every request, one to an unknown path too: ${base.join(' → ')}, and then by its path:

| route | middlewares, in the order in which they see the request |
| --- | --- |
${rows.join('\n')}

¹ not with \`ENABLE_AUTH=false\` · ² only with \`MCP_UNAUTHENTICATED_METHODS=handshake\` and authentication
`;
}

/** The chain of each route. Paths with one handler share a line. */
function listChains(env: Environment): ReadonlyMap<string, readonly string[]> {
  const { byPath, preflight } = createRoutes(createTestApp({ env }));
  const paths = Map.groupBy(byPath, ([, handler]) => handler);
  return new Map([
    ...[...paths].map(
      ([handler, entries]) =>
        [
          nameRoute(
            handler,
            entries.map(([path]) => path),
          ),
          handler.chain,
        ] as const,
    ),
    ["a browser's CORS preflight", preflight.chain] as const,
  ]);
}

function nameRoute({ chain }: ComposedHandler, paths: readonly string[]): string {
  const method = /^method\((\w+)\)$/.exec(chain[0] ?? '')?.[1] ?? '';
  return paths.map((path) => `\`${method} ${path}\``).join(', ');
}

function assertFile(name: string): void {
  const file = `${name.replace(/\(.*\)$/, '')}.ts`;
  if (!existsSync(join(MIDDLEWARE, file))) throw new Error(`the middleware ${name} is not in lib/middleware/${file}`);
}
