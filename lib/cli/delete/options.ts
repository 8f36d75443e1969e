import { CONNECT_OPTIONS } from '../connect/options.ts';
import type { OptionTable } from '../options.ts';

export const DELETE_OPTIONS = {
  network: { value: 'NAME', help: 'the network to remove; with --user, the only one that the user is removed from' },
  user: { value: 'USER', help: 'the user to remove, from all networks and transactions unless --network is given' },
  client: { value: 'CLIENT', help: 'the client of series to remove' },
  yes: { help: 'does not ask whether it is meant; needed where there is no terminal to ask on' },
  json: { help: 'one JSON object, for programs' },
  quiet: { help: 'shows no progress' },
  ...CONNECT_OPTIONS,
} as const satisfies OptionTable;
