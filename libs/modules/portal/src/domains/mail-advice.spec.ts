import { describe, expect, it } from '@jest/globals';
import {
  dkimRecord,
  isWelcome,
  judgeDkim,
  dmarcRecords,
  judgeDmarc,
  judgeSpf,
  matches,
  merged,
  wrappedDmarc,
  spfMechanism,
  spfTerms,
  type MailAdvice,
} from './mail-advice.js';

const OURS = 'include:spf.mail.example';
const spf = (records: string[], walk = {}) =>
  judgeSpf(records, OURS, { included: false, lookups: 1, unreachable: false, ...walk });

describe('SPF', () => {
  it.each([
    [[], {}, 'missing', 'v=spf1 include:spf.mail.example ~all'],
    [['v=spf1 include:spf.mail.example ~all'], { included: true }, 'right', null],
    [['v=spf1 mx -all'], {}, 'not_included', 'v=spf1 mx include:spf.mail.example -all'],
    [['v=spf1 mx -all'], { unreachable: true }, 'unreachable', null],
    [
      ['v=spf1 mx ?include:spf.mail.example -all'],
      { otherwiseAt: 1 },
      'decided_otherwise',
      'v=spf1 mx include:spf.mail.example -all',
    ],
    [
      ['v=spf1 -Include:SPF.mail.example. ?include:spf.mail.example mx include:spf.mail.example -all'],
      { otherwiseAt: 0 },
      'decided_otherwise',
      'v=spf1 include:spf.mail.example mx -all',
    ],
    [
      ['v=spf1 mx -ip4:203.0.113.0/24 a include:spf.mail.example ~all'],
      { otherwiseAt: 1, unreachable: true },
      'decided_otherwise',
      'v=spf1 mx include:spf.mail.example -ip4:203.0.113.0/24 a ~all',
    ],
    [
      ['v=spf1 mx include:gone.example a include:spf.mail.example -all'],
      { nowhere: { at: 1, target: 'gone.example' } },
      'leads_nowhere',
      'v=spf1 mx include:spf.mail.example a -all',
    ],
    [
      ['v=spf1 mx include:partner.example a -all'],
      { nowhere: { at: 1 }, otherwiseAt: 2 },
      'leads_nowhere',
      'v=spf1 mx include:spf.mail.example include:partner.example a -all',
    ],
    [
      ['v=spf1 redirect=gone.example'],
      { nowhere: { at: 0, target: 'gone.example' } },
      'leads_nowhere',
      'v=spf1 include:spf.mail.example ~all',
    ],
    [['v=spf1 mx +all'], { included: true }, 'allows_everybody', 'v=spf1 mx include:spf.mail.example ~all'],
    [['v=spf1 mx all'], { included: true }, 'allows_everybody', 'v=spf1 mx include:spf.mail.example ~all'],
    [['v=spf1 include:spf.mail.example'], { included: true }, 'no_all', 'v=spf1 include:spf.mail.example ~all'],
    [['v=spf1 redirect=_spf.other.example'], { included: true }, 'right', null],
    [['v=spf1 redirect=_x.example'], {}, 'not_included', 'v=spf1 include:spf.mail.example redirect=_x.example'],
    [['v=spf1 a -all'], { lookups: 11, included: true }, 'too_many_lookups', expect.any(String)],
    [['v=spf1 a -all', 'v=spf1 mx ?all'], {}, 'several', 'v=spf1 a mx include:spf.mail.example -all'],
    [['v=spf1 nonsense mx -all'], {}, 'malformed', 'v=spf1 mx include:spf.mail.example -all'],
    [
      ['v=spf1 ip4:300.1.1.1 ip4:192.0.2.1 include:spf.mail.example ?all'],
      { included: true },
      'malformed',
      'v=spf1 ip4:192.0.2.1 include:spf.mail.example ?all',
    ],
    [
      ['v=spf1 include:spf.mail.example -all a:one'],
      { included: true },
      'malformed',
      'v=spf1 include:spf.mail.example -all',
    ],
    [[`v=spf1 ${'a '.repeat(30_000)}-all`], {}, 'malformed', 'v=spf1 include:spf.mail.example ~all'],
    [['v=spf1 ip4:192.0.2.1\u0000 -all'], {}, 'malformed', 'v=spf1 include:spf.mail.example -all'],
  ])('%j %j is %s', (records, walk, state, value) => {
    expect(spf(records, walk)).toEqual({ state, found: records, value });
  });

  it('is not judged, nor told what to say, where the installation does not say who sends', () => {
    const walk = { included: false, lookups: 1, unreachable: false };
    expect(judgeSpf([], undefined)).toMatchObject({ state: 'unknown', value: null });
    expect(judgeSpf(['v=spf1 -all'], undefined, walk)).toMatchObject({ state: 'unknown', value: null });
    expect(judgeSpf(['v=spf1 -all', 'v=spf1 mx -all'], undefined)).toMatchObject({ state: 'several', value: null });
  });

  it.each([
    ['include:SPF.Mail.example.', OURS, true],
    ['?include:spf.mail.example', OURS, true],
    ['redirect=spf.mail.example', OURS, true],
    ['redirect=spf.mail.example', 'ip4:192.0.2.7', true],
    ['include:other.example', OURS, false],
    ['x=spf.mail.example', OURS, false],
    ['ip4:192.0.2.0/24', 'ip4:192.0.2.7', true],
    ['ip4:192.0.2.7', 'ip4:192.0.2.0/24', false],
    ['-ip4:192.0.2.7', 'ip4:192.0.2.0/24', true],
    ['-ip4:192.0.3.7', 'ip4:192.0.2.0/24', false],
    ['ip4:192.0.3.0/24', 'ip4:192.0.2.7', false],
    ['ip6:2001:db8::/32', 'ip6:2001:db8::7', true],
    ['ip4:192.0.2.0/24', OURS, false],
  ])('%s matches %s: %s', (term, sender, expected) => {
    expect(matches(spfTerms(`v=spf1 ${term}`)![0]!, sender, OURS)).toBe(expected);
  });

  it.each([
    ...['all', '-all', 'include:_spf.a.example', 'include:a.example.', 'include:%{d}', 'include:%{ir}.%{v}.a.example'],
    ...['a', 'a/24', 'a//64', 'a/24//64', 'a:b.example', 'a:b.example/32//128', 'mx', 'mx/0', 'ptr', 'ptr:a.example'],
    ...[
      'ip4:192.0.2.1',
      'ip4:192.0.2.0/24',
      'ip4:0.0.0.0/0',
      'ip6:2001:db8::/32',
      'ip6:::1',
      'ip6:::ffff:192.0.2.1/128',
    ],
    ...['exists:%{i}._spf.%{d2}.a.example', 'redirect=a.example', 'exp=why.a.example', 'x.y=', 'x=%{s}%%'],
  ])('%s can be read', (term) => {
    expect(spfTerms(`v=spf1 ${term}`)).toHaveLength(1);
  });

  it.each([
    ...['all:a.example', 'include', 'include:', 'include:example', 'include:a.example~all', 'include:a.example/24'],
    ...[
      'include:%{x}.a.example',
      'include:%a.example',
      'include:a.-b',
      'a:',
      'a:192.0.2.1',
      'a/33',
      'a/24/64',
      'mx//129',
    ],
    ...[
      'mx:a.example/024',
      'ptr/24',
      'ip4',
      'ip4:',
      'ip4:300.1.1.1',
      'ip4:192.0.2',
      'ip4:192.0.2.1/33',
      'ip4:192.0.2.1/',
    ],
    ...['ip4:192.0.2.1/08', 'ip4:::1', 'ip6:192.0.2.1', 'ip6:2001:db8::/129', 'ip6:fe80::1%a', 'exists', 'exists:a'],
    ...[
      'redirect=',
      'redirect=a',
      'redirect=a.example redirect=b.example',
      'x=%',
      '1=a',
      '-redirect=a.example',
      '--all',
    ],
  ])('%s makes receivers refuse the record, also behind its all', (term) => {
    expect([spfTerms(`v=spf1 ${term}`), spfTerms(`v=spf1 a -all ${term}`)]).toEqual([undefined, undefined]);
  });

  it('takes the name of a server for what includes it', () => {
    expect([spfMechanism('spf.mail.example'), spfMechanism('ip4:192.0.2.7')]).toEqual([OURS, 'ip4:192.0.2.7']);
  });
});

describe('DKIM', () => {
  const KEY = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA';
  it.each([
    [[], 'missing'],
    [[dkimRecord(KEY)], 'right'],
    [[`k=rsa; p=${KEY.slice(0, 9)} ${KEY.slice(9)}`], 'right'],
    [[`v=DKIM1;h=sha256;s=*;t=y;p=${KEY}`], 'right'],
    [[`v=DKIM1; p=${KEY.slice(0, -5)}`], 'cut'],
    [[`"${dkimRecord(KEY)}"`], 'quoted'],
    [[`"v=DKIM1; k=rsa; p=${KEY.slice(0, 9)}" "${KEY.slice(9)}"`], 'quoted'],
    [[`v=DKIM1\\; k=rsa\\; p=${KEY}`], 'escaped'],
    [[`"v=DKIM1\\; k=rsa\\; p=${KEY}"`], 'quoted'],
    [[`"v=DKIM1; p=${KEY}x"`], 'different'],
    [['v=DKIM1; p='], 'different'],
    [[`v=DKIM1; p=${KEY}x`], 'different'],
    [[`v=DKIM1; k=ed25519; p=${KEY}`], 'different'],
    [[`v=DKIM1; h=sha1; p=${KEY}`], 'different'],
    [['hello'], 'different'],
    [[dkimRecord(KEY), 'v=DKIM1; p=x'], 'several'],
  ])('%j is %s', (texts, state) => {
    expect(judgeDkim(texts, KEY)).toEqual({ state, found: texts, value: state === 'right' ? null : dkimRecord(KEY) });
  });
});

it.each([
  [[], false, 'missing'],
  [['v=DMARC1; p=none'], false, 'watching'],
  [['v=DMARC1; p=Reject; rua=mailto:x@y.example'], false, 'right'],
  [['v=DMARC1;p=quarantine'], false, 'right'],
  [['v=DMARC1; p=reject; sp=none'], true, 'watching'],
  [['v=DMARC1; p=reject; sp=none'], false, 'right'],
  [['v=DMARC1; p=reject'], true, 'right'],
  [['v=DMARC1; p=perhaps'], false, 'malformed'],
  [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], false, 'several'],
])('DMARC %j, inherited: %s, is %s', (records, inherited, state) => {
  expect(judgeDmarc(records, inherited).state).toBe(state);
});

it.each([
  ['v = DMARC1; p = reject', 'right'],
  ['v\t=DMARC1 ;p=none', 'watching'],
  ['V=DMARC1; P=quarantine', 'right'],
  ['v=DMARC1', 'malformed'],
  ['v=dmarc1; p=reject', 'missing'],
  ['v=DMARC12; p=reject', 'missing'],
  ['v=DMARC1, p=reject', 'missing'],
])('%j at the name of DMARC is %s', (text, state) => {
  expect(judgeDmarc(dmarcRecords([text]), false).state).toBe(state);
});

it.each([
  ['"v=DMARC1; p=reject"', 'quoted', 'v=DMARC1; p=reject'],
  ['"v=DMARC1\\; p=reject"', 'quoted', 'v=DMARC1; p=reject'],
  ['v=DMARC1\\; p=reject', 'escaped', 'v=DMARC1; p=reject'],
  [`"v=DMARC1; p=none; x=${'x'.repeat(3_000)}"`, 'quoted', 'v=DMARC1; p=none'],
])('DMARC that is right but for what a zone file needs, %s, is %s', (text, state, value) => {
  expect(dmarcRecords([text])).toEqual([]);
  expect(judgeDmarc([], false, wrappedDmarc([text]))).toEqual({ state, found: [text], value });
  expect(judgeDmarc(['v=DMARC1; p=none'], true, wrappedDmarc([text])).state).toBe('watching');
});

const advice = (spfState: string, dkim: string, dmarc: string) =>
  Object.fromEntries(
    Object.entries({ spf: spfState, dkim, dmarc }).map(([name, state]) => [name, { state, found: [], value: null }]),
  ) as unknown as MailAdvice;

it('keeps what was known where nobody answers', () => {
  const before = advice('right', 'unreachable', 'missing');
  const now = merged(before, advice('unreachable', 'unreachable', 'right'));
  expect([now.spf, now.dkim.state, now.dmarc]).toEqual([
    { ...before.spf, stale: true },
    'unreachable',
    expect.not.objectContaining({ stale: true }),
  ]);
});

it('forgets what was known of another record, also where nobody answers for what it leads to', () => {
  const of = (state: string, ...found: string[]) =>
    ({ ...advice('right', 'right', 'right'), spf: { state, found, value: null } }) as MailAdvice;
  const before = of('right', 'v=spf1 a -all');
  expect(merged(before, of('unreachable', 'v=spf1 a -all')).spf).toEqual({ ...before.spf, stale: true });
  expect(merged(before, of('unreachable')).spf).toEqual({ ...before.spf, stale: true });
  const changed = of('unreachable', 'v=spf1 include:a.example -all');
  expect(merged(before, changed).spf).toEqual(changed.spf);
});

it.each([
  ['missing', 'missing', 'missing', true],
  ['missing', 'missing', 'watching', true],
  ['not_included', 'cut', 'right', false],
  ['right', 'missing', 'right', true],
  ['unknown', 'right', 'right', true],
])('with SPF %s, DKIM %s and DMARC %s receivers take mails: %s', (spfState, dkim, dmarc, expected) => {
  expect(isWelcome(advice(spfState, dkim, dmarc))).toBe(expected);
});
