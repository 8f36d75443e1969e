/** A stream of records; those of one key keep the order in which they were put. */
export interface EventStream {
  /** Puts one record and comes back when the stream has it. A lost reply shows as an error: the record may be there twice. */
  put(record: StreamRecord): Promise<void>;
}

export interface StreamRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}
