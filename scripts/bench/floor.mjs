/** The floor of the protocol figures: a bare HTTP server that parses the JSON it gets and answers a JSON of the given size. */
import { createServer } from 'node:http';

const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: 'x'.repeat(Number(process.argv[2])) });

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
