import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually, insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { PortalFinder } from '../src/portal-finder.js';

let test: TestDatabase;
let slug: string;
/** In two processes. */
let here: PortalFinder;
let there: PortalFinder;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  const organizationId = await insertOrganization(test.owner);
  slug = `shop-${organizationId}`;
  await test.owner.query(
    `insert into portals (organization_id, id, slug, name) values ($1, gen_random_uuid(), $2, 'Before')`,
    [organizationId, slug],
  );
  here = new PortalFinder(test.database, test.config);
  there = new PortalFinder(test.database, test.config);
});

const rename = (name: string) => test.owner.query('update portals set name = $2 where slug = $1', [slug, name]);
const nameIn = async (finder: PortalFinder, recent: boolean) => (await finder.bySlug(slug, recent))?.portal.name;

describe('a portal as it was a moment ago', () => {
  it('is one statement for all who ask at once', async () => {
    const door = jest.spyOn(test.database, 'door');
    try {
      await Promise.all(Array.from({ length: 50 }, () => here.bySlug(slug, true)));
      await here.bySlug(slug, true);
      expect(door).toHaveBeenCalledTimes(1);
      await Promise.all([here.bySlug(slug), here.byHost(slug, true)]);
      expect(door).toHaveBeenCalledTimes(3);
    } finally {
      door.mockRestore();
    }
  });

  it('is as it is now where that is asked for, and soon in every process', async () => {
    expect(await Promise.all([nameIn(here, true), nameIn(there, true)])).toEqual(['Before', 'Before']);
    await rename('After');
    expect(await nameIn(there, false)).toBe('After');
    await eventually('the other process shows it', async () => (await nameIn(there, true)) === 'After', 1_000);
  });

  it('is as it is now for whoever changed it', async () => {
    await nameIn(here, true);
    await rename('After');
    here.forgetRecent();
    expect(await nameIn(here, true)).toBe('After');
  });

  it('is asked for anew where asking failed', async () => {
    const door = jest.spyOn(test.database, 'door').mockRejectedValueOnce(new Error('away'));
    try {
      await expect(here.bySlug(slug, true)).rejects.toThrow('away');
      expect(await nameIn(here, true)).toBe('Before');
    } finally {
      door.mockRestore();
    }
  });
});
