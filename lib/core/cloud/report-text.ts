/** A report as it is written: for people as much as for programs. */
export function reportText(report: object): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
