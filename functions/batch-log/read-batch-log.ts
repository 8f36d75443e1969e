import { accept, quote, reject, type Parsed } from '../../lib/core/events/event.ts';
import { parseLogHeader } from '../../lib/core/events/log-header.ts';
import { splitHeader } from '../../lib/core/events/split-header.ts';
import { LONGEST_ID_BYTES, isTooLong } from '../../lib/core/cloud/id-text.ts';
import { MOST_TRACKED } from '../../lib/core/cloud/commits.ts';
import { LogReader, type RejectedLine } from '../../lib/core/network/log-reader.ts';
import { NetworkDetector } from '../../lib/core/network/network-detector.ts';

export interface BatchLogReading {
  readonly keptFor: (tracked: number) => number;
  readonly onRejected: (rejected: RejectedLine) => void;
  /** Called now and then; reading goes on after it. */
  readonly onProgress: (events: number) => Promise<void>;
}

export interface ReadBatchLog {
  readonly detector: NetworkDetector;
  readonly events: number;
}

/** Reads a batch log into a network, or tells why it is none. */
export async function readBatchLog(
  chunks: AsyncIterable<Uint8Array>,
  { keptFor, onRejected, onProgress }: BatchLogReading,
): Promise<Parsed<ReadBatchLog>> {
  const { line, lineNumber, rest } = await splitHeader(chunks);
  if (line === '') return reject(`the log is empty; ${ADVICE}`);
  const header = parseLogHeader(line);
  if (!header.ok) return reject(`line ${lineNumber}: ${header.reason}; ${ADVICE}`);
  if (header.value.tracked > MOST_TRACKED) {
    return reject(`line ${lineNumber}: T must be at most ${MOST_TRACKED} in the cloud (given ${header.value.tracked})`);
  }
  const detector = new NetworkDetector({ ...header.value, kept: keptFor(header.value.tracked) });
  const reader = new LogReader({ detector, judge: false, firstLine: lineNumber + 1, onRejected });
  for await (const chunk of rest) {
    reader.read(chunk);
    await onProgress(reader.events);
  }
  reader.end();
  const tooLong = firstOverlongId(detector);
  if (tooLong !== undefined) {
    return reject(`a user's id must be at most ${LONGEST_ID_BYTES} bytes in the cloud (given ${quote(tooLong)})`);
  }
  return accept({ detector, events: reader.events });
}

const ADVICE = 'the first line must hold D and T, such as {"D":"3", "T":"50"}';

function firstOverlongId({ userCount, engine }: NetworkDetector): string | undefined {
  for (let user = 0; user < userCount; user++) {
    const id = engine.ids.idOf(user);
    if (isTooLong(id)) return id;
  }
  return undefined;
}
