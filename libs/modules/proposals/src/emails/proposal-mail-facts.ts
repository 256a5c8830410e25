import { Injectable } from '@nestjs/common';
import { featureSettings, portalOrigin, type StoredSettings } from '@balcao/module-directory';
import { dayAt, type Day } from '@balcao/money';
import { AppConfig } from '@balcao/platform-config';
import { Database, columnsOf, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { statusOf, type ProposalState, type RejectionReason } from '../domain/proposal.js';
import { ProposalLinkTokens } from '../links/proposal-link-tokens.js';

/** What the mails about a proposal are made of. */
export interface ProposalMailFacts {
  id: string;
  number: string;
  reference: string | null;
  title: string;
  currency: string;
  total: bigint;
  validUntil: Day;
  /** By the organization's day. */
  status: ProposalState;
  /** Of the version that the mail is about, and whether it is the one that counts. */
  versionNumber: number;
  isCurrent: boolean;
  organizationName: string;
  accountName: string;
  accountEmail: string | null;
  contactName: string | null;
  today: Day;
  decision: {
    signerName: string;
    /** The first day that they chose. */
    startsOn: Day | null;
    reason: RejectionReason | null;
    comment: string | null;
  } | null;
  invoiceNumber: string | null;
  /** Why it was withdrawn; null where it was not. */
  withdrawReason: string | null;
  /** Null where the reader is the account's own address, or staff. */
  reader: { status: string; receiveNotifications: boolean; decides: boolean } | null;
  /** Of the staff. */
  staffStatus: string | null;
  portalId: string;
  /** Where the reader sees and decides it without signing in; null where their portal shows none, or the link opens nothing any more. */
  url: string | null;
  settingsUrl: string | null;
  consoleUrl: string;
}

interface Row extends Omit<
  ProposalMailFacts,
  'status' | 'today' | 'decision' | 'reader' | 'url' | 'settingsUrl' | 'consoleUrl'
> {
  state: ProposalState;
  timeZone: string;
  portalSlug: string;
  portalDomain: string | null;
  domainLeadsHere: boolean;
  settings: StoredSettings;
  signerName: string | null;
  startsOn: Day | null;
  reason: RejectionReason | null;
  comment: string | null;
  readerStatus: string | null;
  receiveNotifications: boolean | null;
  decides: boolean | null;
  linkId: string | null;
}

/** Reads, at the moment of sending, whether and what to write about a proposal. */
@Injectable()
export class ProposalMailReader {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly tokens: ProposalLinkTokens,
  ) {}

  /** The facts of a mail's ids, or undefined where there is no such proposal, or no such person any more. */
  async read(context: OrganizationContext, ids: Record<string, string>): Promise<ProposalMailFacts | undefined> {
    const row = await this.database.read(context, (db) =>
      db.first<Row>(sql`
        select ${columnsOf('t', ['id', 'number', 'state', 'validUntil', 'withdrawReason'])}, ${columnsOf('v', ['reference', 'title', 'currency', 'total'])},
          v.number as "versionNumber", v.id = t.current_version_id as "isCurrent", staff_name(t.contact_id) as "contactName",
          o.name as "organizationName", o.time_zone as "timeZone", a.name as "accountName", a.email as "accountEmail",
          d.signer_name as "signerName", d.starts_on as "startsOn", d.reason, d.comment,
          (select i.number from invoices i where ${db.tenant('i')} and i.proposal_id = t.id) as "invoiceNumber",
          u.status as "readerStatus", u.receive_notifications as "receiveNotifications",
          'proposals:accept' = any(r.permissions) as decides, s.status as "staffStatus",
          p.id as "portalId", p.slug as "portalSlug", p.custom_domain as "portalDomain", p.domain_leads_here as "domainLeadsHere", p.settings,
          (select l.id from proposal_links l where ${db.tenant('l')} and l.proposal_id = t.id and l.id = ${ids['proposalLinkId'] ?? null}::uuid
            and l.revoked_at is null and l.expires_at > now()) as "linkId"
        from proposals t
        join proposal_versions v on ${db.tenant('v')} and v.proposal_id = t.id and v.id = ${ids['proposalVersionId'] ?? null}::uuid
        join organizations o on o.id = t.organization_id
        join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id
        left join proposal_decisions d on ${db.tenant('d')} and d.proposal_id = t.id
        left join portal_users u on ${db.tenant('u')} and u.billing_account_id = t.billing_account_id and u.id = ${ids['portalUserId'] ?? null}::uuid
        left join roles r on ${db.tenant('r')} and r.id = u.role_id
        left join staff_users s on ${db.tenant('s')} and s.id = ${ids['staffUserId'] ?? null}::uuid
        cross join lateral portal_for(t.organization_id, u.role_id, null) p
        where ${db.tenant('t')} and t.id = ${ids['proposalId'] ?? null}::uuid`),
    );
    return row && (row.readerStatus !== null || !ids['portalUserId']) ? this.factsOf(row, context) : undefined;
  }

  private factsOf(row: Row, { organizationId, clock }: OrganizationContext): ProposalMailFacts {
    const { linkId, timeZone, portalSlug: slug, portalDomain: customDomain, domainLeadsHere, settings, state } = row;
    const { signerName, startsOn, reason, comment, readerStatus, receiveNotifications, decides, ...facts } = row;
    const home = `${portalOrigin({ slug, customDomain, domainLeadsHere }, this.config.publicUrl)}/portal`;
    const today = dayAt(clock.now(), timeZone);
    const token = linkId && this.tokens.of({ id: linkId, organizationId, subjectId: row.id });
    return {
      ...facts,
      today,
      status: statusOf({ state, validUntil: row.validUntil }, today),
      decision: signerName === null ? null : { signerName, startsOn, reason, comment },
      reader:
        readerStatus === null
          ? null
          : { status: readerStatus, receiveNotifications: receiveNotifications === true, decides: decides === true },
      url: token && featureSettings.of(settings).billing ? `${home}/proposal#token=${token}` : null,
      settingsUrl: readerStatus === null ? null : `${home}/settings`,
      consoleUrl: `${this.config.publicUrl}/console/billing/proposals/${row.id}`,
    };
  }
}

/** Whether the customer's reader still is to be told, at the address that the mail goes to. */
export function readerWantsMail({ reader, accountEmail }: ProposalMailFacts, email: string): boolean {
  if (!reader) return accountEmail === email;
  return reader.status === 'active' && reader.receiveNotifications && reader.decides;
}
