/**
 * Stands in the functions' bundles for the SDK's own search for credentials, a fifth of a bundle: it also looks into files,
 * asks other services and signs in, while Lambda gives a function its role's credentials in the environment.
 */
export function defaultProvider(): () => Promise<Credentials> {
  return async () => ({
    accessKeyId: read('AWS_ACCESS_KEY_ID'),
    secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env['AWS_SESSION_TOKEN'],
  });
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is missing`);
  return value;
}
