import { describe, expect, it } from '@jest/globals';
import { readScope } from './ticket.policy.js';

const [own, account] = ['tickets:read_own', 'tickets:read_account'];

describe('whose tickets a portal user sees', () => {
  it('is the widest that the role allows', () => {
    expect(readScope(new Set([own]))).toBe('own');
    expect(readScope(new Set([account]))).toBe('account');
    expect(readScope(new Set([own, account]))).toBe('account');
  });

  it('can be narrowed, never widened', () => {
    expect(readScope(new Set([account]), 'own')).toBe('own');
    expect(() => readScope(new Set([own]), 'account')).toThrow('permission_denied');
    expect(() => readScope(new Set(['tickets:create']))).toThrow('permission_denied');
  });
});
