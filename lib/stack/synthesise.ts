import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { FlagstoneStack } from '../flagstone-stack.ts';
import { bundleFunctions } from './function-bundles.ts';
import { builtDashboard, projectRoot, readContext } from './project.ts';
import { readSettings } from './settings.ts';

interface SynthesisOptions {
  /** Where the cloud assembly is written; a temporary folder if left out. */
  readonly outdir?: string;
  /** Settings that replace those in cdk.json. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface SynthesisedStack {
  readonly template: Template;
  /** The folders with the functions' code, by the `S3Key` that the template has for them. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/**
 * What `cdk synth` makes of the stack, in this process and without the validators.
 * @throws SettingsError
 */
export function synthesise({ outdir, settings }: SynthesisOptions = {}): SynthesisedStack {
  const root = projectRoot();
  const context = readContext(root);
  const app = new App({
    context: { ...context },
    ...(outdir !== undefined && { outdir }),
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new FlagstoneStack(app, 'Flagstone', {
    settings: readSettings({ ...(context['flagstone'] as object), ...settings }),
    bundles: bundleFunctions(root),
    site: builtDashboard(root),
  });
  const assembly = app.synth();
  const { template } = assembly.getStackArtifact(stack.artifactId);
  return { template: template as Template, assets: assetFolders(stack, assembly.directory) };
}

interface AssetManifest {
  readonly files: Readonly<Record<string, AssetFile>>;
}

interface AssetFile {
  readonly source: { readonly path: string; readonly packaging: 'file' | 'zip' };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

function assetFolders(stack: Stack, directory: string): Map<string, string> {
  const manifest = path.join(directory, `${stack.artifactId}.assets.json`);
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as AssetManifest;
  const folders = Object.values(files).filter(({ source }) => source.packaging === 'zip');
  return new Map(
    folders.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, path.join(directory, source.path)] as const),
    ),
  );
}
