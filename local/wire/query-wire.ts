import { XmlCodec } from '@aws-sdk/core/protocols';
import type { StaticOperationSchema } from '@smithy/types';
import type { AwsServiceError } from '../types.ts';
import { COMMON_ERRORS } from './common-errors.ts';
import { resolveSchema, SERVICE_SCHEMAS } from './schemas.ts';
import type { WireAnswer } from './wire-answer.ts';

const STS_XML_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const HEADERS = { 'content-type': 'text/xml' };
/** 5 = ISO 8601, the default timestamp format of the AWS Query protocol. */
const codec = new XmlCodec({
  timestampFormat: { useTrait: true, default: 5 },
  xmlNamespace: STS_XML_NAMESPACE,
  serviceNamespace: 'com.amazonaws.sts',
});

export function encodeQueryOutput(operation: StaticOperationSchema, output: unknown, requestId: string): WireAnswer {
  const schema = resolveSchema(operation[5]);
  const serializer = codec.createSerializer();
  serializer.write(schema, output ?? {});
  // The codec names the root after the shape; the protocol wants <Op>Response/<Op>Result around its members.
  const members = serializer
    .flush()
    .toString()
    .replace(/^(?:<\?xml[^>]*>)?<[^>]+>/, '')
    .replace(/<\/[^>]+>$/, '');
  const name = operation[2];
  return answerXml(
    200,
    `<${name}Response xmlns="${STS_XML_NAMESPACE}"><${name}Result>${members}</${name}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
  );
}

/** `isSignatureStage` tells the expired security token of the caller from the expired web identity token of an input. */
export function encodeQueryError(error: AwsServiceError, requestId: string, isSignatureStage: boolean): WireAnswer {
  const shape = isSignatureStage ? undefined : SERVICE_SCHEMAS.sts.errors.get(error.name);
  const common = COMMON_ERRORS[error.name];
  const status = shape?.status ?? common?.queryStatus ?? 400;
  const code = shape?.queryCode ?? common?.queryCode ?? error.name;
  return answerXml(
    status,
    `<ErrorResponse xmlns="${STS_XML_NAMESPACE}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

function answerXml(status: number, xml: string): WireAnswer {
  return { status, headers: HEADERS, body: Buffer.from(xml) };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
