import { expect, it } from '@jest/globals';
import { ERROR_CATALOGUE } from '@balcao/contracts';
import { sourceOf, sourcesIn } from '../support/sources.js';

/** What runs on the server, and the names that both sides share. */
const FOLDERS = ['apps/api/src', 'libs/contracts/src', 'libs/platform', 'libs/modules'];

it('every code of the catalogue is answered by something', async () => {
  const files = (await Promise.all(FOLDERS.map(sourcesIn))).flat();
  const sources = await Promise.all(files.filter((path) => !path.endsWith('/error-codes.ts')).map(sourceOf));
  // What only speaks of a code does not answer it: comments, and the documentation of routes.
  const code = sources.join('\n').replace(/\/\*[\s\S]*?\*\/|\/\/.*|@(?:ApiProblems|Operation)\([^)]*\)/g, '');
  expect(Object.keys(ERROR_CATALOGUE).filter((name) => !code.includes(`'${name}'`))).toEqual([]);
});
