import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FaultBoard, parseFaultRules } from '../faults.ts';
import { sendJson } from './send-answer.ts';

/** `/__faults`: POST arms a rule or an array of rules, GET lists what is armed, DELETE disarms all. Loopback only. */
export function controlFaults(
  message: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  faults: FaultBoard,
): void {
  const remote = message.socket.remoteAddress ?? '';
  if (!/^(?:::ffff:)?127\.|^::1$/.test(remote)) {
    sendJson(response, 403, { error: 'Faults are for loopback only → call from the same host' });
    return;
  }
  try {
    if (message.method === 'DELETE') faults.clear();
    if (message.method === 'POST') for (const rule of parseFaultRules(body.toString('utf8'))) faults.add(rule);
    sendJson(response, 200, faults.list());
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : 'not JSON' });
  }
}
