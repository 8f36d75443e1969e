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
// A command that listens to a signal itself (once) decides what it means; the next one ends the process after all.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
  });
}

// Which versions of Node the AWS SDK goes on to support is for us to follow, not for who runs a command.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

process.exit(await runCommandLine(process.argv.slice(2), process));
