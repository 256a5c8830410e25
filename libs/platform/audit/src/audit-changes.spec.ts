import { describe, expect, it } from '@jest/globals';
import { changedMembers } from './audit-changes.js';

describe('changedMembers', () => {
  it('keeps only what changed', () => {
    const before = { name: 'Ana', email: 'a@b.c', tags: ['x'], nested: { a: 1 } };
    const after = { name: 'Ana Maria', email: 'a@b.c', tags: ['x'], nested: { a: 2 } };
    expect(changedMembers({ before, after })).toEqual({
      before: { name: 'Ana', nested: { a: 1 } },
      after: { name: 'Ana Maria', nested: { a: 2 } },
    });
  });

  it('shows a member that came or went as null on the other side', () => {
    expect(changedMembers({ before: { a: 1 }, after: { b: 2 } })).toEqual({
      before: { a: 1, b: null },
      after: { a: null, b: 2 },
    });
  });

  it('is undefined where nothing changed but secrets', () => {
    const before = { id: 1, passwordHash: 'x' };
    expect(changedMembers({ before, after: { id: 1, passwordHash: 'y' } })).toBeUndefined();
    expect(changedMembers({})).toBeUndefined();
  });

  it.each([
    'password',
    'newPassword',
    'passwordHash',
    'password_hash',
    'accessToken',
    'token',
    'apiKey',
    'api_key',
    'clientSecret',
    'totpSecret',
    'tokenHash',
    'privateKey',
    'recoveryCodes',
    'cookie',
    'authorization',
  ])('leaves out %s at any depth', (name) => {
    const after = { kept: 1, [name]: 'TOPSECRET', deep: [{ [name]: 'TOPSECRET', kept: 2 }] };
    const changes = changedMembers({ after });
    expect(JSON.stringify(changes)).not.toContain('TOPSECRET');
    expect(changes).toEqual({ after: { kept: 1, deep: [{ kept: 2 }] } });
  });

  it('keeps everything of what was created or deleted, with dates as text', () => {
    expect(changedMembers({ after: { at: new Date(0), name: 'x', none: undefined } })).toEqual({
      after: { at: '1970-01-01T00:00:00.000Z', name: 'x' },
    });
    expect(changedMembers({ before: { name: 'x' }, after: null })).toEqual({ before: { name: 'x' } });
  });

  it('bears text that jsonb cannot hold, endless text and endless depth', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const changes = changedMembers({ after: { nul: 'a\0b', lone: '\ud800', long: 'x'.repeat(100_000), loop } })!;
    expect(changes.after!['nul']).toBe('ab');
    expect(changes.after!['lone']).toBe('\ufffd');
    expect((changes.after!['long'] as string).length).toBe(4_000);
    expect(() => JSON.stringify(changes)).not.toThrow();
  });
});
