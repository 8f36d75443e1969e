import { CannotDeploy } from './template.ts';

/** The folders with the functions' code, by the `S3Key` that the template knows them by. */
export type AssetFolders = ReadonlyMap<string, string>;

export function folderOfAsset(folders: AssetFolders, objectKey: string): string {
  const folder = folders.get(objectKey);
  if (folder !== undefined) return folder;
  throw new CannotDeploy(`nobody says where the code ${objectKey} is`);
}
