import type { FlaggedLine, RejectedLine } from '../../core/network/log-reader.ts';

/** One of the places that are told what a run finds. */
export interface Outlet {
  readonly flagged?: (flagged: FlaggedLine) => void;
  readonly rejected?: (rejected: RejectedLine, log: string) => void;
  /** Called between the chunks of the logs, so that what is told does not pile up. */
  flush(): Promise<void>;
  /** The run went well. */
  finish(): Promise<void>;
  /** The run went wrong: nothing half done may stay. */
  discard(): Promise<void>;
}
