import { expect, it } from '@jest/globals';
import { sourceOf, sourcesIn } from '@balcao/platform-testing';
import { SUBSCRIBERS } from '../support/test-app.js';

it('every subscriber of the modules hears what happens in these tests', () => {
  const declared = sourcesIn('libs/modules').flatMap((file) =>
    [...sourceOf(file).matchAll(/^@Subscriber\([^)]*\)\s+export class (\w+)/gm)].map(([, name]) => name),
  );
  expect(SUBSCRIBERS.map(({ name }) => name).sort()).toEqual(declared.sort());
  expect(declared.length).toBeGreaterThan(2);
});
