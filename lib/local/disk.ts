import { statfs } from 'node:fs/promises';
import type { Component } from './status.ts';

const MEGABYTE = 1_000_000;
/** A stand-in that cannot write refuses what it is sent; with so little left, that is near. */
const LEAST_BYTES = 100 * MEGABYTE;

/** How the disk is on which a folder is. */
export async function checkDisk(folder: string): Promise<Component> {
  const { bavail, bsize } = await statfs(folder);
  return diskComponent(bavail * bsize);
}

export function diskComponent(freeBytes: number): Component {
  const free = `${Math.floor(freeBytes / MEGABYTE)} MB free`;
  if (freeBytes >= LEAST_BYTES) return { name: 'disk', healthy: true, detail: free };
  return { name: 'disk', healthy: false, detail: `${free}; make room, and everything goes on by itself` };
}
