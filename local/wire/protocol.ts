import type { StaticOperationSchema } from '@smithy/types';
import type { AwsServiceError } from '../types.ts';
import type { ServiceName } from './schemas.ts';
import type { WireAnswer } from './wire-answer.ts';

export interface AnswerTarget {
  readonly service: ServiceName;
  readonly requestId: string;
}

export type ProtocolName = 'json' | 'query' | 'cbor';

/** One wire protocol of AWS: how requests are read and answers written. */
export interface WireProtocol {
  readonly name: ProtocolName;
  /** @throws SerializationException for what the protocol cannot read */
  decodeInput(operation: StaticOperationSchema, body: Buffer): Promise<unknown>;
  encodeOutput(operation: StaticOperationSchema, output: unknown, target: AnswerTarget): WireAnswer;
  /** `isSignatureStage` tells an expired token of the caller from one in the input, where a protocol has one code for both. */
  encodeError(error: AwsServiceError, target: AnswerTarget, isSignatureStage: boolean): WireAnswer;
}
