/** What AWS would be asked for and would charge. */
export class Meter {
  readonly requests = new Map<string, number>();
  readUnits = 0;
  writeUnits = 0;
  bytesOut = 0;
  bytesIn = 0;
  /** Bytes of the largest item that was written. */
  largestItem = 0;
  /** Milliseconds that the simulated services took of the processor: not the program's. */
  simulationMs = 0;

  count(operation: string, bytesOut: number, bytesIn: number): void {
    this.requests.set(operation, (this.requests.get(operation) ?? 0) + 1);
    this.bytesOut += bytesOut;
    this.bytesIn += bytesIn;
  }

  requestsOf(operation: string): number {
    return this.requests.get(operation) ?? 0;
  }

  get dynamoRequests(): number {
    let total = 0;
    for (const [operation, count] of this.requests) if (!operation.startsWith('S3')) total += count;
    return total;
  }

  reset(): void {
    this.requests.clear();
    this.readUnits = 0;
    this.writeUnits = 0;
    this.bytesOut = 0;
    this.bytesIn = 0;
    this.largestItem = 0;
    this.simulationMs = 0;
  }
}
