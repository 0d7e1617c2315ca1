/** What is held of many users in many regions: clients up to a bound, and the sockets of one. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../../local/scenario.ts';
import { withSockets } from '../client-base.ts';
import { createClientStore } from './client-store.ts';
import { SessionClients } from './session-clients.ts';

const MAX_CLIENTS = 10;
const USERS = 8;
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1', 'sa-east-1'];

const sockets = new Set<Socket>();
const server = createServer((request, response) => {
  sockets.add(request.socket);
  request.resume();
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{"logGroups":[]}');
});
let endpoint = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

it('users times regions are no more clients than may be, all by the sockets of one', async () => {
  const store = createClientStore({ maxClients: MAX_CLIENTS });
  const way = withSockets({ endpoint });
  const ask = ({ logs }: ReturnType<SessionClients['of']>) => logs.send(new DescribeLogGroupsCommand({}));
  const first = new SessionClients({ store, way, credentials: AMBIENT_CREDENTIALS });
  const lent = first.of('us-east-1');
  const { logs } = lent;
  for (let user = 0; user < USERS; user += 1) {
    const clients = new SessionClients({ store, way, credentials: AMBIENT_CREDENTIALS });
    for (const region of REGIONS) {
      expect(await ask(clients.of(region))).toMatchObject({ logGroups: [] });
      expect(store.size).toBeLessThanOrEqual(MAX_CLIENTS);
    }
  }
  expect(store.size).toBe(MAX_CLIENTS);
  // Forgotten long ago, and still as good as new for the call that has it.
  expect(await logs.send(new DescribeLogGroupsCommand({}))).toMatchObject({ logGroups: [] });
  expect(sockets.size).toBe(1);
  way.requestHandler.destroy();
});
