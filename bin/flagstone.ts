#!/usr/bin/env node
import { constants } from 'node:os';
import { runCommandLine } from '../lib/cli/command-line.ts';

// A reader that has seen enough (`flagstone … | head`) is no failure of ours.
for (const screen of [process.stdout, process.stderr]) {
  screen.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Leaving through process.exit runs the 'exit' listeners, which remove what is half written.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

process.exit(await runCommandLine(process.argv.slice(2), process));
