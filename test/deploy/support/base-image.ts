/**
 * A stand-in for the official Node image where no image registry can be reached: this machine's Node, the libraries it
 * needs, npm, busybox and the users of the original, in an image of its own name.
 */
import { cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand } from './command.ts';
import { BASE_TAG, type Containers } from './containers.ts';

const FOLDERS = [
  'bin',
  'etc/ssl/certs',
  'usr/bin',
  'usr/local/bin',
  'usr/local/lib/node_modules',
  'tmp',
  'root',
  'home/node',
];
const MOUNT_POINTS = ['proc', 'sys', 'dev', 'run'];
const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n';
const GROUP = 'root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n';
const CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export async function buildBaseImage({ buildah }: Containers): Promise<void> {
  const container = (await buildah(['from', 'scratch'])).trim();
  const root = (await buildah(['mount', container])).trim();
  for (const folder of [...FOLDERS, ...MOUNT_POINTS]) await mkdir(join(root, folder), { recursive: true });
  await runCommand('chmod', ['1777', join(root, 'tmp')]);
  await runCommand('chown', ['1000:1000', join(root, 'home/node')]);
  await copyNode(root);
  await copyNpm(root);
  await copyBusybox(root);
  await writeFile(join(root, 'etc/passwd'), PASSWD);
  await writeFile(join(root, 'etc/group'), GROUP);
  await cp(await realpath(CA_BUNDLE), join(root, CA_BUNDLE));
  await buildah(['umount', container]);
  await buildah(['config', '--env', `PATH=${PATH}`, '--cmd', '["node"]', container]);
  await buildah(['commit', '-q', '--format', 'docker', container, BASE_TAG]);
  await buildah(['rm', container]);
}

/** The program, the libraries that it is linked with, and those that name resolution loads by itself. */
async function copyNode(root: string): Promise<void> {
  const node = await realpath(process.execPath);
  await cp(node, join(root, 'usr/local/bin/node'));
  const linked = [...(await runCommand('ldd', [node])).matchAll(/(\/lib\S+)/g)].map(([path]) => path);
  const libc = linked.find((path) => path.includes('/libc.so'));
  if (libc === undefined) throw new Error('This Node is not linked with glibc.');
  const late = ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2'].map((name) => join(dirname(libc), name));
  for (const path of [...linked, ...late]) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await cp(await realpath(path), join(root, path));
  }
}

async function copyNpm(root: string): Promise<void> {
  const cli = await realpath((await runCommand('sh', ['-c', 'command -v npm'])).trim());
  await cp(dirname(dirname(cli)), join(root, 'usr/local/lib/node_modules/npm'), { recursive: true, dereference: true });
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, 'usr/local/bin', name));
  }
}

/** sh, sleep, env and the like. */
async function copyBusybox(root: string): Promise<void> {
  const busybox = (await runCommand('sh', ['-c', 'command -v busybox'])).trim();
  await cp(await realpath(busybox), join(root, 'bin/busybox'));
  await runCommand('chroot', [root, '/bin/busybox', '--install', '-s', '/bin']);
  await symlink('/bin/busybox', join(root, 'usr/bin/env'));
}

/** npm's settings inside of the build: this machine's registry and authorities, whatever they are; no credentials. */
export async function writeBuildNpmrc(path: string): Promise<void> {
  const registry = (await runCommand('npm', ['config', 'get', 'registry'])).trim();
  await writeFile(path, `registry=${new URL(registry).origin}${new URL(registry).pathname}\ncafile=${CA_BUNDLE}\n`);
  await readFile(CA_BUNDLE);
}
