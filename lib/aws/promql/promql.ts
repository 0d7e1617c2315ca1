import { GetOTelEnrichmentCommand } from '@aws-sdk/client-cloudwatch';
import { createSlices, type Slices } from '../../domain/async/slices.ts';
import { AppError } from '../../errors.ts';
import type { AwsConnection } from '../connection.ts';
import type { PromqlAnswer, PromqlPort, PromqlScope } from '../ports/promql.ts';
import { readBody, readLabelSets, readNames, readOrThrow, readResult, readWarnings } from './promql-body.ts';
import { type PromqlForm, type PromqlRequest, sendPromql } from './promql-send.ts';

/** QueryMetrics is no IAM action: AWS asks for both of these (User Guide, "IAM permissions for PromQL"). */
const QUERY_ACTIONS = 'cloudwatch:GetMetricData and cloudwatch:ListMetrics';
const LIST_ACTION = 'cloudwatch:ListMetrics';

export function createPromqlPort(aws: AwsConnection): PromqlPort {
  async function ask<Value>(
    action: string,
    request: PromqlRequest,
    read: (data: unknown, slices: Slices) => Promise<Value>,
    signal: AbortSignal,
  ): Promise<PromqlAnswer<Value>> {
    return await aws.call(
      action,
      signal,
      async ({ cloudwatch }, options) => {
        const { bytes, $metadata } = await sendPromql(cloudwatch, request, options);
        return await readOrThrow(async () => {
          const slices = createSlices();
          const body = await readBody(bytes, slices);
          return { value: await read(body.data, slices), warnings: readWarnings(body), $metadata };
        }, $metadata);
      },
      { isCallersQuery: true, feature: 'PromQL' },
    );
  }

  return {
    query({ query, epochMs, limit }, signal) {
      const form = [['query', query], ['time', writeSeconds(epochMs)], writeLimit(limit)] as const;
      return ask(QUERY_ACTIONS, { method: 'POST', path: 'query', form }, readResult, signal);
    },

    queryRange({ query, startEpochMs, endEpochMs, stepSeconds, limit }, signal) {
      const form = [
        ['query', query],
        ['start', writeSeconds(startEpochMs)],
        ['end', writeSeconds(endEpochMs)],
        ['step', String(stepSeconds)],
        writeLimit(limit),
      ] as const;
      return ask(QUERY_ACTIONS, { method: 'POST', path: 'query_range', form }, readResult, signal);
    },

    listSeries(scope, signal) {
      const form = writeScope(scope);
      return ask(LIST_ACTION, { method: 'POST', path: 'series', form }, readLabelSets, signal);
    },

    listLabelNames(scope, signal) {
      const form = writeScope(scope);
      return ask(LIST_ACTION, { method: 'POST', path: 'labels', form }, readNames, signal);
    },

    async listLabelValues(label, scope, signal) {
      const path = `label/${escapeSegment(label)}/values`;
      return await ask(LIST_ACTION, { method: 'GET', path, form: writeScope(scope) }, readNames, signal);
    },

    async isEnriched(signal) {
      const { Status } = await aws.call('cloudwatch:GetOTelEnrichment', signal, ({ cloudwatch }, options) =>
        cloudwatch.send(new GetOTelEnrichmentCommand({}), options),
      );
      return Status === 'Running';
    },
  };
}

function writeScope({ match, startEpochMs, endEpochMs, limit }: PromqlScope): PromqlForm {
  return [
    // One parameter for each: a selector may hold commas.
    ...match.map((selector) => ['match[]', selector] as const),
    ['start', writeSeconds(startEpochMs)],
    ['end', writeSeconds(endEpochMs)],
    writeLimit(limit),
  ];
}

function writeSeconds(epochMs: number): string {
  return String(epochMs / 1_000);
}

function writeLimit(limit: number): readonly [string, string] {
  return ['limit', String(limit)];
}

function escapeSegment(label: string): string {
  if (label === '.' || label === '..') {
    throw new AppError(
      'invalid_input',
      `label_name ${label} is not a label → take one that get_promql_labels gives, e.g. __name__.`,
    );
  }
  return encodeURIComponent(label.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
