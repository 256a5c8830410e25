import { expect, it } from '@jest/globals';
import { outcomeWords } from './proposal-outcome-words.js';

const invoice = (dueDays: number | null) => ({ kind: 'invoice' as const, dueDays });
const subscription = (startsOn: string | null) => ({ kind: 'subscription' as const, dueDays: null, startsOn });

it.each([
  [invoice(null), null, 'A fatura é emitida na hora, com o prazo de costume.', 'due as usual.'],
  [invoice(0), null, 'vence no mesmo dia.', 'due on the same day.'],
  [invoice(1), null, 'vence 1 dia depois.', 'due 1 day later.'],
  [invoice(10), null, 'vence 10 dias depois.', 'due 10 days later.'],
  [
    invoice(null),
    '2026-12-15',
    'prazo de costume contado do dia de início, que quem aceita escolhe, até 2026-12-15.',
    'until 2026-12-15.',
  ],
  [
    invoice(0),
    '2026-12-10',
    'vence no dia de início, que quem aceita escolhe, até 2026-12-10.',
    'due on the first day, which whoever accepts chooses, until 2026-12-10.',
  ],
  [
    invoice(10),
    '2027-01-09',
    'vence 10 dias depois do dia de início, que quem aceita escolhe, até 2027-01-09.',
    'due 10 days after the first day,',
  ],
  [subscription(null), null, 'A assinatura começa no dia do aceite.', 'begins on the day of acceptance.'],
  [subscription('2026-12-05'), null, 'A assinatura começa em 2026-12-05.', 'begins on 2026-12-05.'],
  [
    subscription(null),
    '2027-01-09',
    'A assinatura começa no dia que quem aceita escolhe, até 2027-01-09.',
    'begins on the day that whoever accepts chooses, until 2027-01-09.',
  ],
] as const)('%j, with a first day chosen until %s, is told in words', (outcome, until, portuguese, english) => {
  const words = outcomeWords(outcome, until, (day) => day);
  expect(words['pt-BR']).toContain(portuguese);
  expect(words['en-US']).toContain(english);
});
