import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Paths of the TypeScript files below a folder of the repository that are neither tests nor built. */
export async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(ROOT + folder, { withFileTypes: true }).catch(() => []);
  const nested = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist|test)$/.test(entry.name) ? [] : sourcesIn(path);
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}

/** Text of a file, by its path in the repository. */
export function sourceOf(path: string): Promise<string> {
  return readFile(ROOT + path, 'utf8');
}
