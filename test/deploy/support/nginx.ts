/** Debian's nginx, configured from a rendered Ingress as the ingress controller would: host, paths, TLS, annotations. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findFreePort } from '../../support/free-port.ts';
import { runCommand } from './command.ts';
import type { Manifest } from './manifests.ts';
import type { StepContext } from './step.ts';
import { waitFor } from './wait-for.ts';

export interface Nginx {
  readonly port: number;
  /** Certificate that it shows, PEM. */
  readonly ca: string;
}

const ANNOTATION = 'nginx.ingress.kubernetes.io/';
const START_MS = 20_000;

export async function startNginx(ingress: Manifest, upstreamPort: number, context: StepContext): Promise<Nginx> {
  const folder = join(context.workDir, 'nginx');
  await mkdir(folder, { recursive: true });
  const port = await findFreePort();
  const [{ host, http }] = ingress.spec.rules;
  if (!ingress.spec.tls[0].hosts.includes(host)) throw new Error(`there is no certificate for ${host}`);
  await makeCertificate(folder, host);
  const locations = http.paths.map(({ path }: { path: string }) => renderLocation(path, ingress, upstreamPort));
  await writeFile(join(folder, 'nginx.conf'), renderConfig(folder, port, host, locations.join('\n')));
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  });
  context.onCleanup(() => child.kill('SIGTERM'));
  await waitFor('nginx', START_MS, () => isOpen(port));
  return { port, ca: await readFile(join(folder, 'tls.crt'), 'utf8') };
}

async function makeCertificate(folder: string, host: string): Promise<void> {
  const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  await runCommand('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files]);
}

function isOpen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

/** pathType Prefix: whole elements of the path. */
function renderLocation(path: string, { metadata }: Manifest, upstreamPort: number): string {
  const note = (name: string, otherwise: string): string => metadata.annotations?.[ANNOTATION + name] ?? otherwise;
  const body = `
      proxy_pass http://127.0.0.1:${upstreamPort};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header Connection "";
      proxy_buffering ${note('proxy-buffering', 'on')};
      proxy_read_timeout ${note('proxy-read-timeout', '60')}s;`;
  return `    location = ${path} {${body}\n    }\n    location ${path}/ {${body}\n    }`;
}

function renderConfig(folder: string, port: number, host: string, locations: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(folder, name)};\n`,
  );
  return `daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 256; }
http {
  access_log off;
${temporary.join('')}  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${host};
    ssl_certificate ${join(folder, 'tls.crt')};
    ssl_certificate_key ${join(folder, 'tls.key')};
${locations}
    location / { return 404; }
  }
}
`;
}
