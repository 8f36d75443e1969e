import type { Meter } from './meter.ts';

/**
 * Milliseconds that a function takes for a run: the processor's, and what it waits for. By this a busy machine counts as a
 * quiet one; what the simulated services take of the processor is not the function's.
 */
export async function functionTime(meter: Meter, run: () => Promise<void>): Promise<number> {
  const loop = performance.eventLoopUtilization();
  const processor = process.cpuUsage();
  const simulated = meter.simulationMs;
  await run();
  const { idle } = performance.eventLoopUtilization(loop);
  const { user, system } = process.cpuUsage(processor);
  return idle + (user + system) / 1000 - (meter.simulationMs - simulated);
}
