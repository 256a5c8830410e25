// @ts-check

/**
 * What `npm run check` looks at. Commands run in `folder` (default: the root) with the workspace's programs.
 *
 * @type {ReadonlyArray<{ name: string, command: readonly string[], folder?: string, environment?: Record<string, string> }>}
 */
export const CHECKS = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of the tools', command: ['tsc', '--noEmit', '-p', 'tools/tsconfig.json'] },
  { name: 'types of the design system', command: ['vue-tsc', '--noEmit'], folder: 'libs/ui' },
  { name: 'types of the portal', command: ['vue-tsc', '--noEmit'], folder: 'apps/portal' },
  { name: 'types of the console', command: ['vue-tsc', '--noEmit'], folder: 'apps/console' },
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'format', command: ['prettier', '--check', '.'] },
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
