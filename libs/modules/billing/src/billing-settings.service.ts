import { Injectable } from '@nestjs/common';
import { normalizeTaxId } from '@balcao/brazil';
import type { Locale } from '@balcao/contracts';
import { dayAt, type Day } from '@balcao/money';
import { storedAddress, type PostalAddress } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { Database, assignments, columnsOf, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { Issuer } from './persistence/billing.entities.js';

/** What becomes of charges for lateness that a payment of the principal left open. */
export const LATE_CHARGE_RULES = ['waive', 'next_invoice'] as const;

/** What becomes of what was to be paid, where a saved card was tried in vain as often as it may be. */
export const COLLECTION_ENDS = ['nothing', 'pause', 'cancel'] as const;

/** What an organization says of itself as an issuer of invoices, and the terms that new ones begin with. */
export interface BillingSettings {
  legalName: string | null;
  /** CNPJ or CPF without its marks. */
  taxId: string | null;
  municipalRegistration: string | null;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  /** Where payments without a gateway are sent. */
  pixKey: string | null;
  /** Before the year in a number. */
  numberPrefix: string;
  /** Where a year's numbers begin. */
  firstNumber: number;
  /** From opening to due date. */
  dueDays: number;
  /** For lateness: once, and a month, in percent. */
  finePercent: string;
  interestPercent: string;
  lateCharges: (typeof LATE_CHARGE_RULES)[number];
  chargesFirst: boolean;
  /** Whether credit that is left pays an invoice when it opens. */
  appliesCredit: boolean;
  allowsPartial: boolean;
  /** Days before the due date, and behind the last day in time, on which customers are reminded. */
  reminderDays: number[];
  overdueDays: number[];
  /** Banking days for which a proof of payment keeps reminders back; 0 for none. */
  proofPauseDays: number;
  /** Whether reminders wait while a customer disputes the invoice. */
  disputesPauseReminders: boolean;
  /** So many days behind the due date, or behind the day on which it was asked for where that is later, a payment link opens its invoice. */
  linkDays: number;
  /** Days between one try of a saved card and the next; behind the last of them nobody tries any more. */
  collectionRetryDays: number[];
  /** What becomes then of what was to be paid. */
  collectionEnd: (typeof COLLECTION_ENDS)[number];
  /** Days before a first try on which the payer is told; 0 for none. */
  collectionNoticeDays: number;
  version: number;
}

/** The settings with what the organization is besides, and the day that it has. */
export interface BillingTerms extends BillingSettings {
  organizationName: string;
  currency: string;
  locale: Locale;
  timeZone: string;
  /** By the context's clock, where the organization is. */
  today: Day;
}

const DEFAULTS: BillingSettings = {
  legalName: null,
  taxId: null,
  municipalRegistration: null,
  email: null,
  phone: null,
  address: null,
  pixKey: null,
  numberPrefix: 'F-',
  firstNumber: 1,
  dueDays: 10,
  finePercent: '2',
  interestPercent: '1',
  lateCharges: 'waive',
  chargesFirst: true,
  appliesCredit: true,
  allowsPartial: false,
  reminderDays: [3],
  overdueDays: [1, 7, 15],
  proofPauseDays: 3,
  disputesPauseReminders: true,
  linkDays: 90,
  collectionRetryDays: [3, 5, 7],
  collectionEnd: 'nothing',
  collectionNoticeDays: 3,
  version: 1,
};

const WRITTEN = Object.keys(DEFAULTS).filter((name) => name !== 'version') as Exclude<
  keyof BillingSettings,
  'version'
>[];
const DECIMALS = ['finePercent', 'interestPercent'] as const;
const COLUMNS = sql`${columnsOf(
  's',
  WRITTEN.filter((name) => !(DECIMALS as readonly string[]).includes(name)),
)}, trim_scale(s.fine_percent)::text as "finePercent", trim_scale(s.interest_percent)::text as "interestPercent", s.version`;

/** The terms of an organization's invoices. */
@Injectable()
export class BillingSettingsService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async get(context: OrganizationContext): Promise<BillingSettings> {
    return this.database.read(context, (db) => this.read(db));
  }

  /**
   * Changes what is named and leaves the rest.
   * @throws DomainError conflict where somebody else has changed them since that version; validation_failed for another first number
   * once this year's have begun
   */
  async update(
    context: OrganizationContext,
    { version, ...patch }: Partial<BillingSettings> & { version: number },
  ): Promise<BillingSettings> {
    return this.database.transaction(context, async (db) => {
      // A row to hold, for two who write the first settings at once.
      await db.execute(
        sql`insert into billing_settings (organization_id) values (${context.organizationId}::uuid) on conflict do nothing`,
      );
      await db.query(sql`select from billing_settings s where ${db.tenant('s')} for no key update`);
      const before = await this.read(db);
      if (before.version !== version) throw new DomainError('conflict');
      if (patch.firstNumber !== undefined && patch.firstNumber !== before.firstNumber)
        await this.requireUnbegun(db, context);
      const after = {
        ...before,
        ...patch,
        ...(patch.taxId ? { taxId: normalizeTaxId(patch.taxId) } : {}),
        ...(patch.address ? { address: storedAddress(patch.address) } : {}),
      };
      const address = sql`${after.address && JSON.stringify(after.address)}::jsonb`;
      const values = Object.fromEntries(WRITTEN.map((name) => [name, name === 'address' ? address : after[name]]));
      await db.execute(sql`
        update billing_settings s set ${assignments(values)}, version = s.version + 1, updated_at = now() where ${db.tenant('s')}`);
      await this.audit.record(db, context, {
        action: 'staff.billing_settings.update',
        target: { type: 'organization', id: context.organizationId },
        changes: { before, after },
      });
      return this.read(db);
    });
  }

  /** What counts now for whoever writes or reads invoices, in one statement. */
  async terms(db: Db, context: OrganizationContext): Promise<BillingTerms> {
    const row = await db.first<Omit<BillingTerms, 'today'>>(sql`
      select o.name as "organizationName", o.currency, o.locale, o.time_zone as "timeZone", ${COLUMNS}
      from organizations o left join billing_settings s on s.organization_id = o.id
      where o.id = ${context.organizationId}::uuid`);
    // Without settings of its own the organization has those that everybody begins with.
    const terms = row!.version === null ? { ...row!, ...DEFAULTS } : row!;
    return { ...terms, today: dayAt(context.clock.now(), terms.timeZone) };
  }

  /** The numbers of a year go on from its first one: another would count for nothing before the next year, unseen. */
  private async requireUnbegun(db: Db, context: OrganizationContext): Promise<void> {
    const year = (await this.terms(db, context)).today.slice(0, 4);
    const begun = await db.first<{ lastNumber: number }>(sql`
      select c.last_number as "lastNumber" from billing_counters c
      where ${db.tenant('c')} and c.series = 'invoice' and c.year = ${year}::integer`);
    if (begun) throw refusedField('firstNumber', 'numbersBegun', { year, next: begun.lastNumber + 1 });
  }

  private async read(db: Db): Promise<BillingSettings> {
    const row = await db.first<BillingSettings>(sql`select ${COLUMNS} from billing_settings s where ${db.tenant('s')}`);
    return row ?? DEFAULTS;
  }
}

/** Whom invoices are from. */
export const issuerOf = (terms: BillingTerms): Issuer => ({
  name: terms.organizationName,
  legalName: terms.legalName,
  taxId: terms.taxId,
  municipalRegistration: terms.municipalRegistration,
  address: terms.address,
  email: terms.email,
  phone: terms.phone,
});
