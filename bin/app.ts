import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FlagstoneStack } from '../lib/flagstone-stack.ts';
import { bundleFunctions } from '../lib/stack/function-bundles.ts';
import { builtDashboard, projectRoot } from '../lib/stack/project.ts';
import { readSettings, SettingsError } from '../lib/stack/settings.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  new FlagstoneStack(app, app.node.tryGetContext('stack') ?? 'Flagstone', {
    settings: readSettings(app.node.tryGetContext('flagstone')),
    bundles: bundleFunctions(projectRoot()),
    site: builtDashboard(projectRoot()),
  });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
