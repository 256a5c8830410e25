import { expect, it } from '@jest/globals';
import { ERROR_CATALOGUE } from '@balcao/contracts';
import { sourceOf, sourcesIn } from '@balcao/platform-testing';

/** What runs on the server, and the names that both sides share. */
const FOLDERS = ['apps/api/src', 'libs/contracts/src', 'libs/platform', 'libs/modules'];

it('every code of the catalogue is answered by something', () => {
  const files = FOLDERS.flatMap(sourcesIn).filter((path) => !path.endsWith('/error-codes.ts'));
  // What only speaks of a code does not answer it: comments, and the documentation of routes.
  const code = files
    .map(sourceOf)
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*|@(?:ApiProblems|Operation)\([^)]*\)/g, '');
  expect(Object.keys(ERROR_CATALOGUE).filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});
