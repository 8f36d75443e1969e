import { isDeepStrictEqual } from 'node:util';
import type { Clients } from '../clients.ts';
import { readIfThere, writeDurably } from '../durable-file.ts';
import { create, storedDefinitions, type StoredDefinition } from './create-resources.ts';
import type { Definitions } from './definitions.ts';

export interface DeployOptions {
  readonly definitions: Definitions;
  readonly clients: Clients;
  /** Where is noted what has been deployed. */
  readonly record: string;
}

/** Creates what is not there yet. Gives sentences on what the template now says otherwise and stays as it was. */
export async function deploy({ definitions, clients, record }: DeployOptions): Promise<string[]> {
  const deployed = JSON.parse((await readIfThere(record)) ?? '[]') as StoredDefinition[];
  const wanted = storedDefinitions(definitions);
  const known = new Map(deployed.map((definition) => [placeOf(definition), definition]));
  const fresh = wanted.filter((definition) => !known.has(placeOf(definition)));
  for (const definition of fresh) await create(definition, clients);
  const kept = [...deployed, ...(JSON.parse(JSON.stringify(fresh)) as StoredDefinition[])];
  if (fresh.length > 0) await writeDurably(record, JSON.stringify(kept, undefined, 2));
  return [...changed(wanted, known), ...orphaned(wanted, deployed)];
}

function changed(wanted: readonly StoredDefinition[], known: ReadonlyMap<string, StoredDefinition>): string[] {
  return wanted
    .filter((definition) => {
      const before = known.get(placeOf(definition));
      return before !== undefined && !isDeepStrictEqual(before, JSON.parse(JSON.stringify(definition)));
    })
    .map(
      (definition) =>
        `the ${placeOf(definition)} is now described otherwise, and stays as it was created; start with another --data for the new form`,
    );
}

function orphaned(wanted: readonly StoredDefinition[], deployed: readonly StoredDefinition[]): string[] {
  const places = new Set(wanted.map(placeOf));
  const gone = deployed.map(placeOf).filter((place) => !places.has(place));
  return gone.map((place) => `the ${place} is no longer described, and is kept with what is in it`);
}

function placeOf({ kind, name }: StoredDefinition): string {
  return `${kind} ${name}`;
}
