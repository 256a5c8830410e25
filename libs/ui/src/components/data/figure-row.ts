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

/** What a change costs at once: what is asked for and given back, part by part, and below them what they come to. */
export const changeRows = <Kind extends string>(
  {
    parts,
    due,
    daysLeft,
    daysWhole,
  }: {
    parts: readonly { kind: Kind | 'credit'; name: string; amount: Money }[];
    due: Money;
    daysLeft: number;
    daysWhole: number;
  },
  {
    figures,
    text,
  }: {
    figures: Figures;
    text: (name: Kind | 'credit' | 'beyond' | 'now' | 'credited', facts?: Record<string, unknown>) => string;
  },
): FigureRow[] => {
  const signed = parts.map(({ kind, amount }) => (kind === 'credit' ? -amount.amount : amount.amount));
  const beyond = due.amount - signed.reduce((sum, amount) => sum + amount, 0);
  return [
    ...parts.map(({ kind, name, amount }, place) => ({
      key: `part ${place}`,
      text: text(kind, { name, left: daysLeft, whole: daysWhole }),
      figure: kind === 'credit' ? figures.signedAmount({ ...amount, amount: -amount.amount }) : figures.amount(amount),
    })),
    // What taxes on top, and what is taken off, make of it.
    ...(beyond === 0
      ? []
      : [{ key: 'beyond', text: text('beyond'), figure: figures.signedAmount({ ...due, amount: beyond }) }]),
    {
      key: 'now',
      text: text(due.amount < 0 ? 'credited' : 'now'),
      figure: figures.money({ ...due, amount: Math.abs(due.amount) }),
      strong: true,
    },
  ];
};
