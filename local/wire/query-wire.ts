import { XmlCodec } from '@aws-sdk/core/protocols';
import { COMMON_ERRORS } from './common-errors.ts';
import type { WireProtocol } from './protocol.ts';
import { decodeQueryInput } from './query-input.ts';
import { resolveSchema, SERVICE_SCHEMAS, type ServiceName } from './schemas.ts';
import type { WireAnswer } from './wire-answer.ts';

const HEADERS = { 'content-type': 'text/xml' };

/** The XML namespace of each service that speaks AWS Query; the others never did. */
const NAMESPACES: Readonly<Record<ServiceName, string>> = {
  cloudwatch: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  logs: '',
  cloudtrail: '',
};

/** AWS Query: a form in, XML out. STS speaks it, and CloudWatch with older SDKs. */
export const queryProtocol: WireProtocol = {
  name: 'query',

  async decodeInput(operation, body) {
    return decodeQueryInput(resolveSchema(operation[4]), new URLSearchParams(body.toString('utf8')));
  },

  encodeOutput(operation, output, { service, requestId }) {
    const xmlNamespace = NAMESPACES[service];
    // 5 = ISO 8601, the default timestamp format of the AWS Query protocol.
    const format = { timestampFormat: { useTrait: true, default: 5 }, xmlNamespace } as const;
    const codec = new XmlCodec({ ...format, serviceNamespace: operation[1] });
    const serializer = codec.createSerializer();
    serializer.write(resolveSchema(operation[5]), output ?? {});
    // The codec names the root after the shape; the protocol wants <Op>Response/<Op>Result around its members.
    const members = serializer
      .flush()
      .toString()
      .replace(/^(?:<\?xml[^>]*>)?<[^>]+>/, '')
      .replace(/<\/[^>]+>$/, '');
    const name = operation[2];
    return answerXml(
      200,
      `<${name}Response xmlns="${xmlNamespace}"><${name}Result>${members}</${name}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
    );
  },

  encodeError(error, { service, requestId }, isSignatureStage) {
    const shape = isSignatureStage ? undefined : SERVICE_SCHEMAS[service].errors.get(error.name);
    const common = COMMON_ERRORS[error.name];
    const status = shape?.status ?? common?.queryStatus ?? 400;
    const code = shape?.queryCode ?? common?.queryCode ?? error.name;
    return answerXml(
      status,
      `<ErrorResponse xmlns="${NAMESPACES[service]}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  },
};

function answerXml(status: number, xml: string): WireAnswer {
  return { status, headers: HEADERS, body: Buffer.from(xml) };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
