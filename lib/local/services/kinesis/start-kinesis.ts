import { isClientGone, listen } from '../loopback.ts';
import { answer } from './answer.ts';
import { Streams } from './storage/streams.ts';
import { TwoProtocolServer } from './two-protocols.ts';

export interface KinesisOptions {
  readonly folder: string;
  /** 0: any free port. */
  readonly port: number;
  /** Milliseconds since 1970; the clock if not given. */
  readonly now?: () => number;
  /** Told of faults of this Kinesis itself. */
  readonly onFault?: (error: unknown) => void;
}

export interface LocalKinesis {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** A small Kinesis: streams of shards in a folder, an append-only log each. No resharding, no consumers with fan-out. */
export async function startKinesis(options: KinesisOptions): Promise<LocalKinesis> {
  const { folder, port, now = Date.now, onFault = () => undefined } = options;
  const streams = await Streams.open(folder, now);
  const twoProtocols = new TwoProtocolServer((request, response) => {
    answer(streams, request, response).catch((error: unknown) => {
      if (!isClientGone(error)) onFault(error);
    });
  });
  const stop = async (): Promise<void> => {
    await twoProtocols.close();
    await streams.close();
  };
  try {
    return { endpoint: await listen(twoProtocols.server, 'Kinesis', port), stop };
  } catch (error) {
    await streams.close();
    throw error;
  }
}
