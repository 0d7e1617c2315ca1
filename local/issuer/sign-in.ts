/** The sign-in page: one button per sample user. A `login_hint` that names one signs in without the page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { readBody } from '../wire/read-body.ts';
import { findUser, SAMPLE_USERS } from './users.ts';

const MAX_FORM_BYTES = 1_024;

export async function serveSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  provider: Provider,
): Promise<void> {
  const { params, prompt } = await provider.interactionDetails(request, response);
  // Nobody is asked: the grant holds what was requested.
  if (prompt.name === 'consent') return provider.interactionFinished(request, response, { consent: {} });
  const user = findUser(request.method === 'POST' ? await readChoice(request) : params.login_hint);
  if (user !== undefined) {
    return provider.interactionFinished(request, response, { login: { accountId: user.subject } });
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(renderPage());
}

async function readChoice(request: IncomingMessage): Promise<string | null> {
  const body = await readBody(request, MAX_FORM_BYTES);
  return new URLSearchParams(body?.toString('utf8')).get('user');
}

function renderPage(): string {
  const buttons = SAMPLE_USERS.map(
    ({ subject, name, accounts }) =>
      `<p><button name="user" value="${subject}">${name}</button> ${accounts.join(' and ') || 'no account'}</p>`,
  );
  return `<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1><p>An imitation for development.</p><form method="post">${buttons.join('')}</form></html>`;
}
