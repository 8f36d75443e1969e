import type { AssetFolders } from './assets.ts';
import { defineFunctions } from './define-functions.ts';
import { defineHttp } from './define-http.ts';
import { defineSockets } from './define-sockets.ts';
import { defineBuckets, defineStreams, defineTables } from './define-storage.ts';
import { defineMappings, defineRules } from './define-triggers.ts';
import type { Definitions } from './definitions.ts';
import { DeployedTemplate } from './deployed-template.ts';
import type { Template } from './template.ts';

/** What names of resources start with. */
const PREFIX = 'flagstone';

/** Reads what a template describes. @throws CannotDeploy where the local run would have to do what it cannot */
export function define(template: Template, folders: AssetFolders): Definitions {
  const deployed = new DeployedTemplate(template, PREFIX);
  return {
    tables: defineTables(deployed),
    streams: defineStreams(deployed),
    buckets: defineBuckets(deployed),
    functions: defineFunctions(deployed, folders),
    mappings: defineMappings(deployed),
    rules: defineRules(deployed),
    sockets: defineSockets(deployed),
    http: defineHttp(deployed),
    outputs: deployed.outputs(),
  };
}
