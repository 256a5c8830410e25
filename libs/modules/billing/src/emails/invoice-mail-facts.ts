import { Injectable } from '@nestjs/common';
import { featureSettings, portalOrigin, type StoredSettings } from '@balcao/module-directory';
import { dayAt, type Day } from '@balcao/money';
import { AppConfig } from '@balcao/platform-config';
import { Database, columnsOf, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { usableLink } from '../payment-links/payment-link.repository.js';
import { PaymentLinkTokens } from '../payment-links/payment-link-tokens.js';
import type {
  DepositMethod,
  EntryKind,
  FiscalNoteStatus,
  InvoiceEntity,
  ProofStatus,
} from '../persistence/billing.entities.js';
import { isPaused } from '../persistence/reminder-pauses.js';

/** So many lines of an invoice stand in its mail. */
const MOST_LINES = 8;
/** So many fiscal notes go along with a mail. */
const MOST_FISCAL_NOTES = 3;

type Invoice = Pick<
  InvoiceEntity,
  | 'number'
  | 'title'
  | 'currency'
  | 'state'
  | 'source'
  | 'total'
  | 'settled'
  | 'owed'
  | 'message'
  | 'voidReason'
  | 'finePercent'
  | 'interestPercent'
  | 'checkCode'
> & { id: string; dueOn: Day; payableUntil: Day };

/** A credit, and what it has paid of the invoice. Amounts are minor units. */
export interface CreditFacts {
  kind: EntryKind;
  method: DepositMethod | null;
  amount: bigint;
  postedOn: Day;
  /** Of it, what paid this invoice, what paid for its lateness, and what has paid nothing yet. */
  used: bigint;
  lateCharges: bigint;
  left: bigint;
}

/** A fiscal note whose files are here. */
interface FiscalNoteFacts {
  id: string;
  number: string;
  accessKey: string;
  status: FiscalNoteStatus;
  statusReason: string | null;
  isTest: boolean;
}

/** What the mails about an invoice are made of. */
export interface InvoiceMailFacts extends Invoice {
  organizationName: string;
  accountName: string;
  /** By the organization's clock, where it is. */
  today: Day;
  lines: { description: string; net: bigint }[];
  lineCount: number;
  /** Null where the reader is the account's own address. */
  reader: { status: string; receiveNotifications: boolean; readsInvoices: boolean } | null;
  /** The account's own address. */
  accountEmail: string | null;
  credit: CreditFacts | null;
  /** The note that the mail is about; for others, those that count. */
  fiscalNotes: FiscalNoteFacts[];
  creditNote: { number: string; amount: bigint; reason: string } | null;
  /** What was sent to show that it is paid, and why staff refused it. */
  proof: { status: ProofStatus; sentAt: Date; reason: string | null } | null;
  /** Whether its reminders wait. */
  isPaused: boolean;
  portalId: string;
  /** Where the reader sees the invoice, without signing in where it has a link; null where their portal shows none. */
  url: string | null;
  /** Where anybody sees whether a bill is genuine; null where the portal has no such page. */
  checkUrl: string | null;
  /** Where the reader says that they want no notices; null for the account's own address. */
  settingsUrl: string | null;
}

interface Row extends Omit<
  InvoiceMailFacts,
  'today' | 'lines' | 'fiscalNotes' | 'reader' | 'credit' | 'creditNote' | 'proof' | 'url' | 'checkUrl' | 'settingsUrl'
> {
  timeZone: string;
  isSandbox: boolean;
  portalSlug: string;
  portalDomain: string | null;
  domainLeadsHere: boolean;
  settings: StoredSettings;
  lines: { description: string; net: string }[] | null;
  fiscalNotes: FiscalNoteFacts[] | null;
  readerStatus: string | null;
  receiveNotifications: boolean | null;
  readsInvoices: boolean | null;
  entryKind: EntryKind | null;
  entryMethod: DepositMethod | null;
  entryAmount: bigint;
  entryPostedOn: Day;
  entryUsed: bigint;
  entryLateCharges: bigint;
  entryLeft: bigint;
  noteNumber: string | null;
  noteAmount: bigint;
  noteReason: string;
  proofStatus: ProofStatus | null;
  proofSentAt: Date;
  proofReason: string | null;
  linkId: string | null;
}

/** Reads, at the moment of sending, whether and what to write about an invoice. */
@Injectable()
export class InvoiceMailReader {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly tokens: PaymentLinkTokens,
  ) {}

  /** The facts of a mail's ids, or undefined where there is no such invoice, or no such person any more. */
  async read(context: OrganizationContext, ids: Record<string, string>): Promise<InvoiceMailFacts | undefined> {
    const fiscalNoteId = ids['fiscalNoteId'];
    const row = await this.database.read(context, (db) =>
      db.first<Row>(sql`
        select ${columnsOf('t', ['id', 'number', 'title', 'currency', 'state', 'source', 'total', 'settled', 'owed'])},
          ${columnsOf('t', ['message', 'voidReason', 'dueOn', 'payableUntil', 'checkCode'])},
          trim_scale(t.fine_percent)::text as "finePercent", trim_scale(t.interest_percent)::text as "interestPercent",
          o.name as "organizationName", o.time_zone as "timeZone", o.is_sandbox as "isSandbox", a.name as "accountName", a.email as "accountEmail",
          (select jsonb_agg(jsonb_build_object('description', l.description, 'net', (l.gross - l.discount)::text) order by l.position)
            from (select l.* from invoice_lines l where ${db.tenant('l')} and l.invoice_id = t.id
              order by l.position limit ${MOST_LINES}) l) as lines,
          (select count(*)::int from invoice_lines l where ${db.tenant('l')} and l.invoice_id = t.id) as "lineCount",
          (select jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number, 'accessKey', f.access_key, 'status', f.status,
              'statusReason', f.status_reason, 'isTest', f.is_test) order by f.issued_on, f.id)
            from (select f.* from fiscal_notes f where ${db.tenant('f')} and f.invoice_id = t.id and f.xml_key is not null
              and ${fiscalNoteId ? sql`f.id = ${fiscalNoteId}::uuid` : sql`f.status = 'authorized' and not f.is_test`}
              order by f.issued_on, f.id limit ${MOST_FISCAL_NOTES}) f) as "fiscalNotes",
          u.status as "readerStatus", u.receive_notifications as "receiveNotifications",
          'invoices:read' = any(r.permissions) as "readsInvoices",
          p.id as "portalId", p.slug as "portalSlug", p.custom_domain as "portalDomain", p.domain_leads_here as "domainLeadsHere", p.settings,
          e.kind as "entryKind", coalesce(d.method, w.method) as "entryMethod", e.amount as "entryAmount", e.posted_on as "entryPostedOn",
          e.amount - e.allocated as "entryLeft",
          v.used as "entryUsed", v.late_charges as "entryLateCharges",
          n.number as "noteNumber", n.amount as "noteAmount", n.reason as "noteReason",
          f.status as "proofStatus", f.sent_at as "proofSentAt", f.reason as "proofReason",
          ${isPaused(sql`t`, sql`(${context.clock.now()}::timestamptz at time zone o.time_zone)::date`)} as "isPaused",
          ${usableLink(db, sql`t.id`)} as "linkId"
        from invoices t
        join organizations o on o.id = t.organization_id
        join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id
        left join portal_users u on ${db.tenant('u')} and u.billing_account_id = t.billing_account_id and u.id = ${ids['portalUserId'] ?? null}::uuid
        left join roles r on ${db.tenant('r')} and r.id = u.role_id
        cross join lateral portal_for(t.organization_id, u.role_id, null) p
        left join ledger_entries e on ${db.tenant('e')} and e.billing_account_id = t.billing_account_id
          and e.id = ${ids['ledgerEntryId'] ?? null}::uuid
        left join lateral (
          select coalesce(sum(s.amount) filter (where b.kind = 'invoice'), 0)::bigint as used,
            coalesce(sum(s.amount) filter (where b.kind = 'late_charge'), 0)::bigint as late_charges
          from allocations s join ledger_entries b on ${db.tenant('b')} and b.id = s.debit_id and b.invoice_id = t.id
          where ${db.tenant('s')} and s.credit_id = e.id
        ) v on true
        left join deposits d on e.kind = 'deposit' and ${db.tenant('d')} and d.id = e.source_id
        left join receipt_methods w on e.kind = 'payment' and ${db.tenant('w')} and w.id = e.source_id
        left join credit_notes n on ${db.tenant('n')} and n.invoice_id = t.id and n.id = ${ids['creditNoteId'] ?? null}::uuid
        left join payment_proofs f on ${db.tenant('f')} and f.invoice_id = t.id and f.id = ${ids['paymentProofId'] ?? null}::uuid
        where ${db.tenant('t')} and t.id = ${ids['invoiceId'] ?? null}::uuid`),
    );
    return row && (row.readerStatus !== null || !ids['portalUserId'])
      ? this.factsOf(row, context, ids['askedOn'])
      : undefined;
  }

  private factsOf(
    row: Row,
    { organizationId, clock }: OrganizationContext,
    askedOn: Day | undefined,
  ): InvoiceMailFacts {
    const {
      isSandbox,
      portalSlug: slug,
      portalDomain: customDomain,
      domainLeadsHere,
      readerStatus: status,
      linkId,
      ...facts
    } = row;
    const features = featureSettings.of(row.settings);
    const page = linkId
      ? `pay#token=${this.tokens.of({ id: linkId, organizationId, subjectId: row.id })}`
      : `invoices/${row.id}`;
    const home = `${portalOrigin({ slug, customDomain, domainLeadsHere }, this.config.publicUrl)}/portal`;
    return {
      ...facts,
      // A sandbox's clock may be weeks further by the time that a mail leaves, though it leaves at once.
      today: (isSandbox && askedOn) || dayAt(clock.now(), row.timeZone),
      lines: (row.lines ?? []).map(({ description, net }) => ({ description, net: BigInt(net) })),
      fiscalNotes: row.fiscalNotes ?? [],
      reader: status === null ? null : readerOf(status, row),
      credit: row.entryKind && {
        kind: row.entryKind,
        method: row.entryMethod,
        amount: row.entryAmount,
        postedOn: row.entryPostedOn,
        used: row.entryUsed,
        lateCharges: row.entryLateCharges,
        left: row.entryLeft,
      },
      creditNote: row.noteNumber === null ? null : noteOf(row.noteNumber, row),
      proof: row.proofStatus && { status: row.proofStatus, sentAt: row.proofSentAt, reason: row.proofReason },
      url: features.billing ? `${home}/${page}` : null,
      checkUrl: features.billing && features.billCheck ? `${home}/check` : null,
      settingsUrl: status === null ? null : `${home}/settings`,
    };
  }
}

const readerOf = (status: string, { receiveNotifications, readsInvoices }: Row) => ({
  status,
  receiveNotifications: receiveNotifications === true,
  readsInvoices: readsInvoices === true,
});

const noteOf = (number: string, { noteAmount, noteReason }: Row) => ({
  number,
  amount: noteAmount,
  reason: noteReason,
});

/** Whether the reader of the facts still is to be told, at the address that the mail goes to. */
export function readerWantsMail({ reader, accountEmail }: InvoiceMailFacts, email: string): boolean {
  if (!reader) return accountEmail === email;
  return reader.status === 'active' && reader.receiveNotifications && reader.readsInvoices;
}
