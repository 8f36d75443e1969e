interface TickOptions {
  /** Seconds between two ticks. */
  readonly step: number;
  readonly clock: 'local' | 'utc';
}

const DAY = 86_400;

/** A time on an axis, in as few letters as tell it from its neighbours. */
export function tickText(seconds: number, { step, clock }: TickOptions): string {
  const timeZone = clock === 'utc' ? { timeZone: 'UTC' } : {};
  const date = new Date(seconds * 1000);
  const show = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { ...options, ...timeZone }).format(date);
  if (step >= 28 * DAY) return show({ month: 'short', year: 'numeric' });
  const time = show({ hour: '2-digit', minute: '2-digit', ...(step < 60 && { second: '2-digit' }) });
  return step >= DAY || time === '00:00' ? show({ day: 'numeric', month: 'short' }) : time;
}
