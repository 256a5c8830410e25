import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** Paths, from the repository's root, of the TypeScript files below a folder that are neither tests nor built. */
export function sourcesIn(folder: string): string[] {
  // What a link leads to is no part of the folder: packages have each other in `node_modules`, in circles.
  return readdirSync(resolve(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist', 'test'].includes(entry.name) ? [] : sourcesIn(path);
    return /(?<!\.spec)\.ts$/.test(path) ? [path] : [];
  });
}

/** Text of a file of the repository. */
export const sourceOf = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
