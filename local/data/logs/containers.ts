import { LOG_GROUPS, SHOP } from '../../scenario.ts';
import type { IncidentPhase, LogWorld } from './incident.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, trafficAt } from './minute-writer.ts';
import { hexDigits, integerBetween, pick, type Random } from './random.ts';

export const ECS_STREAMS = [
  `ecs/${SHOP.ecsService}/0b7e3f6a9c1d4e58`,
  `ecs/${SHOP.ecsService}/d41c8a7720ee4f3b`,
] as const;

const EKS_NODES = ['ip-10-0-11-24.ec2.internal', 'ip-10-0-12-87.ec2.internal', 'ip-10-0-13-140.ec2.internal'] as const;

const PODS = [
  'web-6c9d7f8b5-4xk2p',
  'web-6c9d7f8b5-q8z7m',
  'catalog-7f6b54c9d-h2vwn',
  'orderworker-5d8c9f7b6-zt4kc',
] as const;

/** A service that writes plain text at start-up and JSON in use. */
export function ecsEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.ecs, ({ random, minuteEpochMs, write }) => {
    const count = Math.round(6 * trafficAt(minuteEpochMs));
    for (let index = 0; index < count; index += 1) {
      const offsetMs = random() * 59_900;
      const stream = pick(random, ECS_STREAMS);
      if (random() < 0.3) {
        const line = `${new Date(minuteEpochMs + offsetMs).toISOString()} INFO  [recommender] health check ok, heap ${integerBetween(random, 180, 260)} MB`;
        write(offsetMs, stream, line);
        continue;
      }
      const isWarning = random() < 0.02;
      const record = {
        level: isWarning ? 'warn' : 'info',
        msg: isWarning ? 'model cache missed' : 'recommended',
        user: `cust-${integerBetween(random, 1_000, 1_400)}`,
        products: integerBetween(random, 3, 12),
        tookMs: Math.round(8 + random() * 40),
        tags: ['recommendations', pick(random, ['a', 'b'])],
      };
      write(offsetMs, stream, JSON.stringify(record));
    }
  });
}

/** Container logs of the EKS cluster as the CloudWatch agent's Fluent Bit writes them. */
export function eksEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.eks, ({ random, phase, minuteEpochMs, write }) => {
    const count = Math.round(12 * trafficAt(minuteEpochMs));
    for (let index = 0; index < count; index += 1) {
      const offsetMs = random() * 59_900;
      const pod = pick(random, PODS);
      const host = pick(random, EKS_NODES);
      const container = pod.slice(0, pod.indexOf('-'));
      const { isError, log } = describeContainer(container, random, phase);
      const record = {
        time: new Date(minuteEpochMs + offsetMs).toISOString(),
        stream: isError ? 'stderr' : 'stdout',
        _p: 'F',
        log,
        kubernetes: {
          pod_name: pod,
          namespace_name: SHOP.eksNamespace,
          container_name: container,
          host,
          container_image: `111122223333.dkr.ecr.us-east-1.amazonaws.com/${container}:4.8.${integerBetween(random, 0, 1)}`,
          pod_id: `${hexDigits(random, 8)}-0000-4000-a000-000000000000`,
          labels: { app: container, 'app.kubernetes.io/part-of': 'shop' },
        },
      };
      write(offsetMs, `${host}-application.var.log.containers.${pod}`, JSON.stringify(record));
    }
  });
}

/** What a container says: the shop front meets failing checkouts, the worker does not get orders off the queue any more. */
function describeContainer(container: string, random: Random, phase: IncidentPhase): { isError: boolean; log: string } {
  if (container === 'web' && phase.isFailing && random() < 0.3) {
    const status = pick(random, [502, 504]);
    return {
      isError: true,
      log: `level=error msg="upstream failed" upstream=${SHOP.api} path=/checkout status=${status}`,
    };
  }
  if (container === 'orderworker') {
    const isError = phase.isQueueGrowing && random() < 0.7;
    const order = `queue=${SHOP.queue} order=ord-${integerBetween(random, 100_000, 999_999)}`;
    const message = isError
      ? 'level=error msg="order put back, no database connection"'
      : 'level=info msg="order taken"';
    return { isError, log: `${message} ${order}` };
  }
  const path = pick(random, ['/', '/products', '/basket']);
  return {
    isError: false,
    log: `level=info msg="request served" path=${path} status=200 took=${integerBetween(random, 4, 90)}ms`,
  };
}

/** Names of the streams that {@link eksEvents} writes to. */
export function eksStreams(): readonly string[] {
  return EKS_NODES.flatMap((host) => PODS.map((pod) => `${host}-application.var.log.containers.${pod}`));
}
