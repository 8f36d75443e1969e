import { RESOURCE_TYPES, type ResourceType } from '../../local/deploy/resource-types.ts';

const PROPERTIES =
  'nothing is encrypted, backed up, protected from deletion or deleted by age (properties of tables and buckets)';

/** What a local run leaves out of the template, and what is instead: a sentence each. */
export const UNLIKE_AWS: readonly string[] = [
  ...new Set(
    Object.values<ResourceType>(RESOURCE_TYPES).flatMap((type) =>
      type.emulated || type.instead === undefined ? [] : [type.instead],
    ),
  ),
  PROPERTIES,
];
