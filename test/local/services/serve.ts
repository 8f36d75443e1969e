import { startServices } from '../../../lib/local/services/start-services.ts';

// A process to be killed: starts the services on the folder it is given, and tells their addresses on a line.
const { endpoints } = await startServices({ folder: process.argv[2]! });
process.stdout.write(`${JSON.stringify(endpoints)}\n`);
