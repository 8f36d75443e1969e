import type { ObjectCreated, ObjectCreatedListener } from './object-created.ts';
import type { Ledger } from './storage/ledger.ts';
import type { PendingEvent } from './storage/stored-object.ts';

/** Tells of created objects: what the ledger says was not acknowledged when somebody begins to listen, then what happens. */
export class CreatedEvents {
  readonly #ledger: Ledger;
  #listener: ObjectCreatedListener | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  listen(listener: ObjectCreatedListener): void {
    if (this.#listener !== undefined) throw new Error('somebody listens already to what S3 tells of created objects');
    this.#listener = listener;
    const events = [...this.#ledger.catalogue.events.values()];
    for (const event of events.toSorted((a, b) => (a.sequencer < b.sequencer ? -1 : 1))) this.tell(event);
  }

  tell(event: PendingEvent): void {
    this.#listener?.({ ...published(event), acknowledge: () => this.#acknowledge(event) });
  }

  #acknowledge({ sequencer }: PendingEvent): Promise<void> {
    return this.#ledger.commit(`event:${sequencer}`, ({ events }) =>
      events.has(sequencer) ? [{ do: 'acknowledge', sequencer }] : [],
    );
  }
}

function published(event: PendingEvent): Omit<ObjectCreated, 'acknowledge'> {
  const { id, at, bucket, key, size, etag, sequencer, requestId, reason } = event;
  return {
    id,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size, etag, sequencer },
      'request-id': requestId,
      requester: 'local',
      'source-ip-address': '127.0.0.1',
      reason,
    },
  };
}
