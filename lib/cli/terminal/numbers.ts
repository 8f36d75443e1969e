/** 1616129 as 1,616,129. Not by Intl, which takes longer to load than a small log takes to read. */
export function withThousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 event`, `501,000 events`. */
export function counted(count: number, noun: string): string {
  return `${withThousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Events, or what else the noun says, a second; a run too short for the clock is taken as a millisecond. */
export function rate(count: number, seconds: number, noun = 'event'): string {
  return `${withThousands(Math.round(count / Math.max(seconds, 0.001)))} ${noun}s/s`;
}
