import { describe, expect, it } from '@jest/globals';
import { teamStatusProblem } from './team-status.js';

describe('teamStatusProblem', () => {
  it.each([
    ['active', 'suspended', undefined],
    ['active', 'active', undefined],
    ['suspended', 'active', undefined],
    ['suspended', 'suspended', undefined],
    ['locked', 'suspended', undefined],
    ['locked', 'active', 'locked'],
    ['pending_verification', 'active', 'pending'],
    ['pending_verification', 'suspended', 'pending'],
    ['pending_invitation', 'active', 'pending'],
    ['pending_verification', undefined, undefined],
    ['locked', undefined, undefined],
  ] as const)('S0.18 S0.19 from %s to %s: %s', (from, to, problem) => {
    expect(teamStatusProblem(from, to)).toBe(problem);
  });
});
