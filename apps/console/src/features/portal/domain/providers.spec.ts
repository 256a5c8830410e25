import { expect, it } from 'vitest';
import { asTyped, domainOf, type Provider } from './providers.js';

const TXT = {
  type: 'TXT',
  name: '_balcao.portal.aurora.com.br',
  relativeName: '_balcao.portal',
  value: 'balcao-verify=x',
};
const CNAME = { type: 'CNAME', name: 'portal.aurora.com.br', relativeName: 'portal', value: 'balcao.example' };

it.each([
  [TXT, 'registrobr', '_balcao.portal', 'balcao-verify=x'],
  [TXT, 'route53', '_balcao.portal', '"balcao-verify=x"'],
  [CNAME, 'route53', 'portal', 'balcao.example'],
  [TXT, 'cpanel', '_balcao.portal.aurora.com.br', 'balcao-verify=x'],
  [CNAME, 'other', 'portal', 'balcao.example'],
] as const)('%j at %s', (record, provider, name, value) => {
  expect(asTyped(record, provider as Provider)).toEqual({ name, value });
});

it.each([
  ['https://portal.aurora.com.br/', 'portal.aurora.com.br'],
  [' HTTP://portal.aurora.com.br ', 'portal.aurora.com.br'],
  ['portal.aurora.com.br', 'portal.aurora.com.br'],
  ['https://Portal.Cometa.example/entrar', 'portal.cometa.example'],
  ['https://portal.cometa.example?x=1#y', 'portal.cometa.example'],
  ['portal.aurora.com.br/x', 'portal.aurora.com.br/x'],
  ['https://portal.aurora.com.br:8443/', 'https://portal.aurora.com.br:8443'],
  ['https://eu@portal.aurora.com.br', 'https://eu@portal.aurora.com.br'],
])('%j is sent as %s', (typed, sent) => expect(domainOf(typed)).toBe(sent));
