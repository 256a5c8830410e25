import { Injectable } from '@nestjs/common';
import { outcomeWords } from '@balcao/contracts';
import { shortDay, type PrintedProposal } from '@balcao/module-billing';
import { dayAt, type Day } from '@balcao/money';
import { found } from '@balcao/platform-errors';
import { Database, sql, systemContext, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { lastStart, versionStateOf } from './domain/proposal.js';
import { readProposalText, type ProposalText } from './domain/proposal-text.js';
import {
  listPortalProposals,
  listStaffProposals,
  type ProposalFilter,
  type ProposalPage,
  type StaffProposalFilter,
} from './persistence/proposal-list.js';
import { ProposalFileRepository } from './persistence/proposal-file.repository.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import type {
  DecisionRow,
  DraftRow,
  EventRow,
  FileRow,
  MadeInvoice,
  ProposalRow,
  SentRow,
  StaffProposalRow,
  VersionRow,
} from './persistence/proposal.rows.js';

/** A version of a proposal as it was sent, with what became of both. */
export interface SeenProposal {
  proposal: ProposalRow;
  version: SentRow;
  /** What its text says. */
  text: ProposalText;
  /** Those that were sent, the latest first. */
  versions: VersionRow[];
  files: FileRow[];
  decision: DecisionRow | undefined;
  /** What acceptance made. */
  invoice: MadeInvoice | undefined;
  /** By the organization's clock, where it is. */
  today: Day;
  timeZone: string;
}

/** A proposal as staff see it. */
export interface StaffProposal {
  proposal: StaffProposalRow;
  /** What is being written. */
  draft: (DraftRow & { files: FileRow[] }) | undefined;
  /** What counts, or how it ended. */
  seen: SeenProposal | undefined;
  events: EventRow[];
  today: Day;
}

/** Proposals as they are read: by customers, who have one account and see what was sent, and by staff. */
@Injectable()
export class ProposalReader {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly files: ProposalFileRepository,
  ) {}

  /** The account's that were sent, the latest first. @throws DomainError validation_failed for a cursor of another list */
  async list(
    context: OrganizationContext,
    filter: ProposalFilter,
  ): Promise<ProposalPage<ProposalRow> & { today: Day }> {
    const { today } = await this.dayOf(context);
    return this.database.read(context, async (db) => ({ ...(await listPortalProposals(db, filter, today)), today }));
  }

  async listForStaff(
    context: OrganizationContext,
    filter: StaffProposalFilter,
  ): Promise<ProposalPage<StaffProposalRow> & { today: Day }> {
    const { today } = await this.dayOf(context);
    return this.database.read(context, async (db) => ({ ...(await listStaffProposals(db, filter, today)), today }));
  }

  /**
   * A version that was sent: the one named, or the one that counts.
   * @throws DomainError not_found, for a draft as well
   */
  async get(context: OrganizationContext, id: string, versionId?: string): Promise<SeenProposal> {
    const now = await this.dayOf(context);
    return this.database.read(context, async (db) =>
      this.seen(db, found(await this.proposals.find(db, id)), now, versionId),
    );
  }

  /** @throws DomainError not_found */
  async getForStaff(context: OrganizationContext, id: string): Promise<StaffProposal> {
    const now = await this.dayOf(context);
    return this.database.read(context, async (db) => {
      const proposal = found(await this.proposals.staffFind(db, id));
      const [draft, events, seen] = await Promise.all([
        this.proposals.draft(db, id),
        this.proposals.events(db, id),
        proposal.sentAt ? this.seen(db, proposal, now) : undefined,
      ]);
      const files = draft ? await this.files.of(db, draft.id) : [];
      return { proposal, draft: draft && { ...draft, files }, seen, events, today: now.today };
    });
  }

  /** What the document of a version shows; of the one that counts where none is named. @throws DomainError not_found */
  async printed(context: OrganizationContext, id: string, versionId?: string): Promise<PrintedProposal> {
    const { proposal, version, text, decision, today, timeZone } = await this.get(context, id, versionId);
    const isCurrent = version.id === proposal.currentVersionId;
    const { number, reference, issuedOn, title, currency, validUntil, issuer, customer, introduction, terms, lines } =
      text;
    return {
      ...{ proposalId: id, versionId: version.id, billingAccountId: version.billingAccountId },
      ...{
        number,
        reference,
        issuedOn,
        title,
        currency,
        validUntil,
        issuer,
        billTo: customer,
        introduction,
        terms,
        lines,
      },
      ...{ subtotal: text.subtotal, discount: text.discount, total: text.total },
      version: version.number,
      state: versionStateOf({ isSent: true, isCurrent }, proposal, today) as PrintedProposal['state'],
      outcome: outcomeWords(text.outcome, lastStart(text), shortDay),
      files: text.files.map(({ name, digest }) => ({ name, digest })),
      source: version.document,
      digest: version.digest,
      evidence: decision && isCurrent ? await this.evidenceOf(context, decision, timeZone) : null,
    };
  }

  /** The same by the version's id. @throws DomainError not_found */
  async printedVersion(context: OrganizationContext, versionId: string): Promise<PrintedProposal> {
    const id = await this.database.read(context, async (db) => found(await this.proposals.proposalOf(db, versionId)));
    return this.printed(context, id, versionId);
  }

  private async seen(
    db: Db,
    proposal: ProposalRow,
    { today, timeZone }: { today: Day; timeZone: string },
    versionId?: string,
  ): Promise<SeenProposal> {
    const version = found(await this.proposals.sent(db, proposal.id, versionId));
    const [versions, files, decision, invoice] = await Promise.all([
      this.proposals.versions(db, proposal.id),
      this.files.of(db, version.id),
      this.proposals.decision(db, proposal.id),
      this.proposals.invoiceOf(db, proposal.id),
    ]);
    const sent = versions.filter(({ sentAt }) => sentAt !== null);
    const text = readProposalText(version.document);
    return { proposal, version, text, versions: sent, files, decision, invoice, today, timeZone };
  }

  private async evidenceOf(
    context: OrganizationContext,
    decision: DecisionRow,
    timeZone: string,
  ): Promise<PrintedProposal['evidence']> {
    if (decision.kind !== 'accepted' || !decision.signature) return null;
    const { signerName, signerRole, signerTaxId, signature, strokes, startsOn, linkId, ip, userAgent, decidedAt } =
      decision;
    const email = linkId && (await this.mailedTo(context, linkId));
    return {
      name: signerName,
      ...(signerRole && { role: signerRole }),
      ...(signerTaxId && { taxId: hiddenTaxId(signerTaxId) }),
      signature,
      ...(strokes && { strokes }),
      ...(startsOn && { startsOn }),
      by: linkId ? 'link' : 'session',
      ...(email && { email }),
      at: momentOf(decidedAt, timeZone),
      ...{ ip, userAgent },
    };
  }

  private async mailedTo(context: OrganizationContext, linkId: string): Promise<string | null> {
    const organization = systemContext(context.organizationId, context);
    const link = await this.database.read(organization, (db) =>
      db.first<{ email: string | null }>(
        sql`select l.email from proposal_links l where ${db.tenant('l')} and l.id = ${linkId}::uuid`,
      ),
    );
    return link?.email ?? null;
  }

  /** The organization's day and where it is. */
  private async dayOf(context: OrganizationContext): Promise<{ today: Day; timeZone: string }> {
    const timeZone = await this.database.read(context, (db) => this.proposals.timeZone(db));
    return { today: dayAt(context.clock.now(), timeZone), timeZone };
  }
}

/** A CPF of which only its middle is told: `***.982.247-**`. */
export const hiddenTaxId = (cpf: string): string => `***.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-**`;

/** A moment to its second, and by which zone: the same in every language, as evidence should be. */
export function momentOf(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return `${format.format(at)} (${timeZone})`;
}
