import { CONFIG_PATH } from '../../core/api/site.ts';
import { OPEN_TO_ALL, readSiteConfig, type SiteConfig } from '../../core/api/site-config.ts';
import { UsageError } from '../usage-error.ts';

export interface PageAddress {
  readonly host: '127.0.0.1' | 'localhost';
  /** 0: any free one. */
  readonly port: number;
  /** Whether no other port would do. */
  readonly isOnly: boolean;
}

interface Wished {
  /** Where the system is. */
  readonly backend: string;
  /** Undefined: the user has not said. */
  readonly port: number | undefined;
}

const USUAL_PORT = 5173;
const LOCAL_PAGE = /^http:\/\/localhost:(\d+)\/$/;

/**
 * Where the pages are to be served so that they can be used: where people sign in, they can come back only to addresses that
 * the stack has named. @throws UsageError
 */
export async function findPageAddress({ backend, port }: Wished): Promise<PageAddress> {
  const { signIn } = await readConfig(backend);
  if (signIn === null) return { host: '127.0.0.1', port: port ?? USUAL_PORT, isOnly: false };
  const [allowed] = signIn.pages.flatMap((page) => LOCAL_PAGE.exec(page)?.[1] ?? []).map(Number);
  if (allowed === undefined) {
    throw new UsageError(
      `nobody can sign in to ${backend} from this machine: deploy the stack with the setting localDashboardPort, such as ${USUAL_PORT}, or open ${backend}`,
    );
  }
  if (port === undefined || port === allowed) return { host: 'localhost', port: allowed, isOnly: true };
  throw new UsageError(`--port must be ${allowed}: the stack lets people sign in from no other (given ${port})`);
}

/** Whoever does not say how to sign in is of an earlier version: it answered every path with its page. */
async function readConfig(backend: string): Promise<SiteConfig> {
  const response = await fetch(new URL(CONFIG_PATH, backend));
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return response.ok && isJson ? readSiteConfig(await response.json()) : OPEN_TO_ALL;
}
