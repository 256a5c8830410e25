import { expect, it } from '@jest/globals';
import { domainName, registeredDomain, senderAddress } from './domain-name.js';

const OWN = {
  publicUrl: 'https://balcao.test-host.example:8443',
  portalBaseDomain: 'portals.example',
  domainTarget: 'cname.example.net',
  mailFrom: 'Balcão <balcao@mail.test-host.example>',
};
const LABEL = 'a'.repeat(63);

it.each([
  ['portal.aurora.com.br', 'portal.aurora.com.br'],
  [' Portal.AURORA.com.br. ', 'portal.aurora.com.br'],
  ['aurora.com.br', 'aurora.com.br'],
  ['portal.pão.com.br', 'portal.xn--po-sia.com.br'],
  ['PORTAL.PÃO.com.br', 'portal.xn--po-sia.com.br'],
  ['portal.pa\u0303o.com.br', 'portal.xn--po-sia.com.br'],
  ['portal.xn--po-sia.com.br', 'portal.xn--po-sia.com.br'],
  ['portal。aurora。com', 'portal.aurora.com'],
  ...[...'\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d'].map((hyphen) => [
    `portal.padaria${hyphen}rosa.com.br`,
    'portal.padaria-rosa.com.br',
  ]),
  ['aurora.github.io', 'aurora.github.io'],
  ['x.balcao.test-host.example', 'x.balcao.test-host.example'],
  [`${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(49)}.com`, `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(49)}.com`],
])('S3.39 %j is the domain %s', (typed, domain) => {
  expect(domainName(typed, OWN)).toEqual({ domain });
});

it.each([
  ...[
    '',
    ' ',
    '.',
    '..',
    'aurora',
    'https://portal.aurora.com',
    'portal.aurora.com/',
    'portal.aurora.com:443',
    'user@aurora.com',
    'portal.aurora.com..',
    'portal..aurora.com',
    '.aurora.com',
    '-portal.aurora.com',
    'portal-.aurora.com',
    '_balcao.aurora.com',
    '*.aurora.com',
    'portal aurora.com',
    'portal.aurora.com\0',
    'portal%2eaurora.com',
    'portal.aurora.c',
    '192.0.2.1',
    '0x7f.1',
    '１２７.0.0.1',
    '2130706433',
    '[::1]',
    '::1',
    'xn--a.aurora.com',
    'localhost',
    'x.localhost',
    'printer.local',
    'x.internal',
    '1.0.0.127.in-addr.arpa',
    'x.onion',
    'portal.aurora.com,evil.com',
    '"portal.aurora.com"',
    `${LABEL}a.com`,
    `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(50)}.com`,
  ].map((typed) => [typed, 'isDomainName']),
  ...['com.br', 'COM.BR.', 'co.uk', 'github.io'].map((typed) => [typed, 'isPublicSuffix']),
  ...[
    'balcao.test-host.example',
    'Balcao.Test-Host.example.',
    'portals.example',
    'aurora.portals.example',
    'a.b.portals.example',
    'cname.example.net',
  ].map((typed) => [typed, 'isOfInstallation']),
])('S3.46 %j may not be claimed: %s', (typed, problem) => {
  expect(domainName(typed!, OWN)).toEqual({ problem });
});

it.each([
  ['portal.aurora.com.br', 'aurora.com.br'],
  ['aurora.com', 'aurora.com'],
  ['x.aurora.github.io', 'aurora.github.io'],
])('%s stands below %s', (domain, registered) => expect(registeredDomain(domain)).toBe(registered));

it.each([
  [' Financeiro@AURORA.com.br ', 'financeiro', 'aurora.com.br'],
  ['financeiro@pão.com.br', 'financeiro', 'xn--po-sia.com.br'],
  ['financeiro@padaria\u2011rosa.com.br', 'financeiro', 'padaria-rosa.com.br'],
  ['financeiro@padaria\u2010rosa.com.br', 'financeiro', 'padaria-rosa.com.br'],
  ["o'neil+sac@aurora.com.br", "o'neil+sac", 'aurora.com.br'],
])('mails may come from %j', (typed, mailbox, domain) =>
  expect(senderAddress(typed, OWN)).toEqual({ mailbox, domain }),
);

it.each([
  ['aurora.com.br', 'isEmail'],
  ['a@aurora.com.br\r\nBcc: eve@evil.example', 'isEmail'],
  ['a@aurora.com.br, eve@evil.example', 'isEmail'],
  ['Aurora <a@aurora.com.br>', 'isEmail'],
  ['"a b"@aurora.com.br', 'isEmail'],
  ['a@[192.0.2.1]', 'isEmail'],
  ['a@com.br', 'isPublicSuffix'],
  ['a@localhost', 'isEmail'],
  ['a@x.local', 'isDomainName'],
  ['a@gmail.com', 'isPersonalDomain'],
  ['a@Mail.UOL.com.br', 'isPersonalDomain'],
  ['a@mail.test-host.example', 'isOfInstallation'],
  ['a@aurora.portals.example', 'isOfInstallation'],
  [`a@${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(45)}.com`, 'isDomainName'],
])('mails may not come from %j: %s', (typed, problem) => expect(senderAddress(typed, OWN)).toEqual({ problem }));
