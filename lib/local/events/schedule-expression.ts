const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;

/** The milliseconds between two runs of `rate(5 minutes)`. */
export function intervalOf(expression: string): number {
  const [, count = '', unit = ''] = RATE.exec(expression) ?? [];
  const interval = Number(count) * (UNITS[unit as keyof typeof UNITS] ?? 0);
  if (interval > 0) return interval;
  throw new Error(`a schedule must be rate(N minutes), rate(N hours) or rate(N days) locally (given ${expression})`);
}
