/** The program on a real port, and a real MCP client that asks it for a chart and for the same figures. */
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { startServer } from './start-server.ts';

const METRIC = {
  namespace: 'AWS/Lambda',
  metric_name: 'Duration',
  dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
  statistic: 'p99',
  start_time: '-3h',
  period: 300,
};
interface Series {
  readonly unit: string;
  readonly datapoints: readonly { readonly time: string; readonly value: number }[];
}

export interface Chart {
  readonly html: string;
  readonly series: Series;
}

export async function askForChart(): Promise<Chart> {
  const server = await startServer();
  const client = new Client({ name: 'browser-checks', version: '1' });
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
    const drawn = await client.callTool({ name: 'get_metric_chart', arguments: { ...METRIC, format: 'html' } });
    const told = await client.callTool({ name: 'get_metric_data', arguments: METRIC });
    const resource = drawn.content.flatMap((part) => (part.type === 'resource' ? [part.resource] : []))[0];
    assert(resource !== undefined && 'text' in resource, JSON.stringify(drawn.content).slice(0, 500));
    assert.equal(resource.mimeType, 'text/html');
    assert.match(resource.uri, /^ui:\/\//);
    const { series } = told.structuredContent as { readonly series: readonly Series[] };
    assert(series[0] !== undefined, JSON.stringify(told.content).slice(0, 500));
    return { html: resource.text, series: series[0] };
  } finally {
    await client.close();
    await server.close();
  }
}
