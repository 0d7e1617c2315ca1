/** The floor of the protocol figures: a bare HTTP server that parses the JSON it gets and answers a JSON of the given size. */
import { createServer } from 'node:http';

/** The path says how many characters: `/600`. */
const answers = new Map();

function answerOf(path) {
  const known = answers.get(path);
  if (known !== undefined) return known;
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: 'x'.repeat(Number(path.slice(1))) });
  answers.set(path, answer);
  return answer;
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const answer = answerOf(request.url);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
