import { withChallenge } from '../../lib/auth/challenge.ts';
import { AppError, ERRORS, type ErrorCode } from '../../lib/errors.ts';
import { PATHS } from '../../lib/http/paths.ts';
import { renderRefusal } from '../../lib/http/refusal.ts';

const INTRO = `# Errors

Generated from the table in \`lib/errors.ts\` by \`npm run generate\`; do not edit.

Every failure has one of these codes. Its text is written for the person or model that reads it, says what was wrong
and after an arrow what to do next, and never holds a token, an ARN or a foreign message. One exception: what CloudWatch
says about the caller's own query is given, cleaned and cut to 300 characters.

**As a status of HTTP** the body is \`{"error", "error_description", "requestId"}\`; on \`/mcp\` and \`/\` it is a JSON-RPC error
with \`id: null\` and the code of the third column, but for a token that is not taken, which has the first form there too.
**As the result of a tool** HTTP says 200; the result has \`isError: true\` and its text begins with \`Error: \`. A code may
appear as both: ¹ with \`MCP_UNAUTHENTICATED_METHODS=handshake\` a tool call without a valid token is answered as a tool answers.

`;

/** The text of docs/errors.md. */
export function renderErrorsPage(): string {
  const rows = (Object.keys(ERRORS) as ErrorCode[]).map((code) => {
    const { planes, status, kind, retryable, meaning } = ERRORS[code];
    const isOfHttp = planes.includes('http');
    const isOfTools = planes.includes('tool');
    const where = [...(isOfHttp ? [`HTTP ${status}`] : []), ...(isOfTools ? [isOfHttp ? 'tool ¹' : 'tool'] : [])];
    const cells = [
      where.join(', '),
      isOfHttp ? describeBody(code, isOfTools) : '',
      kind,
      retryable ? 'yes' : 'no',
      meaning,
    ];
    return `| \`${code}\` | ${cells.join(' | ')} |`;
  });
  const head =
    '| code | where | body on `/mcp` | kind | worth a retry | meaning |\n| --- | --- | --- | --- | --- | --- |';
  return `${INTRO}${head}\n${rows.join('\n')}\n`;
}

/** Of the answer that the program itself gives there. */
function describeBody(code: ErrorCode, isOfTokens: boolean): string {
  const error = new AppError(code, 'x');
  const refusal = isOfTokens ? withChallenge(error, { resourceUrl: 'https://mcp.example.com/mcp', scopes: [] }) : error;
  const { body } = renderRefusal(refusal, { rawPath: PATHS.mcp, requestId: 'x' });
  const json: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
  if (typeof json !== 'object' || json === null || !('error' in json)) throw new Error(`no body for ${code}`);
  const { error: shown } = json;
  const rpcCode = typeof shown === 'object' && shown !== null && 'code' in shown ? shown.code : undefined;
  return typeof rpcCode === 'number' ? `\`${rpcCode}\`` : '`{"error", …}`';
}
