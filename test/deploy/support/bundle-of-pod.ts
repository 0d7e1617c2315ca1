/**
 * The bundle, run as the pod of a Deployment would be that an API server holds: variables out of `env`, secrets and config
 * maps, mounted config maps as files. What a kubelet adds is added here: the fields of the downward API.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandResult, runCommand, tryCommand } from './command.ts';
import type { KubeApi, KubeObject } from './kube-api.ts';
import type { StepContext } from './step.ts';

export interface PodBundle {
  /** As the Deployment is now. */
  readEnv(): Promise<Record<string, string>>;
  /** `node server.mjs --doctor` in it. */
  examine(more?: Readonly<Record<string, string>>): Promise<CommandResult>;
}

export async function buildBundleOfPod(
  { root, workDir }: StepContext,
  api: KubeApi,
  namespace: string,
): Promise<PodBundle> {
  await runCommand(process.execPath, [join(root, 'esbuild.config.mjs'), '--outdir', workDir]);
  const core = `/api/v1/namespaces/${namespace}`;

  async function readEnv(): Promise<Record<string, string>> {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/cloudwatch-mcp`;
    const { spec } = (await api.get(path)).spec.template;
    const [container] = spec.containers;
    const env: Record<string, string> = {};
    for (const { name, value, valueFrom } of container.env) {
      env[name] = valueFrom === undefined ? value : await readSource(valueFrom);
    }
    return inFiles(env, spec, container);
  }

  async function readSource({ secretKeyRef, fieldRef }: KubeObject): Promise<string> {
    if (fieldRef?.fieldPath === 'metadata.namespace') return namespace;
    const { data } = await api.get(`${core}/secrets/${secretKeyRef.name}`);
    return Buffer.from(data[secretKeyRef.key], 'base64').toString();
  }

  /** Writes mounted config maps below the folder of the run, and leads variables that name a mount there. */
  async function inFiles(env: Record<string, string>, spec: KubeObject, container: KubeObject) {
    const led = { ...env };
    for (const { name, configMap } of spec.volumes) {
      if (configMap === undefined) continue;
      const { mountPath } = container.volumeMounts.find((mount: KubeObject) => mount.name === name);
      const folder = join(workDir, 'mounts', name);
      await mkdir(folder, { recursive: true });
      const { data } = await api.get(`${core}/configmaps/${configMap.name}`);
      for (const [file, text] of Object.entries<string>(data)) await writeFile(join(folder, file), text);
      for (const [variable, value] of Object.entries(led)) led[variable] = value.replace(mountPath, folder);
    }
    return led;
  }

  return {
    readEnv,
    async examine(more = {}) {
      // Nothing of this machine's own environment: the pod has none of it.
      const nothing = Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
      const env = { ...nothing, AWS_EC2_METADATA_DISABLED: 'true', ...(await readEnv()), ...more };
      return tryCommand(process.execPath, [join(workDir, 'server.mjs'), '--doctor'], { env });
    },
  };
}
