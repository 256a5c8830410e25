import { expect, it } from '@jest/globals';
import type { ProposalOutcome } from './proposal.js';
import { outcomeWords } from './words.js';

const invoice = (dueDays: number | null, startWithinDays: number | null = null): ProposalOutcome => ({
  kind: 'invoice',
  ...{ dueDays, startWithinDays },
});
const subscription = (startsOn: string | null, startWithinDays: number | null = null): ProposalOutcome => ({
  kind: 'subscription',
  items: [],
  dueDays: null,
  ...{ startsOn, startWithinDays },
});

it.each([
  [invoice(null), 'A fatura é emitida na hora, com o prazo de costume.', 'due as usual.'],
  [invoice(0), 'vence no mesmo dia.', 'due on the same day.'],
  [invoice(1), 'vence 1 dia depois.', 'due 1 day later.'],
  [invoice(10), 'vence 10 dias depois.', 'due 10 days later.'],
  [
    invoice(null, 5),
    'prazo de costume contado do dia de início, que quem aceita escolhe, até 2026-12-15.',
    'until 2026-12-15.',
  ],
  [
    invoice(0, 0),
    'vence no dia de início, que quem aceita escolhe, até 2026-12-10.',
    'due on the first day, which whoever accepts chooses, until 2026-12-10.',
  ],
  [
    invoice(10, 30),
    'vence 10 dias depois do dia de início, que quem aceita escolhe, até 2027-01-09.',
    'due 10 days after the first day,',
  ],
  [subscription(null), 'A assinatura começa no dia do aceite.', 'begins on the day of acceptance.'],
  [subscription('2026-12-05'), 'A assinatura começa em 2026-12-05.', 'begins on 2026-12-05.'],
  [
    subscription(null, 30),
    'A assinatura começa no dia que quem aceita escolhe, até 2027-01-09.',
    'begins on the day that whoever accepts chooses, until 2027-01-09.',
  ],
] as const)('%j is told in words', (outcome, portuguese, english) => {
  const words = outcomeWords({ outcome, validUntil: '2026-12-10' }, (day) => day);
  expect(words['pt-BR']).toContain(portuguese);
  expect(words['en-US']).toContain(english);
});
