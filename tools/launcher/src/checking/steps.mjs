// @ts-check
import { LauncherError } from '../errors.mjs';

/** Types are looked at again where something changed: `tsc` keeps what it knows. @param {string} program @param {string[]} more */
const types = (program, ...more) => [
  program,
  '--noEmit',
  '--incremental',
  '--tsBuildInfoFile',
  `node_modules/.cache/types${more.at(-1)?.replaceAll('/', '-') ?? ''}.tsbuildinfo`,
  ...more,
];

/**
 * What `npm run check` looks at. Commands run in `folder` (default: the root) with the workspace's programs.
 * @type {ReadonlyArray<{ name: string, command: readonly string[], folder?: string, environment?: Record<string, string> }>}
 */
export const CHECKS = [
  { name: 'types', command: types('tsc', '-p', 'tsconfig.json') },
  { name: 'types of the tools', command: types('tsc', '-p', 'tools/tsconfig.json') },
  { name: 'types of the design system', command: types('vue-tsc'), folder: 'libs/ui' },
  { name: 'types of the portal', command: types('vue-tsc'), folder: 'apps/portal' },
  { name: 'types of the console', command: types('vue-tsc'), folder: 'apps/console' },
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'format', command: ['prettier', '--check', '.', '--cache', '--cache-strategy', 'content'] },
  { name: 'boundaries', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'apps', 'libs'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'generated client', command: ['node', 'libs/api-client/check.mjs'] },
  {
    name: 'API document',
    command: ['redocly', 'lint', '--format=summary', 'libs/api-client/openapi.json'],
    environment: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  },
  { name: 'licences', command: ['node', 'tools/licences/check.mjs'] },
  { name: 'requirements', command: ['node', 'tools/requirements/generate.mjs', '--check'] },
  { name: 'no papers', command: ['node', 'tools/requirements/no-papers.mjs'] },
];

/**
 * Those that are named, by the whole name or its first words: `types` are all of the types.
 * @param {readonly string[]} names
 * @throws {LauncherError} for a name that no check has
 */
export function chooseChecks(names) {
  /** @param {string} name @param {string} check */
  const means = (name, check) => `${check} `.startsWith(`${name} `);
  const unknown = names.filter((name) => !CHECKS.some((check) => means(name, check.name)));
  if (unknown.length > 0) {
    const known = CHECKS.map(({ name }) => `"${name}"`).join(', ');
    throw new LauncherError(`There is no check "${unknown.join('", "')}".`, [`Known ones: ${known}`]);
  }
  return CHECKS.filter((check) => names.length === 0 || names.some((name) => means(name, check.name)));
}
