import { readFileSync, writeFileSync } from 'node:fs';

/** Loaded before a measured program: leaves the operating system's account of the process in a file. */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  const peakBytes = (linuxPeakKilobytes() ?? maxRSS) * 1024;
  writeFileSync(process.env['BENCH_USAGE_FILE'] ?? '', `${cpuMs} ${peakBytes}`);
});

/** On Linux maxRSS outlives exec, so that a child of a large parent would show the parent's peak. */
function linuxPeakKilobytes(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return peak === null ? undefined : Number(peak[1]);
}
