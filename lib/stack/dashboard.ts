import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CustomResource, Duration, FileSystem, Stack } from 'aws-cdk-lib';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import type { OriginSecret } from '../constructs/origin-secret.ts';
import type { SignIn } from '../constructs/sign-in.ts';
import { Website } from '../constructs/website.ts';
import { ASSETS_PATH, CONFIG_PATH, contentSecurityPolicy } from '../core/api/site.ts';
import type { SignIn as SignInOfPages } from '../core/api/site-config.ts';
import type { FunctionScope } from './function-scope.ts';

interface DashboardProps {
  /** The folder of the dashboard as it is built. */
  readonly site: string;
  readonly api: Api;
  /** WebSocket APIs by the names of their stages, which are their paths, too. */
  readonly sockets: Readonly<Record<string, Api>>;
  readonly signIn: SignIn;
  readonly originSecret: OriginSecret | undefined;
}

interface Api {
  readonly apiId: string;
}

/** The dashboard, and under its name the APIs that it uses. */
export function addDashboard(functions: FunctionScope, props: DashboardProps): Website {
  const { scope, resources, settings } = functions;
  const { site, api, sockets, signIn, originSecret } = props;
  const { region, urlSuffix } = Stack.of(scope);
  const hostOf = ({ apiId }: Api): string => `${apiId}.execute-api.${region}.${urlSuffix}`;
  const website = new Website(scope, 'Website', {
    files: resources.site,
    originSecret,
    webAclArn: settings.webAclArn,
    assetsPath: ASSETS_PATH,
    configPath: CONFIG_PATH,
    // Pages get their tokens where people sign in.
    contentSecurityPolicy: contentSecurityPolicy(signIn.configuration.domain),
    apis: {
      '/api/*': hostOf(api),
      ...Object.fromEntries(Object.entries(sockets).map(([stage, socket]) => [`/${stage}`, hostOf(socket)])),
    },
  });
  const { localDashboardPort: port } = settings;
  const local = port === undefined ? [] : [`http://localhost:${port}/`];
  const pages = [`https://${website.distributionDomainName}/`, ...local];
  for (const page of pages) signIn.returnTo(page);
  const { scopes, ...configuration } = signIn.configuration;
  publishFiles(functions, site, { ...configuration, scopes: [...scopes], pages });
  return website;
}

/** CloudFormation has a function put the files into the bucket, whenever they have changed. */
function publishFiles({ scope, resources, common }: FunctionScope, site: string, signIn: SignInOfPages): void {
  const { environment, folder, ...setting } = common('dashboard-files');
  const withSite = joinFolders(folder, site);
  const publisher = new FlagstoneFunction(scope, 'DashboardFiles', {
    ...setting,
    folder: withSite,
    environment: { ...environment, SITE_BUCKET: resources.site.bucketName },
    // CloudFormation tells whoever deploys.
    failures: undefined,
    // The site is for everybody.
    key: undefined,
    memoryMB: 256,
    timeout: Duration.minutes(1),
    errors: { userLoses: 'Nothing yet: a deployment of the dashboard failed, and the old one stays.', periods: 1 },
  });
  rmSync(withSite, { recursive: true });
  publisher.allowObjects({
    bucket: resources.site,
    actions: ['s3:PutObject'],
    keys: ['*'],
    because: 'the names of the files change with their content',
  });
  new CustomResource(scope, 'PublishedFiles', {
    resourceType: 'Custom::DashboardFiles',
    serviceToken: publisher.functionArn,
    serviceTimeout: Duration.minutes(5),
    properties: { Files: FileSystem.fingerprint(site), SignIn: signIn },
  });
}

/** The function's bundle with the files beside it; what is made of it is copied at once. */
function joinFolders(bundle: string, site: string): string {
  if (!existsSync(path.join(site, 'index.html'))) {
    throw new Error(`the dashboard is not built: ${site} holds no index.html; run npm run build:dashboard`);
  }
  const joined = mkdtempSync(path.join(tmpdir(), 'flagstone-dashboard-'));
  cpSync(bundle, joined, { recursive: true });
  cpSync(site, path.join(joined, 'site'), { recursive: true });
  return joined;
}
