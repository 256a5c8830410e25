import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  composed,
  isCleanLine,
  isCleanText,
  isOneLine,
  isVisibleText,
  lineOf,
  linesOf,
  searchText,
  textLength,
} from './text.js';

const NAMES = [
  'Ana Lúcia d’Ávila-Conceição',
  "Siobhán O'Neill",
  'Łukasz Żółć',
  'Nguyễn Thị Ánh',
  'Đorđe Čolaković',
  'Jürgen Groß',
  'Γιώργος Παπαδόπουλος',
  'Владимир Ильич',
  'Оксана Нечуй-Левицька',
  'მარიამ ბერიძე',
  'Արամ Խաչատրյան',
  'יוסי כהן',
  'צ׳רלי ז״ל',
  'محمد بن عبد الله',
  'علی\u200cرضا',
  'نسترن می\u200cخواهد',
  'ﷴ',
  'ᠮᠣᠩᠭᠣᠯ\u180eᠠ',
  'क्षितिज शर्मा',
  'क्\u200dष',
  'অনিন্দ্য র\u200d্যাব',
  'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ',
  'தமிழ்ச்செல்வன்',
  'శ్రీనివాస్',
  'ಕನ್ನಡ',
  'രാജൻ ന്\u200d',
  'ක්\u200dරිෂාන්ත',
  'สมชาย ใจดี',
  'သန်းရွှေ',
  'ភូមិ\u200cភាគ',
  'བསྟན་འཛིན་',
  '山田太郎',
  '葛\u{e0100}城',
  'ヤマダ　タロウ',
  '김철수',
  '陳大文 🐉',
  'ሰላም ተስፋዬ',
  'ᎠᏂᏴᏫᏯ',
  'ʻIolani Kealoha',
  'Zoë 👩\u200d👩\u200d👧\u200d👦',
  'Kai 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3',
  'Time ❤\ufe0f 👩🏽\u200d⚕\ufe0f',
  'Ana 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '𝒜𝓃𝒶',
  '3',
];

const HIDING: [string, string][] = [
  ['NUL', 'A\0na'],
  ['a control character', 'A\u0007na'],
  ['DEL', 'A\u007fna'],
  ['a C1 control', 'A\u0085na'],
  ['CSI', 'A\u009b31mna'],
  ['a lone surrogate', 'A\ud800na'],
  ['a noncharacter', 'A\uffffna'],
  ['a noncharacter of another plane', 'A\u{1fffe}na'],
  ['an interlinear mark', 'A\ufff9na'],
  ['a right-to-left override', 'Carla \u202eetropus ad rosivrepuS'],
  ['an override that ends', 'A\u202dna\u202c'],
  ['an embedding without end', 'A\u202bna'],
  ['an isolate without end', 'A\u2067na'],
  ['an end without beginning', 'A\u2069na'],
  ['a wrong end', 'A\u2067na\u202c'],
  ['tags', 'Ana\u{e0041}\u{e007f}'],
  ['a flag that says more', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e0067}\u{e0062}\u{e007f}'],
  ['a deprecated mark', 'A\u206ena'],
  ['a heap of marks', `A${'\u0301'.repeat(31)}`],
];

const HIDING_IN_A_LINE: [string, string][] = [
  ['a byte order mark', 'A\ufeffna'],
  ['a zero-width space', 'A\u200bna'],
  ['a soft hyphen', 'A\u00adna'],
  ['a word joiner', 'A\u2060na'],
  ['an invisible plus', 'A\u2064na'],
  ['a grapheme joiner', 'A\u034fna'],
  ['a direction mark', 'Ana\u200e'],
  ['a right-to-left mark', 'Ana\u200f'],
  ['an Arabic letter mark', 'Ana\u061c'],
  ['a Hangul filler', 'Ana\u3164'],
  ['a Hangul initial filler', 'Ana\u115f'],
  ['a half-width filler', 'Ana\uffa0'],
  ['a Khmer inherent vowel', 'Ana\u17b4'],
  ['a joiner between Latin letters', 'A\u200dna'],
  ['a non-joiner between Latin letters', 'A\u200cna'],
  ['a joiner between Cyrillic letters', 'А\u200dнна'],
  ['two joiners', '👩\u200d\u200d👧'],
  ['a joiner at the beginning', '\u200dAna'],
  ['a variation selector at the beginning', '\ufe0fAna'],
  ['a variation selector after a space', 'Ana \ufe0f'],
  ['selectors that carry bytes', 'A\ufe01\ufe02'],
  ['supplementary selectors that carry bytes', 'A\u{e0101}\u{e0102}'],
  ['a Mongolian separator', 'A\u180ena'],
  ['an isolate that ends', 'A\u2068na\u2069'],
  ['marks that cover the lines around', `A${'\u0301'.repeat(11)}`],
  ['a musical mark', 'A\u{1d173}na'],
];

describe('names of many scripts', () => {
  it.each(NAMES)('%s', (name) => {
    expect([isCleanLine(name), isCleanText(name), isVisibleText(name), isOneLine(name)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(isCleanLine(name.normalize('NFC'))).toBe(true);
  });
});

describe('what hides or turns', () => {
  it.each(HIDING)('%s is refused everywhere', (_what, text) => {
    expect([isCleanLine(text), isCleanText(text)]).toEqual([false, false]);
  });

  it.each(HIDING_IN_A_LINE)('%s is refused in a line', (_what, text) => {
    expect([isCleanLine(text), isCleanText(text)]).toEqual([false, true]);
  });

  it.each([
    ['isolates that end', 'O \u2067שלום\u2069 e \u2068x\u2069'],
    ['isolates in isolates', '\u2066a \u2067b \u2068c\u2069\u2069\u2069'],
    ['an embedding that ends', '\u202bשלום\u202c'],
    ['tabs and line breaks', 'a\tb\r\nc\u2028d'],
  ])('%s may stand in a text', (_what, text) => {
    expect(isCleanText(text)).toBe(true);
  });

  it.each(['\u2067a\nb\u2069', '\u202ba\u2028b\u202c'])('%j does not end in its line', (text) => {
    expect(isCleanText(text)).toBe(false);
  });

  it.each(['a\nb', 'a\rb', 'a\tb', 'a\u2028b', 'a\u2029b'])('%j is not one line', (text) => {
    expect(isOneLine(text)).toBe(false);
  });
});

describe('nothing to see', () => {
  const BLANKS = ['', ' ', '\u00a0', '\u3000', '\u200b', '\u2800', '\u2800 \u2800', '\u3164', '\u115f\u1160', '\uffa0'];
  const MARKS = [
    '\ufe0f',
    '\u{e0100}',
    '\u200d',
    '\u0301',
    '\u20e3',
    '\u034f',
    '\u00ad',
    '\ufeff',
    '\u{1d159}',
    '\u2060',
  ];
  it.each([...BLANKS, ...MARKS, '\n\t', '\ue000', '\u180e', '\u{e0041}', '\u202e\u202c'])('%j', (text) => {
    expect(isVisibleText(text)).toBe(false);
  });

  it.each(['.', '-', 'ª', '٣', '❤', '🇧🇷', 'а', '가', 'ㄱ', '\u06001'])('%j is seen', (text) => {
    expect(isVisibleText(text)).toBe(true);
  });
});

it.each([
  ['', 0],
  ['ação', 4],
  ['👩\u200d👧', 3],
  ['☎\ufe0f', 2],
  ['𝒜𝓃𝒶', 3],
])('the length of %j is %d, as the database counts', (text, length) => {
  expect(textLength(text)).toBe(length);
  expect(length).toBe([...text].length);
});

it.each([
  [' \u200bT-2026\u00ad-000052\ufeff ', 'T-2026-000052'],
  ['\u202aana\u202c lima\u200e', 'ana lima'],
  ['cafe\u0301', 'café'],
  ['\u200b', ''],
])('looks for %j as %j', (typed, text) => {
  expect(searchText(typed)).toBe(text);
});

it('composes in proportion to the length', () => {
  expect(composed('ac\u0327a\u0303o')).toBe('ação');
  const began = performance.now();
  composed(`a${'\u0301'.repeat(100_000)}${'\u0323'.repeat(100_000)}`);
  expect(performance.now() - began).toBeLessThan(500);
});

describe('what was copied', () => {
  it.each([
    ['a cell', 'Pedido\t42', 'Pedido 42'],
    ['two cells', 'Pedido\t\t42\r\n', 'Pedido 42 '],
    ['a page', 'fim\fcomeço\u2028linha\u2029outra\u0085fim\vx', 'fim começo linha outra fim x'],
    ['a contact', '\u202a+55 11 98765-4321\u202c', '+55 11 98765-4321'],
    ['another contact', '\u200e+55 11\u200f \u2068Ana\u2069', '+55 11 Ana'],
    ['the web', 'in\u00adter\u200bnet \u2060caiu\ufeff', 'internet caiu'],
    ['nothing that is seen', 'a\u0000b\u007fc\u200dd', 'abcd'],
    ['an override, which stays to be refused', 'a\u202ecod\u202c', 'a\u202ecod'],
    ['half a character, which stays to be refused', 'a\ud800b', 'a\ud800b'],
  ])('from %s is a line', (_what, copied, line) => expect(lineOf(copied)).toBe(line));

  it('keeps its lines and tabs where there may be several', () => {
    expect(linesOf('um\n\tdois\ftrês\u0000\u0085quatro')).toBe('um\n\tdois\ntrês\nquatro');
  });

  it('is not changed where it fits, and fits in one line afterwards', () => {
    for (const name of NAMES) expect(lineOf(name)).toBe(name);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isOneLine(lineOf(text))).toBe(true);
        if (isCleanLine(text) && isOneLine(text)) expect(lineOf(text)).toBe(text);
        if (isCleanText(text)) expect(linesOf(text)).toBe(text);
      }),
    );
  });
});
