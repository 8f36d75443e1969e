/** Whether the first line of a log is meant as a header, right or wrong, and not as an event: so that it is a batch log. */
export function isHeader(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && ('D' in value || 'T' in value) && !('event_type' in value);
  } catch {
    return false;
  }
}
