import { DEPOSIT_METHOD_WORDS, ENTRY_WORDS, type Locale } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import type { Ageing, StatementDocument, StatementEntry } from '../documents/statement-document.js';
import type { DepositMethod, Issuer, Party } from '../persistence/billing.entities.js';
import { AGES, type AgeingRow } from '../persistence/invoice-list.js';
import type { Statement, StatementRow } from '../persistence/statement.js';
import { frameOf, paperOf, type Paper, type PaperPortal } from './paper.js';

/** What a statement's document is made of besides its lines. */
export interface StatementFacts {
  issuer: Issuer;
  billTo: Party;
  /** What is owed today, by how late it is. */
  ageing: readonly AgeingRow[];
  today: Day;
}

const CALLED = { 'pt-BR': 'extrato', 'en-US': 'statement' } satisfies Record<Locale, string>;

/** What the document of a statement shows: as of today, so that another day's is drawn anew. */
export function statementPaper(
  { from, to, currency, opening, closing, rows }: Statement,
  { ageing, today, ...parties }: StatementFacts,
  portal: PaperPortal | undefined,
  locale: Locale,
): Paper<StatementDocument> {
  const open = ageing.filter((row) => row.currency === currency);
  const document: StatementDocument = {
    ...frameOf(locale, portal, parties),
    issuedOn: today,
    from,
    until: to,
    currency,
    opening,
    entries: rows.map((row) => entryOf(row, locale)),
    closing,
    // What is late today says nothing of a time that is over.
    ...(to >= today && open.length > 0 && { ageing: agesOf(open) }),
  };
  return paperOf(document, portal, `${CALLED[locale]}-${from}-${to}`);
}

function entryOf(row: StatementRow, locale: Locale): StatementEntry {
  const { kind, side, amount, balance, postedOn, invoiceNumber, invoiceTitle, number, method, paid } = row;
  const word = ENTRY_WORDS.customers[locale][kind];
  const way = method && DEPOSIT_METHOD_WORDS[locale][method as DepositMethod];
  const paying = paid.map((one) => one.number).join(', ');
  const called = kind === 'invoice' ? invoiceNumber : number;
  // An invoice's own number stands in its name.
  const about = kind === 'invoice' ? [invoiceTitle] : [invoiceNumber, paying, row.reference, row.reason];
  const detail = about.filter(Boolean).join(' · ');
  return {
    day: postedOn,
    description: way ? `${word}, ${way}` : [word, called].filter(Boolean).join(' '),
    ...(detail && { detail }),
    [side]: amount,
    balance,
  };
}

/** The ages of lists, put together as a page has room for them. */
function agesOf(rows: readonly AgeingRow[]): Ageing {
  const owed = (from: number, until = from) =>
    rows.reduce((sum, row) => (row.bucket >= from && row.bucket <= until ? sum + row.owed : sum), 0n);
  const [of30, of60, of90] = [30, 60, 90].map((age) => AGES.indexOf(age as (typeof AGES)[number])) as [
    number,
    number,
    number,
  ];
  return {
    notDue: owed(-1),
    upTo30: owed(0, of30),
    upTo60: owed(of30 + 1, of60),
    upTo90: owed(of60 + 1, of90),
    over90: owed(AGES.length),
  };
}
