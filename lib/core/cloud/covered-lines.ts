import type { CoveredLines } from './commit-body.ts';

/** Adds a line to what is covered: to its source's last lines, if it follows on them. A gap may be what was given up. */
export function addLine(covered: CoveredLines[], source: string, offset: number): void {
  const at = covered.findLastIndex((lines) => lines.source === source);
  const last = covered[at];
  if (last?.next === offset) covered[at] = { ...last, next: offset + 1 };
  else covered.push({ source, first: offset, next: offset + 1 });
}
