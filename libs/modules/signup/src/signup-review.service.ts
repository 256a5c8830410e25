import { Injectable } from '@nestjs/common';
import { normalizeTaxId } from '@balcao/brazil';
import { containing } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { Database, countedPage, empty, sql, type StaffContext } from '@balcao/platform-tenancy';
import type {
  CorrectedField,
  Corrections,
  Lookup,
  Refusal,
  SignupStatus,
  TaxIdKind,
  TypedFacts,
} from './domain/signup.js';
import type { SignupEntity } from './persistence/signup.entity.js';
import { SignupBook } from './signup-book.js';
import { SignupSteps } from './signup-steps.js';

/** The customer that has a signup's tax id already, where that was found; for those who may read customers. */
export type TaxIdCustomer = { id: string; name: string } | null;

/** A signup as staff see it. */
export type ReviewedSignup = SignupEntity & { taxIdCustomer: TaxIdCustomer };

/** A signup in the list of staff. */
export interface SignupRow {
  id: string;
  number: string | null;
  kind: TaxIdKind;
  taxId: string;
  companyName: string | null;
  status: SignupStatus;
  lookup: Lookup;
  refusal: Refusal | null;
  administratorName: string | null;
  administratorEmail: string | null;
  createdAt: Date;
  submittedAt: Date | null;
  taxIdCustomer: TaxIdCustomer;
}

export interface SignupFilter {
  q?: string;
  status?: SignupStatus[];
  /** Whether the data were sent. */
  sent?: 'yes' | 'no';
  billingAccountId?: string;
  portalId?: string;
  limit: number;
  offset: number;
}

/** What staff correct of a signup before they decide. */
export interface SignupPatch {
  version: number;
  company?: Corrections;
  administrator?: { name?: string; email?: string; phone?: string | null };
}

/** What staff do with signups that the register left open. Of two at once one wins. */
@Injectable()
export class SignupReviewService {
  constructor(
    private readonly database: Database,
    private readonly book: SignupBook,
    private readonly steps: SignupSteps,
    private readonly audit: Audit,
  ) {}

  /** Newest first. */
  async list(context: StaffContext, filter: SignupFilter): Promise<{ rows: SignupRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const { q, status, sent, billingAccountId, portalId } = filter;
      const pattern = q && containing(q);
      // As `legalNameOf` has it.
      const name = sql`coalesce(
        case when s.lookup <> 'active' or s.corrected_fields @> '[{"field": "company.legalName"}]' then s.corrections ->> 'legalName' end,
        s.company ->> 'legalName', s.corrections ->> 'legalName', s.administrator_name)`;
      return countedPage<SignupRow>(
        db,
        ({ limit, offset }) => sql`
          select s.id, s.number, s.kind, s.tax_id as "taxId", ${name} as "companyName", s.status, s.lookup, s.refusal,
            s.administrator_name as "administratorName", s.administrator_email as "administratorEmail",
            s.created_at as "createdAt", s.submitted_at as "submittedAt",
            ${customerOf(context)} as "taxIdCustomer", count(*) over ()::integer as total
          from signups s where ${db.tenant('s')}
            ${status?.length ? sql`and s.status = any(${status}::text[])` : empty}
            ${sent ? sql`and (s.submitted_at is not null) = ${sent === 'yes'}` : empty}
            ${billingAccountId ? sql`and s.account_id = ${billingAccountId}::uuid` : empty}
            ${portalId ? sql`and s.portal_id = ${portalId}::uuid` : empty}
            ${
              pattern
                ? sql`and (fold(${name}) like fold(${pattern}) or fold(coalesce(s.company ->> 'tradeName', '')) like fold(${pattern})
                  or fold(coalesce(s.administrator_name, '')) like fold(${pattern}) or s.administrator_email like lower(${pattern})
                  or starts_with(s.tax_id, nullif(${normalizeTaxId(q!)}, '')) or upper(s.number) like upper(${pattern}))`
                : empty
            }
          order by s.id desc limit ${limit} offset ${offset}`,
        filter,
      );
    });
  }

  /** @throws DomainError not_found */
  async get(context: StaffContext, id: string): Promise<ReviewedSignup> {
    return this.database.read(context, async (db) => {
      const signup = await this.book.get(db, id);
      const row = await db.first<{ customer: TaxIdCustomer }>(sql`
        select ${customerOf(context)} as customer from signups s where ${db.tenant('s')} and s.id = ${id}::uuid`);
      return { ...signup, taxIdCustomer: row?.customer ?? null };
    });
  }

  /**
   * Corrects what was typed. Another address is another mailbox's: what began the signup in a browser opens it no more, and
   * its reader goes on by a mail. @throws DomainError not_found, conflict, signup_step_not_allowed
   */
  async correct(context: StaffContext, id: string, { version, company, administrator }: SignupPatch) {
    return this.deciding(context, id, version, async (db, held) => {
      const email = administrator?.email;
      const values = {
        ...(company && { corrections: { ...held.corrections, ...given(company) } }),
        ...(administrator?.name !== undefined && { administratorName: administrator.name }),
        ...(email !== undefined && { administratorEmail: email, addressKept: true }),
        ...(email !== undefined && email !== held.administratorEmail && { handovers: held.handovers + 1 }),
        ...(administrator?.phone !== undefined && { administratorPhone: administrator.phone }),
        typed: held.typed ?? typedOf(held),
        correctedFields: correctedFieldsOf(held, { company, administrator }, context.actor.name),
        correctedByName: context.actor.name,
        correctedAt: new Date(),
      };
      const changed = await this.book.change(db, context, held, values);
      if (changed.handovers > held.handovers) await this.steps.mailReceived(db, context, changed);
      await this.audit.record(db, context, {
        action: 'staff.signup.update',
        target: { type: 'signup', id },
        changes: { before: factsOf(held), after: factsOf(changed) },
      });
    });
  }

  /**
   * Makes the account, with what the register and the person say. @throws DomainError not_found, conflict,
   * signup_step_not_allowed, tax_id_taken, validation_failed where nobody has said the company's name
   */
  async approve(context: StaffContext, id: string, version: number): Promise<ReviewedSignup> {
    return this.deciding(context, id, version, async (db, held) => {
      if (held.kind === 'cnpj' && !held.company && !held.corrections?.legalName)
        throw refusedField('company.legalName', 'required');
      const done = await this.steps.complete(db, context, held, 'signup-approved', reviewedBy(context));
      // Staff see why, and decide again; the signup stays as it was.
      if (done.status === 'refused') throw new DomainError('tax_id_taken');
      await this.audit.record(db, context, {
        action: 'staff.signup.approve',
        target: { type: 'signup', id },
        billingAccountId: done.accountId!,
      });
    });
  }

  /** Ends it, and mails the reason. @throws DomainError not_found, conflict, signup_step_not_allowed */
  async refuse(context: StaffContext, id: string, version: number, reason: string): Promise<ReviewedSignup> {
    return this.deciding(context, id, version, async (db, held) => {
      await this.steps.refuse(db, context, held, 'staff', reason, reviewedBy(context));
      await this.audit.record(db, context, {
        action: 'staff.signup.refuse',
        target: { type: 'signup', id },
        changes: { after: { reason } },
      });
    });
  }

  private async deciding(
    context: StaffContext,
    id: string,
    version: number,
    decide: (db: Parameters<SignupBook['hold']>[0], held: SignupEntity) => Promise<void>,
  ): Promise<ReviewedSignup> {
    await this.database.transaction(context, async (db) => {
      const held = await this.book.hold(db, id);
      if (held.version !== version) throw new DomainError('conflict');
      if (held.status !== 'in_review') throw new DomainError('signup_step_not_allowed');
      await decide(db, held);
    });
    return this.get(context, id);
  }
}

/** Who has the tax id of a signup `s` that was found to be a customer's. */
const customerOf = (context: StaffContext) =>
  context.can('customers:read')
    ? sql`case when s.refusal = 'already_registered' then
        (select json_build_object('id', a.id, 'name', a.name) from billing_accounts a
         where a.organization_id = s.organization_id and a.tax_id = s.tax_id) end`
    : sql`null::json`;

const given = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

/** Who corrected which field, with what somebody corrects now. */
function correctedFieldsOf(held: SignupEntity, patch: Omit<SignupPatch, 'version'>, by: string): CorrectedField[] {
  const fields = Object.entries(patch).flatMap(([part, values]) =>
    Object.keys(given(values ?? {})).map((name) => `${part}.${name}`),
  );
  return [
    ...held.correctedFields.filter(({ field }) => !fields.includes(field)),
    ...fields.map((field) => ({ field, by })),
  ];
}

/** What the person wrote, as it stands in the signup until staff correct it. */
const typedOf = (signup: SignupEntity): TypedFacts => {
  const { corrections, administratorName: name, administratorEmail: email, administratorPhone: phone } = signup;
  return { corrections, administrator: name && email ? { name, email, phone } : null };
};

const reviewedBy = ({ actor }: StaffContext) => ({
  reviewedById: actor.id,
  reviewedByName: actor.name,
  reviewedAt: new Date(),
  addressKept: true,
});

const factsOf = ({ corrections, administratorName, administratorEmail, administratorPhone }: SignupEntity) => ({
  ...corrections,
  administratorName,
  administratorEmail,
  administratorPhone,
});
