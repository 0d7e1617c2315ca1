/** Prints how well log messages are clustered, service by service, on labelled sets that are made up here. */
import { makeLabelledSets } from '../../test/support/labelled-logs.ts';
import { measureClusters } from '../../test/support/measure-clusters.ts';

const MESSAGES_PER_SERVICE = 5_000;
const SEED = 1;

const sets = [
  ...makeLabelledSets(SEED, MESSAGES_PER_SERVICE),
  {
    service: 'all together',
    messages: makeLabelledSets(SEED, MESSAGES_PER_SERVICE).flatMap(({ messages }) => messages),
  },
];
console.log('service         | messages | purity | templates found | clusters | µs a message');
for (const { service, messages } of sets) {
  const startedMs = performance.now();
  const { labels, found, clusters, purity } = measureClusters(messages);
  const microseconds = ((performance.now() - startedMs) / messages.length) * 1_000;
  console.log(
    [
      service.padEnd(15),
      String(messages.length).padStart(8),
      purity.toFixed(4),
      `${found} of ${labels}`.padStart(15),
      String(clusters).padStart(8),
      microseconds.toFixed(1).padStart(12),
    ].join(' | '),
  );
}
