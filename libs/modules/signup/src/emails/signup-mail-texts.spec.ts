import { describe, expect, it } from '@jest/globals';
import { TEXTS, type SignupMailFacts } from './signup-mail-texts.js';

const facts: SignupMailFacts = {
  organization: 'Aurora Telecom',
  company: 'Rui Dias',
  numbered: 'Rui Dias (529.982.247-25)',
  isPerson: true,
  number: 'C-2026-000418',
  inReview: true,
  refusal: 'staff',
  reason: 'Só em Campinas.',
  since: null,
};

describe('S0.37 S0.41 a mail about the signup', () => {
  const all = Object.entries(TEXTS).flatMap(([template, texts]) =>
    Object.entries(texts).map(([locale, say]) => [template, locale, say] as const),
  );

  it.each(all)('of a person speaks to them, and not of them: %s in %s', (_template, _locale, say) => {
    const said = JSON.stringify(say(facts));
    for (const own of [facts.company, '529.982.247-25']) expect(said).not.toContain(own);
  });

  it.each(['pt-BR', 'en-US'] as const)(
    'that a person looks at is another than that the register is asked, in %s',
    (locale) => {
      const [first, second] = [false, true].map((inReview) => TEXTS['signup-received'][locale]({ ...facts, inReview }));
      expect(first!.subject).not.toBe(second!.subject);
      expect(first!.heading).not.toBe(second!.heading);
    },
  );

  it.each(['pt-BR', 'en-US'] as const)('leaves the hours to the footer, where the contacts are, in %s', (locale) => {
    expect(TEXTS['signup-refused'][locale](facts).body).not.toContainEqual({ kind: 'hours' });
  });

  it.each(all)('of a company names it: %s in %s', (_template, _locale, say) => {
    const company = {
      ...facts,
      isPerson: false,
      company: 'Doces Alvorada',
      numbered: 'Doces Alvorada (12.ABC.345/01DE-35)',
    };
    expect(say(company).subject).toContain('Doces Alvorada');
  });
});
