/** Why a client has closed. */
export type ClosedReason =
  /** Its owner has closed it, or has ended it after the last answer. */
  | 'ended'
  /** Another connection has the same client id now. */
  | 'taken over'
  /** The server does not accept the client: its id, its window, or who it is. */
  | 'refused'
  /** The server cannot be reached, or does not answer, for too long. */
  | 'gave up';

/** The client is closed, so that nothing can be sent any more. */
export class SeriesClosed extends Error {
  override readonly name = 'SeriesClosed';
  readonly reason: ClosedReason;
  /** With which the server has refused, if it has. */
  readonly status: number | undefined;

  constructor(reason: ClosedReason, message: string, status?: number) {
    super(message);
    this.reason = reason;
    this.status = status;
  }
}
