import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  LEAST_WORK,
  MOST_WORK,
  PROOF_SECONDS,
  newChallenge,
  provenSalt,
  workFor,
  type Challenge,
} from './proof-of-work.js';

const KEY = Buffer.alloc(32, 1);
const NOW = Date.UTC(2026, 10, 26);
const solved = ({ salt, target, most, token }: Challenge) => {
  for (let number = 0; number < most; number += 1)
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === target) return { token, number };
  throw new Error('No number fits');
};

describe('an answer', () => {
  const challenge = newChallenge(KEY, 'aurora', 500, NOW);
  const proof = solved(challenge);

  it.each([
    ['that is right', KEY, 'aurora', proof, NOW, challenge.salt],
    ['with another number', KEY, 'aurora', { ...proof, number: proof.number + 1 }, NOW, undefined],
    ['for another purpose', KEY, 'boreal', proof, NOW, undefined],
    ['of another installation', Buffer.alloc(32, 2), 'aurora', proof, NOW, undefined],
    ['in the last moment', KEY, 'aurora', proof, NOW + PROOF_SECONDS * 1_000 - 1, challenge.salt],
    ['that comes too late', KEY, 'aurora', proof, NOW + PROOF_SECONDS * 1_000, undefined],
    [
      'whose time was put off',
      KEY,
      'aurora',
      { ...proof, token: proof.token.replace(/\.\d{10}\./, '.9999999999.') },
      NOW,
      undefined,
    ],
    ['that is none', KEY, 'aurora', { token: '', number: 0 }, NOW, undefined],
  ])('%s', (_what, key, purpose, given, now, salt) => {
    expect(provenSalt(key, purpose, given, now)).toBe(salt);
  });
});

it.each([
  [1, 1, LEAST_WORK],
  [5, 1, LEAST_WORK * 2],
  [10, 1, LEAST_WORK * 4],
  [1, 100, LEAST_WORK * 2],
  [1_000, 1_000_000, MOST_WORK],
])('of the challenge number %d of a network, where %d signups were begun, is %d', (ofNetwork, ofPortal, work) => {
  expect(workFor(ofNetwork, ofPortal)).toBe(work);
});
