/**
 * What an API server would say of an object: unknown fields and wrong types by the OpenAPI types of the Kubernetes client,
 * missing fields and wrong values by JSON Schemas, those of custom resources included.
 */

import * as client from '@kubernetes/client-node';
import { ExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import { PrometheusRule, ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Role, RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import type { Manifest } from './manifests.ts';

interface Model {
  validate(): void;
}

interface Kind {
  /** Name of the type in the client; custom resources have none there. */
  readonly type?: string;
  readonly model: new (data: never) => Model;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'v1/Service': { type: 'V1Service', model: Service },
  'v1/ServiceAccount': { type: 'V1ServiceAccount', model: ServiceAccount },
  'apps/v1/Deployment': { type: 'V1Deployment', model: Deployment },
  'policy/v1/PodDisruptionBudget': { type: 'V1PodDisruptionBudget', model: PodDisruptionBudget },
  'autoscaling/v2/HorizontalPodAutoscaler': { type: 'V2HorizontalPodAutoscaler', model: HorizontalPodAutoscaler },
  'networking.k8s.io/v1/NetworkPolicy': { type: 'V1NetworkPolicy', model: NetworkPolicy },
  'networking.k8s.io/v1/Ingress': { type: 'V1Ingress', model: Ingress },
  'rbac.authorization.k8s.io/v1/Role': { type: 'V1Role', model: Role },
  'rbac.authorization.k8s.io/v1/RoleBinding': { type: 'V1RoleBinding', model: RoleBinding },
  'external-secrets.io/v1/ExternalSecret': { model: ExternalSecret },
  'monitoring.coreos.com/v1/ServiceMonitor': { model: ServiceMonitor },
  'monitoring.coreos.com/v1/PrometheusRule': { model: PrometheusRule },
};

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

/** All faults; empty for a good object. */
export function validateManifest(manifest: Manifest): string[] {
  const kind = KINDS[`${manifest.apiVersion}/${manifest.kind}`];
  if (kind === undefined) return [`${manifest.apiVersion} ${manifest.kind} is not a kind that this project uses`];
  const faults: string[] = [];
  if (kind.type !== undefined) compare(kind.type, manifest, manifest.kind, faults);
  try {
    new kind.model(manifest as never).validate();
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  return faults;
}

function compare(type: string, value: unknown, path: string, faults: string[]): void {
  if (value === undefined || value === null) {
    faults.push(`${path}: empty`);
    return;
  }
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item !== undefined) {
    if (!Array.isArray(value)) faults.push(`${path}: must be a list`);
    else for (const [index, entry] of value.entries()) compare(item, entry, `${path}[${index}]`, faults);
    return;
  }
  const entryType = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (entryType !== undefined) {
    if (!isMap(value)) faults.push(`${path}: must be a map`);
    else for (const [key, entry] of Object.entries(value)) compare(entryType, entry, `${path}.${key}`, faults);
    return;
  }
  if (type === 'string' || type === 'number' || type === 'boolean') {
    if (typeof value !== type) faults.push(`${path}: must be a ${type}, is a ${typeof value}`);
    return;
  }
  const attributes = attributesOf(type);
  if (attributes === undefined) return;
  if (!isMap(value)) {
    faults.push(`${path}: must be an object`);
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    const attribute = attributes.find(({ baseName }) => baseName === key);
    if (attribute === undefined) faults.push(`${path}: unknown field ${key}`);
    else compare(attribute.type, entry, `${path}.${key}`, faults);
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for types without attributes: any, IntOrString, Date. */
function attributesOf(type: string): readonly Attribute[] | undefined {
  const found = (client as unknown as Record<string, { getAttributeTypeMap?: () => readonly Attribute[] }>)[type];
  return found?.getAttributeTypeMap?.();
}
