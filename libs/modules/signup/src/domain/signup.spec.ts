import { describe, expect, it } from '@jest/globals';
import {
  actionsOf,
  correctedBy,
  legalNameOf,
  nextStep,
  pauseAfter,
  standingOf,
  type Company,
  type Standing,
} from './signup.js';

const standing = (values: Partial<Standing>): Standing => ({
  status: 'started',
  lookup: 'waiting',
  refusal: null,
  disputed: false,
  addressKept: false,
  accessRequest: null,
  ...values,
});

it.each([
  [1, 'inactive', 'null'],
  [2, 'active', undefined],
  [3, 'inactive', 'suspended'],
  [4, 'inactive', 'unfit'],
  [8, 'inactive', 'closed'],
  [5, 'unknown', undefined],
  [0, 'unknown', undefined],
])('S0.39 S0.41 the situation %d is %s, refused as %s', (situation, lookup, refusal) => {
  expect(standingOf(situation)).toEqual(refusal ? { lookup, refusal } : { lookup });
});

it.each([
  [{ lookup: 'waiting' }, false, 'wait'],
  [{ lookup: 'active' }, false, 'complete'],
  [{ lookup: 'active' }, true, 'review'],
  [{ lookup: 'none' }, false, 'complete'],
  [{ lookup: 'none' }, true, 'review'],
  [{ lookup: 'unknown' }, false, 'review'],
  [{ lookup: 'not_found' }, false, 'review'],
  [{ lookup: 'unavailable' }, false, 'review'],
  [{ lookup: 'inactive', disputed: true }, false, 'review'],
] as const)('what follows the data of %j, with every signup reviewed: %s, is to %s', (values, reviews, step) => {
  expect(nextStep(standing(values), reviews)).toBe(step);
});

it.each([
  [{}, ['submit', 'withdraw']],
  [{ lookup: 'unavailable' }, ['submit', 'retry', 'withdraw']],
  [{ status: 'submitted' }, ['correct_email', 'resend', 'withdraw']],
  [{ status: 'in_review' }, ['correct_email', 'resend', 'withdraw']],
  [{ status: 'awaiting_confirmation' }, ['correct_email', 'resend', 'withdraw']],
  [{ status: 'in_review', addressKept: true }, ['resend', 'withdraw']],
  [{ status: 'awaiting_confirmation', addressKept: true }, ['resend', 'withdraw']],
  [{ status: 'refused', refusal: 'closed' }, ['dispute']],
  [{ status: 'refused', refusal: 'null' }, ['dispute']],
  [{ status: 'refused', refusal: 'already_registered' }, ['ask_administrator']],
  [{ status: 'refused', refusal: 'staff' }, []],
  [{ status: 'completed' }, []],
  [{ status: 'withdrawn' }, []],
  [{ status: 'expired' }, []],
] as const)('whoever signs up, at %j, may %j', (values, actions) => {
  expect(actionsOf(standing(values))).toEqual(actions);
});

it.each([
  ['the register names an active company, not who types', 'active', 'Velha Ltda', 'Nova Ltda', [], 'Velha Ltda'],
  ['staff come before the register', 'active', 'Velha Ltda', 'Nova Ltda', ['company.legalName'], 'Nova Ltda'],
  ['of the name alone', 'active', 'Velha Ltda', 'Nova Ltda', ['company.phone'], 'Velha Ltda'],
  ['a name that staff cleared is the register’s', 'active', 'Velha Ltda', null, ['company.legalName'], 'Velha Ltda'],
  ['one that is not active is called as was typed', 'inactive', 'Velha Ltda', 'Nova Ltda', [], 'Nova Ltda'],
  ['or as the register has it', 'inactive', 'Velha Ltda', undefined, [], 'Velha Ltda'],
  ['without a register as was typed', 'unavailable', null, 'Nova Ltda', [], 'Nova Ltda'],
  ['or not at all', 'none', null, undefined, [], null],
] as const)('%s', (_what, lookup, registered, typed, corrected, name) => {
  const company = registered ? { legalName: registered } : null;
  const correctedFields = corrected.map((field) => ({ field, by: 'Rafael' }));
  expect(legalNameOf({ lookup, company, corrections: { legalName: typed }, correctedFields })).toBe(name);
});

describe('attempts at the register', () => {
  it.each([
    [1, 0, 0.5, 10],
    [2, 0, 0.5, 20],
    [3, 0, 0.5, 40],
    [4, 0, 0.5, undefined],
    [1, 0, 0, 8],
    [1, 0, 1, 12],
    [1, 30, 0.5, 30],
    [1, 5, 0.5, 10],
    [1, 61, 0.5, undefined],
  ])('after number %d, asked to wait %d s, with %d: %s', (attempt, retryAfter, random, pause) => {
    const found = pauseAfter(attempt, retryAfter, random);
    if (pause === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(pause);
  });
});

it.each([
  ['2026-11-27T11:59:59Z', []],
  ['2026-11-26T12:00:01Z', []],
  ['2026-11-26T12:00:00Z', ['ask_administrator']],
])('S0.40 administrators that were asked at %s are asked at noon of 27 November: %j', (at, actions) => {
  const asked = { name: 'Rui Dias', email: 'rui@estrela.example', at };
  const registered = standing({ status: 'refused', refusal: 'already_registered', accessRequest: asked });
  expect(actionsOf(registered, Date.parse('2026-11-27T12:00:00Z'))).toEqual(actions);
});

it.each([
  ['nothing was written', null, 'Doces Alvorada'],
  ['another fact was corrected', { phone: '1935550142' }, 'Doces Alvorada'],
  ['it was corrected', { tradeName: 'Alvorada' }, 'Alvorada'],
  ['it was removed', { tradeName: null }, null],
])('S0.35 where %s, what is known of a company by %j is %s', (_what, written, tradeName) => {
  expect(correctedBy(written, { tradeName: 'Doces Alvorada' } as Company, 'tradeName')).toBe(tradeName);
});

it('S0.35 of a company which the register does not know only what was written is known', () => {
  expect(correctedBy({ phone: '1935550142' }, null, 'phone')).toBe('1935550142');
  expect(correctedBy(null, null, 'phone')).toBeNull();
});
