import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SettingsError } from '../../lib/stack/settings.ts';
import { synthesise } from '../../lib/stack/synthesise.ts';

const outdir = mkdtempSync(path.join(tmpdir(), 'flagstone-synthesis-'));
const { template, assets } = synthesise({ outdir, settings: { degrees: 7 } });

afterAll(() => rmSync(outdir, { recursive: true }));

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}

const functions = Object.values(template.Resources)
  .filter(({ Type }) => Type === 'AWS::Lambda::Function')
  .map(({ Properties }) => Properties as unknown as FunctionProperties);

function bundleOf({ Code }: FunctionProperties): string {
  return readFileSync(path.join(assets.get(Code.S3Key) ?? '', 'index.mjs'), 'utf8');
}

describe('the stack, synthesised in process', () => {
  test('comes with the code of each function', () => {
    expect(functions.length).toBeGreaterThanOrEqual(6);
    for (const bundled of functions) expect(bundleOf(bundled)).toMatch(/\bas handler\b/);
  });

  test('has the settings that replace those in cdk.json', () => {
    for (const { Environment } of functions) expect(Environment.Variables['DEFAULT_DEGREES']).toBe('7');
  });

  test('has no bundle that takes long to load', () => {
    const sizes = functions.map((bundled) => bundleOf(bundled).length);
    // That of the API holds the schemas.
    expect(Math.max(...sizes)).toBeLessThan(650_000);
  });

  test('goes where it is told to', () => {
    expect(existsSync(path.join(outdir, 'Flagstone.template.json'))).toBe(true);
  });

  test('is not made of settings that are wrong', () => {
    expect(() => synthesise({ settings: { shards: 0 } })).toThrow(SettingsError);
  });
});
