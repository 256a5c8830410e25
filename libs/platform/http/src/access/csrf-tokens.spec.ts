import { expect, it } from '@jest/globals';
import { Secrets } from '@balcao/platform-config';
import { CsrfTokens } from './csrf-tokens.js';

const SECRET = 'only-for-tests-0123456789abcdefghij';
const tokens = new CsrfTokens(new Secrets(SECRET));

it('a token is right for the session that it was issued for, where cookie and header hold it', () => {
  const token = tokens.issue('session');
  expect(tokens.verify('session', token, token)).toBe(true);
  expect(new CsrfTokens(new Secrets(SECRET)).verify('session', token, token)).toBe(true);
});

it('a token is another each time', () => {
  expect(tokens.issue('session')).not.toBe(tokens.issue('session'));
});

it('a token of another session or another installation is wrong, though cookie and header agree', () => {
  const foreign = tokens.issue('another session');
  expect(tokens.verify('session', foreign, foreign)).toBe(false);
  const planted = new CsrfTokens(new Secrets(`${SECRET}k`)).issue('session');
  expect(tokens.verify('session', planted, planted)).toBe(false);
});

it.each([
  ['no cookie', undefined, 'own'],
  ['an empty cookie', '', 'own'],
  ['no header', 'own', undefined],
  ['an empty header', 'own', ''],
  ['neither', undefined, undefined],
  ['another of the same session in the cookie', 'second', 'own'],
  ['one that is cut off in both', 'cut', 'cut'],
  ['one that goes on in both', 'longer', 'longer'],
  ['another nonce with its signature in both', 'moved', 'moved'],
  ['a nonce without a signature in both', 'bare', 'bare'],
  ['text in both', 'text', 'text'],
])('%s is wrong', (_what, cookie, header) => {
  const own = tokens.issue('session');
  const [nonce, mac] = own.split('.');
  const kinds: Record<string, string> = {
    '': '',
    own,
    second: tokens.issue('session'),
    cut: own.slice(0, -1),
    longer: `${own}A`,
    moved: `A${nonce}.${mac}`,
    bare: `${nonce}.`,
    text: 'text',
  };
  const text = (kind: string | undefined) => (kind === undefined ? undefined : kinds[kind]);
  expect(tokens.verify('session', text(cookie), text(header))).toBe(false);
});
