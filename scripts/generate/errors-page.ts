import { ERRORS } from '../../lib/errors.ts';

const INTRO = `# Errors

Generated from the table in \`lib/errors.ts\` by \`npm run generate\`; do not edit.

Every failure has one of these codes. Its text is written for the person or model that reads it, says what was wrong
and after an arrow what to do next, and never holds a token, an ARN or a foreign message. One exception: what CloudWatch
says about the caller's own query is given, cleaned and cut to 300 characters.

**HTTP plane**: the status below. On \`/mcp\` and \`/\` the body is a JSON-RPC error with \`id: null\`, elsewhere
\`{"error", "error_description", "requestId"}\`. **Tool plane**: always HTTP 200; the result has \`isError: true\` and its
text begins with \`Error: \`.

`;

/** The text of docs/errors.md. */
export function renderErrorsPage(): string {
  const rows = Object.entries(ERRORS).map(([code, error]) => {
    const where = error.plane === 'http' ? `HTTP ${error.status}` : 'tool';
    return `| \`${code}\` | ${where} | ${error.kind} | ${error.retryable ? 'yes' : 'no'} | ${error.meaning} |`;
  });
  return `${INTRO}| code | where | kind | worth a retry | meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
