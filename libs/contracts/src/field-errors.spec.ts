import { describe, expect, it } from '@jest/globals';
import { FIELD_ERRORS, fieldErrorText, type FieldErrorCode } from './field-errors.js';
import { LOCALES } from './locales.js';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('texts of field errors', () => {
  it.each(Object.entries(FIELD_ERRORS))('%s says the same in each language', (_code, texts) => {
    expect(new Set(Object.values(texts)).size).toBe(LOCALES.length);
    for (const locale of LOCALES) expect(placeholders(texts[locale])).toEqual(placeholders(texts['en-US']));
  });

  it.each<[FieldErrorCode, Record<string, string | number> | undefined, string, string]>([
    ['maxLength', { max: 255 }, 'Está longo demais: o máximo é 255.', 'Too long: the maximum is 255.'],
    ['minLength', { min: 8 }, 'Está curto demais: o mínimo é 8.', 'Too short: the minimum is 8.'],
    ['minLength', { min: 1 }, 'Preencha este campo.', 'Fill in this field.'],
    ['css_url', { found: 'url($&)' }, 'PNG, JPEG, WebP, GIF ou ICO: “url($&)”', 'pictures may be used: “url($&)”'],
    ['isIn', undefined, 'Escolha uma das opções.', 'Choose one of the options.'],
    ['toString' as FieldErrorCode, undefined, 'Este valor não serve aqui.', 'This value does not fit here.'],
  ])('%s with %j', (code, params, portuguese, english) => {
    expect(fieldErrorText(code, 'pt-BR', params)).toContain(portuguese);
    expect(fieldErrorText(code, 'en-US', params)).toContain(english);
  });
});
