import { startLocale } from '@balcao/ui';
import { beforeAll, describe, expect, it } from 'vitest';
import { chosenLanguages, defaultLocaleProblem, languagesOf } from './languages.js';

beforeAll(() => startLocale(() => import('../i18n/pt-BR.json')));

describe('S0.47 the languages of a portal', () => {
  it('come back as they were stored', () => {
    const values = languagesOf({ languages: ['en-US'], defaultLocale: 'en-US' });
    expect(values).toEqual({ 'speaks-pt-BR': false, 'speaks-en-US': true, defaultLocale: 'en-US' });
    expect(chosenLanguages(values)).toEqual(['en-US']);
  });

  it('hold the one to begin with', () => {
    const values = languagesOf({ languages: ['pt-BR'], defaultLocale: 'pt-BR' });
    expect(defaultLocaleProblem(values)).toBeUndefined();
    expect(defaultLocaleProblem({ ...values, defaultLocale: 'en-US' })).toBeTruthy();
    expect(defaultLocaleProblem({ ...values, 'speaks-pt-BR': false })).toBeTruthy();
  });
});
