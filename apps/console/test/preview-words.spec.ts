import { FIELD_ERRORS, LOCALES } from '@balcao/contracts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Words = { [key: string]: string | Words };
const file = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Words;
const at = (words: Words, path: string) =>
  path.split('.').reduce<Words | string>((part, key) => (part as Words)[key]!, words);

/** What the preview says, and where the portal's own pages say it. */
const SAID: Record<string, [file: string, words: string, facts?: Record<string, string>]> = {
  haveAccess: ['i18n', 'app.haveAccess'],
  helpWithout: ['i18n', 'app.help'],
  checkBill: ['i18n', 'app.checkBill'],
  terms: ['i18n', 'app.terms'],
  privacy: ['i18n', 'app.privacy'],
  contact: ['i18n', 'app.contact'],
  search: ['shell/i18n', 'shell.search'],
  'home.status.first': ['shell/i18n', 'ticket.status.open'],
  'home.status.second': ['shell/i18n', 'ticket.status.new'],
  greeting: ['features/home/i18n', 'home.greeting.morning', { name: 'Ana' }],
  open: ['features/home/i18n', 'home.tickets.title'],
  button: ['features/home/i18n', 'home.tickets.open'],
  link: ['features/home/i18n', 'home.tickets.all'],
  row: ['features/home/i18n', 'home.tickets.answered', { name: 'Rafael' }],
  help: ['features/home/i18n', 'home.help.title'],
  helpSearch: ['features/home/i18n', 'home.help.placeholder'],
  'home.team': ['features/team/i18n', 'team.title'],
  'home.invoices': ['features/invoices/i18n', 'invoices.title'],
  due: ['features/home/i18n', 'home.invoices.title'],
  ...Object.fromEntries(
    ['open', 'title', 'text', 'name', 'emailHelp', 'domains', 'roleHelp', 'choose', 'submit'].map((name) => [
      `invite.${name}`,
      ['features/team/i18n', `team.invite.${name}`],
    ]),
  ),
  'invite.role': ['features/team/i18n', 'team.role'],
  'home.home': ['features/home/i18n', 'home.title'],
  'home.contact': ['features/home/i18n', 'home.contact'],
  'signIn.heading': ['features/auth/i18n', 'auth.signIn.heading'],
  'signIn.text': ['features/auth/i18n', 'auth.signIn.text'],
  'signIn.help': ['features/auth/i18n', 'auth.signIn.help'],
  'signIn.onlyPaying': ['features/auth/i18n', 'auth.signIn.onlyPaying'],
  'signIn.secondCopy': ['features/auth/i18n', 'auth.signIn.secondCopy'],
  'signIn.noAccess': ['features/auth/i18n', 'auth.signIn.noAccess'],
  'signIn.signUp': ['features/auth/i18n', 'auth.signIn.signUp'],
  ...Object.fromEntries(
    ['title', 'titleBoth', 'text', 'textBoth', 'who', 'kinds', 'continue'].map((name) => [
      `signup.${name}`,
      ['features/signup/i18n', `signup.company.${name}`],
    ]),
  ),
  'signup.help': ['features/signup/i18n', 'signup.company.cnpjHelp'],
  'signup.back': ['features/signup/i18n', 'signup.back'],
  'signup.closed': ['features/signup/i18n', 'signup.closed.disabled'],
  'signup.signIn': ['features/signup/i18n', 'signup.registered.signIn'],
  ...Object.fromEntries(
    ['who', 'company', 'administrator', 'email'].map((name) => [
      `signup.steps.${name}`,
      ['features/signup/i18n', `signup.steps.${name}`],
    ]),
  ),
  ...Object.fromEntries(
    ['title', 'text', 'name', 'phone', 'password', 'emailHelp', 'emailOfCompany', 'submit'].map((name) => [
      `signup.administrator.${name}`,
      ['features/signup/i18n', `signup.administrator.${name}`],
    ]),
  ),
  ...Object.fromEntries(
    ['terms', 'termsLink', 'privacy', 'privacyLink', 'version'].map((name) => [
      `signup.${name}`,
      ['features/signup/i18n', `signup.administrator.${name}`],
    ]),
  ),
};
/** What is about the preview itself, or made up. */
const OWN =
  /^(title|page|pages|mode|modes|size|phone|screen|light|dark|withoutStyle|step|stepOf|mail|home\.(tickets|help|first|second))(\.|$)/;

const leaves = (words: Words, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : leaves(value, `${path}${key}.`),
  );

describe.each(LOCALES)('in %s the preview of a portal says what its pages say', (locale) => {
  const preview = at(file(`../src/features/portal/i18n/${locale}.json`), 'portal.preview') as Words;
  const filled = (words: string | Words, facts: Record<string, string> = {}) =>
    typeof words === 'string' ? words.replace(/\{(\w+)\}/g, (all, name: string) => facts[name] ?? all) : words;

  it.each(Object.entries(SAID))('%s', (name, [where, words, facts]) => {
    expect(at(preview, name)).toEqual(filled(at(file(`../../portal/src/${where}/${locale}.json`), words), facts));
  });

  it('what is refused of an address, as the API says it', () => {
    expect(at(preview, 'signup.refused')).toEqual({
      personal: FIELD_ERRORS.isPersonalEmail[locale],
      disposable: FIELD_ERRORS.isDisposableEmail[locale],
    });
  });

  it('and nothing that they do not say', () => {
    const known = [...Object.keys(SAID), 'signup.refused'];
    const others = leaves(preview).filter(
      (leaf) => !OWN.test(leaf) && !known.some((name) => leaf === name || leaf.startsWith(`${name}.`)),
    );
    expect(others).toEqual([]);
  });
});
