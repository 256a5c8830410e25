import { expect, it } from '@jest/globals';
import { statusFor, withRoles } from './import-rows.js';

const ROLES = [
  { id: 'r-1', name: 'Administração' },
  { id: 'r-2', name: 'Colaboração' },
];
const line = (role: string, problem?: 'isEmail') => ({ line: 1, name: 'Ana', email: 'ana@qa.example', role, problem });

it.each([
  ['no role', '', undefined, undefined, 'waiting', undefined],
  ["the list's role", '', undefined, 'r-2', 'waiting', 'r-2'],
  ['a role by name', 'Administração', undefined, 'r-2', 'waiting', 'r-1'],
  ['one without accents', ' administracao ', undefined, undefined, 'waiting', 'r-1'],
  ['one that nobody knows', 'Chefia', undefined, 'r-2', 'refused', undefined],
  ['another problem first', 'Chefia', 'isEmail', undefined, 'refused', undefined],
] as const)('S0.53 a line with %s', (_what, role, problem, otherwise, status, roleId) => {
  expect(withRoles([line(role, problem)], ROLES, otherwise)).toMatchObject([{ status, roleId }]);
});

it.each([
  ['email_taken', 'known'],
  ['invitation_waiting', 'known'],
  ['domain', 'refused'],
  ['isEmail', 'refused'],
] as const)('S0.53 who has %s is %s', (problem, status) => expect(statusFor(problem)).toBe(status));
