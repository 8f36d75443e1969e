/** Where what a function has failed on for good is kept. */
export interface FailureStore {
  /** Comes back when it is there. */
  keep(bucket: string, record: FailureRecord): Promise<void>;
}

export interface FailureRecord {
  readonly key: string;
  readonly body: string;
}

/** `2026/11/21/2026-11-21T12.00.00`, as Lambda names such objects. */
export function dayAndTime(date: Date): string {
  const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
  return `${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}`;
}
