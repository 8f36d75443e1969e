/** What a command may use of the process it runs in; `process` is one. */
export interface Host {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Seconds, of a clock that never goes back. */
  uptime(): number;
  once(event: HostEvent, listener: () => void): unknown;
  off(event: HostEvent, listener: () => void): unknown;
}

/** Who listens to a signal keeps its first arrival from ending the process; the next one ends it. */
type HostEvent = 'exit' | 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Standard output or standard error: a terminal, a file or a pipe. */
export interface Screen extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}
