import { describe, expect, it } from '@jest/globals';
import { matchLocale } from './locales.js';
import { LONGEST_DATA_PICTURE, dataPicture, isPictureAddress, keptPicture } from './pictures.js';

const of = (mediaType: string, bytes: string) => `data:${mediaType};base64,${btoa(bytes)}`;
const KEPT = `/pictures/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/${'a'.repeat(32)}.png`;
const PNG = '\u0089PNG\r\n\u001a\n';

describe('the address of a picture', () => {
  it.each([
    'https://cdn.example/logo.svg',
    'https://cdn.example:8443/a%20b.png?v=2#x',
    of('image/png', `${PNG}rest`),
    of('image/jpeg', '\u00ff\u00d8\u00ff\u00e0'),
    of('image/webp', 'RIFF\u0000\u0000\u0000\u0000WEBPVP8 '),
    of('image/gif', 'GIF89a'),
    of('image/x-icon', '\u0000\u0000\u0001\u0000'),
    of('image/svg+xml', '<svg/>'.replace('/', ' /')),
    of('image/svg+xml', '\u00ef\u00bb\u00bf<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg>\n<svg>'),
    KEPT,
  ])('%j', (address) => expect(isPictureAddress(address)).toBe(true));

  it.each([
    '',
    'logo.png',
    'http://cdn.example/logo.png',
    'ftp://cdn.example/logo.png',
    '//cdn.example/logo.png',
    'https://',
    'https://user@cdn.example/logo.png',
    'https://cdn.example/a b.png',
    'https://cdn.example/"onerror=x',
    'https:\\\\cdn.example',
    `https://cdn.example/${'x'.repeat(2_000)}`,
    'javascript:alert(1)',
    of('image/svg+xml', 'svg'),
    of('image/svg+xml', '<html><svg>'),
    of('image/svg+xml', '<svgs>'),
    KEPT.replace('.png', '.html'),
    KEPT.replace('.png', '.png?x'),
    `${KEPT}/..`,
    `https://other.example${KEPT} `,
    of('text/html', PNG),
    of('image/png', 'GIF89a'),
    of('image/webp', 'RIFF\u0000\u0000\u0000\u0000WAVE'),
    `data:image/png,${PNG}`,
    'DATA:IMAGE/PNG;BASE64,iVBORw0KGgo=',
    'data:image/png;base64,iVBORw0KGgo',
    'data:image/png;base64,iVBO Rw0KGgo=',
  ])('is not %j', (address) => expect(isPictureAddress(address)).toBe(false));

  it('gives back what is in it', () => {
    const expected = { mediaType: 'image/png', extension: 'png', bytes: `${PNG}rest` };
    expect(dataPicture(of('image/png', `${PNG}rest`))).toEqual(expected);
    expect(keptPicture(KEPT)).toMatchObject({ key: KEPT.slice(1), mediaType: 'image/png' });
  });

  it('in a stylesheet is small', () => {
    const small = of('image/png', PNG);
    expect(dataPicture(small, small.length)).toBeDefined();
    expect(dataPicture(small, small.length - 1)).toBeUndefined();
    expect(dataPicture(of('image/png', PNG + 'x'.repeat(LONGEST_DATA_PICTURE)))).toBeUndefined();
  });
});

describe('S0.47 the language of whoever asks', () => {
  it.each([
    ['en', 'en-US'],
    ['fr, en;q=0.5, pt;q=0.4', 'en-US'],
    ['fr', 'pt-BR'],
    [undefined, 'pt-BR'],
  ] as const)('%s is %s where both are offered', (header, locale) => {
    expect(matchLocale(header, 'pt-BR')).toBe(locale);
  });

  it.each(['en', 'en, pt;q=0.1', 'fr', undefined])('%s is the one that is offered', (header) => {
    expect(matchLocale(header, 'pt-BR', ['pt-BR'])).toBe('pt-BR');
  });
});
