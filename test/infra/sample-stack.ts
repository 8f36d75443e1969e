import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FlagstoneStack } from '../../lib/flagstone-stack.ts';
import { readContext } from '../../lib/stack/project.ts';
import { readSettings } from '../../lib/stack/settings.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

const FUNCTIONS = readdirSync(path.join(ROOT, 'functions'));

/** The stack with these settings and with functions that do nothing. */
export function sampleStack(settings: Readonly<Record<string, unknown>> = {}): FlagstoneStack {
  const bundles = mkdtempSync(path.join(tmpdir(), 'flagstone-bundles-'));
  for (const name of FUNCTIONS) {
    mkdirSync(path.join(bundles, name));
    writeFileSync(path.join(bundles, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
  const site = path.join(bundles, 'site');
  mkdirSync(site);
  writeFileSync(path.join(site, 'index.html'), '<!doctype html>');
  const app = new App({ context: { ...readContext(ROOT) }, analyticsReporting: false });
  const stack = new FlagstoneStack(app, 'Flagstone', { settings: readSettings(settings), bundles, site });
  rmSync(bundles, { recursive: true });
  return stack;
}

export function sampleTemplate(settings: Readonly<Record<string, unknown>> = {}): Template {
  return Template.fromStack(sampleStack(settings));
}

type Resource = ReturnType<Template['findResources']>[string];

type Properties = Resource[string];

/** Of all resources of a kind. */
export function propertiesOf(template: Template, type: string): Properties[] {
  return Object.values(template.findResources(type)).map((resource) => resource['Properties']);
}
