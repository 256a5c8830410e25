import type { Figures, Money } from '../../format/figures.js';

/** A line of a `FigureList`. */
export interface FigureRow {
  key: string;
  text: string;
  below?: string;
  figure: string;
  strong?: boolean;
  muted?: boolean;
}

/** What an invoice asks for, line by line, and below them what they come to. */
export const chargeRows = (
  {
    lines,
    total,
  }: {
    lines: readonly { name: string; detail: string | null; quantity: string; unitPrice: Money; amount: Money }[];
    total: Money;
  },
  { figures, totalText }: { figures: Figures; totalText: string },
): FigureRow[] => [
  ...lines.map(({ name, detail, quantity, unitPrice, amount }, place) => ({
    key: `line ${place}`,
    text: name,
    below: [detail, Number(quantity) === 1 ? undefined : `${figures.quantity(quantity)} × ${figures.money(unitPrice)}`]
      .filter(Boolean)
      .join(' · '),
    figure: figures.amount(amount),
  })),
  { key: 'total', text: totalText, figure: figures.money(total), strong: true },
];
