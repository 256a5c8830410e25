import { describe, expect, it } from '@jest/globals';
import { addressProblems } from './invitee-rules.js';

const people = (...emails: string[]) => emails.map((email) => ({ email, name: 'Ana' }));

describe('addressProblems', () => {
  it.each([
    ['any domain while none is named', people('a@x.example', 'b@y.example'), [], []],
    ['a domain that is named', people('a@x.example'), ['x.example', 'y.example'], []],
    ['another domain', people('a@x.example', 'b@z.example'), ['x.example'], [[1, 'domain']]],
    ['a domain below one that is named', people('a@sub.x.example'), ['x.example'], [[0, 'domain']]],
    ['a domain that ends like one that is named', people('a@evilx.example'), ['x.example'], [[0, 'domain']]],
    ['an @ in quotes before the domain', people('"a@x.example"@z.example'), ['x.example'], [[0, 'domain']]],
    [
      'repetitions, each but the first',
      people('a@x.example', 'b@x.example', 'a@x.example', 'a@x.example'),
      [],
      [
        [2, 'repeated'],
        [3, 'repeated'],
      ],
    ],
  ])('S0.54 %s', (_what, invitees, domains, expected) => {
    expect(addressProblems(invitees, domains).map(({ index, code }) => [index, code])).toEqual(expected);
  });
});
