/** How well clusters fit the labels of the messages that they were made of. */

import { clusterMessages } from '../../lib/domain/logs/patterns/log-clusters.ts';
import { toTemplate } from '../../lib/domain/logs/patterns/message-template.ts';
import { finish } from './finish.ts';
import type { LabelledMessage } from './labelled-logs.ts';

/** Share of a label's messages that one cluster must hold to have found it. */
const FOUND_SHARE = 0.95;

export interface ClusterFigures {
  readonly messages: number;
  readonly labels: number;
  /** Labels that have a cluster of their own with nearly all of their messages and no others. */
  readonly found: number;
  readonly clusters: number;
  /** Share of messages that stand in a cluster with the label that most of it has. */
  readonly purity: number;
}

export function measureClusters(messages: readonly LabelledMessage[]): ClusterFigures {
  const clusters = finish(
    clusterMessages(messages.map(({ text }) => ({ text, template: toTemplate(text), counts: [1] }))),
  );
  const sizes = countBy(messages.map(({ label }) => label));
  const found = new Set<string>();
  let fitting = 0;
  for (const { members } of clusters) {
    const labels = countBy(members.map((member) => messages[member]?.label ?? ''));
    const [label, count] = [...labels].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0]);
    fitting += count;
    if (labels.size === 1 && count >= FOUND_SHARE * (sizes.get(label) ?? 0)) found.add(label);
  }
  return {
    messages: messages.length,
    labels: sizes.size,
    found: found.size,
    clusters: clusters.length,
    purity: fitting / messages.length,
  };
}

function countBy(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
