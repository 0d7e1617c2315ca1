/** Imports the bundle as the Lambda runtime does and invokes its handler once, without a streaming runtime. */
const [, , bundlePath] = process.argv;
const { handler } = await import(bundlePath);
const result = await handler(
  {
    version: '2.0',
    rawPath: '/health',
    rawQueryString: '',
    headers: { host: 'abc.lambda-url.us-east-1.on.aws' },
    requestContext: {
      requestId: 'invocation-1',
      domainName: 'abc.lambda-url.us-east-1.on.aws',
      http: { method: 'GET', path: '/health', sourceIp: '192.0.2.7' },
    },
    isBase64Encoded: false,
  },
  { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 30_000 },
);
process.stdout.write(`${JSON.stringify({ statusCode: result.statusCode, body: JSON.parse(result.body) })}\n`);
