import * as z from 'zod/mini';

/** What the dashboard asks before anything else, at `CONFIG_PATH`: whether there is sign-in, and where. */

const httpsAddress = z
  .string()
  .check(z.regex(/^https:\/\/[\w.-]+(?:\/[\w/-]+)?$/, 'must be an https: address without a slash at its end'));

function someOf<Item extends z.core.SomeType>(item: Item) {
  return z.array(item).check(z.minLength(1));
}

const signIn = z.strictObject({
  /** Whose tokens they are, such as `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1`. */
  issuer: httpsAddress,
  /** Where people sign in, such as `https://flagstone-1a2b.auth.eu-west-1.amazoncognito.com`. */
  domain: httpsAddress,
  clientId: z.string().check(z.minLength(1)),
  scopes: someOf(z.string().check(z.minLength(1))),
  /** The pages that people may come back to, signed in: the dashboard first. */
  pages: someOf(z.string().check(z.regex(/^https?:\/\/[\w.:-]+\/$/, 'must be an address with a slash at its end'))),
});

/** `signIn` is null where everybody is let in: on the machine that the system itself runs on. */
const siteConfig = z.strictObject({ signIn: z.nullable(signIn) });

export type SignIn = z.infer<typeof signIn>;
export type SiteConfig = z.infer<typeof siteConfig>;

export const OPEN_TO_ALL: SiteConfig = { signIn: null };

/** @throws Error that names what is wrong with it */
export function readSiteConfig(given: unknown): SiteConfig {
  const read = siteConfig.safeParse(given);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Error(`the configuration of the dashboard is wrong: ${faults.join('; ')} (given ${JSON.stringify(given)})`);
}
