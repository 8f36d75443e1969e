export type KinesisErrorCode =
  | 'ExpiredIteratorException'
  | 'InternalFailure'
  | 'InvalidArgumentException'
  | 'LimitExceededException'
  | 'ResourceInUseException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** Goes to the client as Kinesis words it. */
export class KinesisError extends Error {
  override readonly name = 'KinesisError';
  readonly code: KinesisErrorCode;

  constructor(code: KinesisErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function noSuchStream(name: string): KinesisError {
  return new KinesisError('ResourceNotFoundException', `Stream ${name} under account ${ACCOUNT} not found.`);
}

export const ACCOUNT = '000000000000';
