/**
 * kube-apiserver, kube-controller-manager and, where it is missing, kubectl, built from their Go modules into the user's
 * cache folder: there is no other registry of them than those of images. Ten minutes of two cores, once for each version.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { CACHE, isOnPath } from './tools.ts';

/** Kubernetes of EKS at the time; its staging modules carry the same version without the leading 1. */
const VERSION = '1.35.4';
const STAGING = `0.${VERSION.slice(2)}`;
const FOLDER = join(CACHE, `kube-${VERSION}`);
const BUILD_TIMEOUT_MS = 5_400_000;

const PROGRAMS: Readonly<Record<string, { readonly imports: string; readonly command: string }>> = {
  'kube-apiserver': { imports: 'k8s.io/kubernetes/cmd/kube-apiserver/app', command: 'app.NewAPIServerCommand()' },
  'kube-controller-manager': {
    imports: 'k8s.io/kubernetes/cmd/kube-controller-manager/app',
    command: 'app.NewControllerManagerCommand()',
  },
  kubectl: { imports: 'k8s.io/kubectl/pkg/cmd', command: 'cmd.NewDefaultKubectlCommand()' },
};

/** Custom resources that the manifests use: modules of their operators, and the files in them. */
const CRDS = [
  {
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    folder: 'config/crds/bases',
    files: ['external-secrets.io_externalsecrets.yaml', 'external-secrets.io_secretstores.yaml'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    folder: 'example/prometheus-operator-crd',
    files: ['monitoring.coreos.com_servicemonitors.yaml', 'monitoring.coreos.com_prometheusrules.yaml'],
  },
] as const;

export interface KubeBinaries {
  readonly apiServer: string;
  readonly controllerManager: string;
  /** Folder of the CRD files. */
  readonly crds: string;
}

/** Builds what is missing. @throws where Go or the modules cannot be had */
export async function provideKubeBinaries(): Promise<KubeBinaries> {
  const crds = join(FOLDER, 'crds');
  await mkdir(crds, { recursive: true });
  const wanted = Object.keys(PROGRAMS).filter((name) => name !== 'kubectl' || !isOnPath('kubectl'));
  const missing = wanted.filter((name) => !existsSync(join(FOLDER, name)));
  if (missing.length > 0) await build(missing);
  if (wanted.includes('kubectl')) process.env.PATH = `${process.env.PATH}:${FOLDER}`;
  await fetchCrds(crds);
  return {
    apiServer: join(FOLDER, 'kube-apiserver'),
    controllerManager: join(FOLDER, 'kube-controller-manager'),
    crds,
  };
}

async function build(names: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-build-'));
  try {
    await writeFile(join(folder, 'go.mod'), await renderModule());
    for (const name of names) {
      console.log(`       building ${name} ${VERSION}, once; this takes minutes`);
      await writeMain(join(folder, name), name);
      await compile(folder, name);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The requirements of Kubernetes' own go.mod, whose staging modules are required at their releases instead of replaced. */
async function renderModule(): Promise<string> {
  const described = await runCommand('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${VERSION}`]);
  const { GoMod } = JSON.parse(described) as { readonly GoMod: string };
  const text = await readFile(GoMod, 'utf8');
  const requirements = [...text.matchAll(/^require \([\s\S]*?^\)/gm)].map(([block]) =>
    block.replaceAll(/ v0\.0\.0$/gm, ` v${STAGING}`),
  );
  const goVersion = /^go .+$/m.exec(text)?.[0] ?? 'go 1.25.0';
  return `module kubetest\n\n${goVersion}\n\n${requirements.join('\n')}\nrequire k8s.io/kubernetes v${VERSION}\n`;
}

async function writeMain(folder: string, name: string): Promise<void> {
  const program = PROGRAMS[name];
  if (program === undefined) throw new Error(`no program ${name}`);
  await mkdir(folder);
  const imports = ['os', 'k8s.io/component-base/cli', program.imports].map((path) => `"${path}"`);
  const text = `package main\n\nimport (\n${imports.join('\n')}\n_ "k8s.io/component-base/logs/json/register"\n)\n\nfunc main() { os.Exit(cli.Run(${program.command})) }\n`;
  await writeFile(join(folder, 'main.go'), text);
}

/** Into a name of its own first: a build that was broken off must not look like a program. */
async function compile(folder: string, name: string): Promise<void> {
  const version = 'k8s.io/component-base/version';
  const [major, minor] = VERSION.split('.');
  const flags = [
    `-X ${version}.gitVersion=v${VERSION}`,
    `-X ${version}.gitMajor=${major}`,
    `-X ${version}.gitMinor=${minor}`,
  ];
  const unfinished = join(FOLDER, `${name}.unfinished`);
  await runCommand('go', ['build', '-ldflags', `-s -w ${flags.join(' ')}`, '-o', unfinished, `./${name}`], {
    cwd: folder,
    env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false' },
    timeoutMs: BUILD_TIMEOUT_MS,
  });
  await rename(unfinished, join(FOLDER, name));
}

async function fetchCrds(target: string): Promise<void> {
  const present = new Set(await readdir(target));
  for (const { module, folder, files } of CRDS) {
    const missing = files.filter((file) => !present.has(file));
    if (missing.length === 0) continue;
    const described = await runCommand('go', ['mod', 'download', '-json', module]);
    const { Dir } = JSON.parse(described) as { readonly Dir: string };
    for (const file of missing) await cp(join(Dir, folder, file), join(target, file));
  }
}
