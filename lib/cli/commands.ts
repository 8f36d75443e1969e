import type { Command } from './command.ts';

interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Loaded only when called: starting one command must not cost the time to load the others. */
export const COMMANDS = {
  detect: {
    summary: 'flag the anomalous purchases of a log',
    load: async () => (await import('./detect.ts')).detect,
  },
  start: {
    summary: 'run the whole system on this machine, without AWS',
    load: async () => (await import('./start.ts')).start,
  },
  status: {
    summary: 'tell how a running system is, and how far behind',
    load: async () => (await import('./status.ts')).status,
  },
  dashboard: {
    summary: 'serve the dashboard from its sources, for who works on it',
    load: async () => (await import('./dashboard.ts')).dashboard,
  },
  stop: {
    summary: 'stop the local run',
    load: async () => (await import('./stop.ts')).stop,
  },
  init: {
    summary: 'make a data folder ready, or look at a deployed stack',
    load: async () => (await import('./init.ts')).init,
  },
  send: {
    summary: 'put the events of a stream log on the stream',
    load: async () => (await import('./send.ts')).send,
  },
  produce: {
    summary: 'make up transactions, on the stream or in a file',
    load: async () => (await import('./produce.ts')).produce,
  },
  train: {
    summary: 'train the model of transactions anew',
    load: async () => (await import('./train.ts')).train,
  },
  profiles: {
    summary: 'learn the habits of all users anew',
    load: async () => (await import('./profiles.ts')).profiles,
  },
  evaluate: {
    summary: 'tell how well the transaction detector finds the anomalies of a file',
    load: async () => (await import('./evaluate.ts')).evaluate,
  },
  stream: {
    summary: 'stream a series of points, and have each judged',
    load: async () => (await import('./stream.ts')).stream,
  },
  flagged: {
    summary: 'print the flagged purchases, also as they appear',
    load: async () => (await import('./flagged.ts')).flagged,
  },
  redrive: {
    summary: 'put back what functions gave up on',
    load: async () => (await import('./redrive.ts')).redrive,
  },
  delete: {
    summary: 'remove the data of a network, a user or a client',
    load: async () => (await import('./delete.ts')).deleteCommand,
  },
  parameters: {
    summary: 'list or change D and T of the networks',
    load: async () => (await import('./parameters.ts')).parameters,
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandName = keyof typeof COMMANDS;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
