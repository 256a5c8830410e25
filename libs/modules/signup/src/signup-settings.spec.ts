import { describe, expect, it } from '@jest/globals';
import { emailProblem } from './domain/email-domains.js';
import { nextStep } from './domain/signup.js';
import { signupSettings } from './signup-settings.js';

const set = (signup: object) => signupSettings.of({ signup });

describe('what a portal says of signups', () => {
  it.each([
    ['cnpj', 'ana@padaria.example', {}, undefined],
    ['cnpj', 'ana@gmail.com', {}, undefined],
    ['cnpj', 'ana@gmail.com', { refusesPersonalEmail: true }, 'personal'],
    ['cpf', 'ana@gmail.com', { refusesPersonalEmail: true }, undefined],
    ['cnpj', 'ana@mailinator.com', {}, 'disposable'],
    ['cpf', 'ana@mailinator.com', { refusesPersonalEmail: true }, 'disposable'],
    ['cnpj', 'ana@eu.mailinator.com', {}, 'disposable'],
    ['cnpj', 'ana@mailinator.com', { refusesDisposableEmail: false }, undefined],
  ] as const)('of a %s and %s with %j: %s', (kind, email, said, problem) => {
    expect(emailProblem(email, kind, set(said))).toBe(problem);
  });

  it.each([
    [{}, 'complete'],
    [{ reviewsEverySignup: true }, 'review'],
  ])('of a company that the register knows, with %j: %s', (said, step) => {
    const standing = { lookup: 'active', disputed: false, addressKept: false } as Parameters<typeof nextStep>[0];
    expect(nextStep(standing, set(said).reviewsEverySignup)).toBe(step);
  });
});
