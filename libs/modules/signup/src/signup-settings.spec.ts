import { describe, expect, it } from '@jest/globals';
import { emailProblem } from './domain/email-domains.js';
import { nextStep } from './domain/signup.js';
import { signupSettings } from './signup-settings.js';

const set = (signup: object) => signupSettings.of({ signup });

describe('what a portal says of signups', () => {
  it.each([
    ['ana@padaria.example', {}, undefined],
    ['ana@gmail.com', {}, undefined],
    ['ana@gmail.com', { refusesPersonalEmail: true }, 'personal'],
    ['ana@mailinator.com', {}, 'disposable'],
    ['ana@eu.mailinator.com', {}, 'disposable'],
    ['ana@mailinator.com', { refusesDisposableEmail: false }, undefined],
  ])('of %s with %j: %s', (email, said, problem) => {
    expect(emailProblem(email, set(said))).toBe(problem);
  });

  it.each([
    [{}, 'complete'],
    [{ reviewsEverySignup: true }, 'review'],
  ])('of a company that the register knows, with %j: %s', (said, step) => {
    const standing = { lookup: 'active', disputed: false, addressKept: false } as Parameters<typeof nextStep>[0];
    expect(nextStep(standing, set(said).reviewsEverySignup)).toBe(step);
  });
});
