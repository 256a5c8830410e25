import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Secrets } from '@balcao/platform-config';
import { Downloads } from './downloads.js';

const downloads = new Downloads(new Secrets('a secret of thirty-two characters'));
const FILE = { key: 'a/2026-11/b', type: 'application/pdf', name: 'Segunda via nº 7.pdf' };

function parts(address: string): { key: string; query: Record<string, string> } {
  const url = new URL(address, 'http://x');
  return { key: url.pathname.replace('/files/', ''), query: Object.fromEntries(url.searchParams) };
}

describe('an address of a file', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('names it, for a minute', () => {
    const { key, query } = parts(downloads.address(FILE));
    expect(downloads.read(key, query)).toEqual(FILE);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 61_000);
    expect(downloads.read(key, query)).toBeUndefined();
    jest.spyOn(Date, 'now').mockReturnValue(Number(query['expires']) * 1_000 - 1);
    expect(downloads.read(key, query)).toEqual(FILE);
    jest.spyOn(Date, 'now').mockReturnValue(Number(query['expires']) * 1_000);
    expect(downloads.read(key, query)).toBeUndefined();
  });

  it('lives for an hour at most', () => {
    const { key, query } = parts(downloads.address(FILE, 1e9));
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 3_601_000);
    expect(downloads.read(key, query)).toBeUndefined();
  });

  it('is worth nothing with anything changed, left out or given twice', () => {
    const { key, query } = parts(downloads.address(FILE));
    expect(downloads.read('a/2026-11/c', query)).toBeUndefined();
    for (const name of Object.keys(query)) {
      const { [name]: value, ...rest } = query;
      for (const changed of [`${value}0`, '', [value, value], undefined])
        expect(downloads.read(key, { ...rest, [name]: changed })).toBeUndefined();
    }
    // Nor do parts move from one into the other.
    expect(downloads.read(key, { ...query, type: `${query['type']}${query['name']}`, name: '' })).toBeUndefined();
    const others = new Downloads(new Secrets('another secret of thirty-two char'));
    expect(others.read(key, query)).toBeUndefined();
  });

  it('is signed for keys only', () => {
    for (const key of ['../../etc/passwd', 'a//b', 'a\0']) expect(() => downloads.address({ ...FILE, key })).toThrow();
  });
});
