import { counted, rate, withThousands } from '../terminal/numbers.ts';

export interface Totals {
  readonly events: number;
  readonly flagged: number;
  readonly rejected: number;
}

export function summary({ events, flagged, rejected }: Totals, seconds: number): string {
  const found = `${counted(events, 'event')}, ${withThousands(flagged)} flagged, ${withThousands(rejected)} rejected`;
  return `${found} in ${seconds.toFixed(2)} s (${rate(events, seconds)})`;
}
