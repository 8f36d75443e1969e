import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RunStatus } from './status.ts';

/** Long enough for a machine under load. */
const LONGEST_WAIT_MS = 15_000;

/** @throws where the run does not answer */
export async function askForStatus(endpoint: string): Promise<RunStatus> {
  return JSON.parse(await call(endpoint, 'GET', '/status')) as RunStatus;
}

/** Comes back when the wish is heard; the run ends after that. @throws where the run does not answer */
export async function wishToStop(endpoint: string): Promise<void> {
  await call(endpoint, 'POST', '/stop');
}

function call(...[endpoint, method, path]: [endpoint: string, method: string, path: string]): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, endpoint), { method, agent: false }, (response) => {
      const { statusCode = 0 } = response;
      text(response).then((body) => (statusCode < 300 ? resolve(body) : reject(new Error(body))), reject);
    });
    sent.setTimeout(LONGEST_WAIT_MS, () => sent.destroy(new Error(`${endpoint} has not answered`)));
    sent.once('error', reject);
    sent.end();
  });
}
