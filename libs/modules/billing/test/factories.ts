import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { PortalPermission } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import { PostgresRateLimiter } from '@balcao/platform-state';
import type { Threads } from '@balcao/platform-threads';
import { Downloads, type Storage } from '@balcao/platform-storage';
import type { PortalContext, StaffContext } from '@balcao/platform-tenancy';
import { customerContext, insertOrganization, staffMemberContext, type TestDatabase } from '@balcao/platform-testing';
import { BillingSettingsService } from '../src/billing-settings.service.js';
import { CreditService } from '../src/credit.service.js';
import { DocumentService } from '../src/document.service.js';
import type { DanfseDocument } from '../src/documents/danfse-document.js';
import type { DocumentRenderer } from '../src/documents/document-renderer.js';
import type { CreditNoteDocument } from '../src/documents/credit-note-document.js';
import type { InvoiceDocument } from '../src/documents/invoice-document.js';
import type { ProposalDocument } from '../src/documents/proposal-document.js';
import type { StatementDocument } from '../src/documents/statement-document.js';
import type { DraftLine } from '../src/domain/invoice.js';
import { InvoiceMailReader } from '../src/emails/invoice-mail-facts.js';
import { InvoiceMailer } from '../src/emails/invoice-mailer.js';
import { InvoiceMails } from '../src/emails/invoice-mails.js';
import { FiscalNoteService } from '../src/fiscal-note.service.js';
import { FiscalNoteDocumentService } from '../src/fiscal/fiscal-note-document.service.js';
import { FiscalXmlService } from '../src/fiscal/fiscal-xml.service.js';
import { InvoiceDraftService, type NewInvoice } from '../src/invoice-draft.service.js';
import { InvoiceService } from '../src/invoice.service.js';
import { SweepProofsHandler } from '../src/jobs/sweep-proofs.handler.js';
import { Ledger } from '../src/ledger.service.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import { PaperReader } from '../src/papers/paper-reader.service.js';
import type { StaffInvoiceDetailRow } from '../src/persistence/invoice.rows.js';
import { LedgerRepository } from '../src/persistence/ledger.repository.js';
import {
  PaymentProofRepository,
  type PaymentProofRow,
  type ProofWords,
} from '../src/persistence/payment-proof.repository.js';
import { PaymentProofService } from '../src/payment-proof.service.js';
import { drawFirstPage } from '../src/proof-files/draw-first-page.js';
import { ProofFiles } from '../src/proof-files/proof-files.js';
import { ProofDecisionService } from '../src/proof-decision.service.js';
import { PaymentLinkRepository } from '../src/payment-links/payment-link.repository.js';
import { PaymentLinkTokens } from '../src/payment-links/payment-link-tokens.js';
import { ReminderService } from '../src/reminder.service.js';

/** An organization with a portal, somebody of its staff, and two customers with one person each. */
export interface BillingScene {
  organizationId: string;
  portalId: string;
  lia: { id: string; name: string; email: string };
  padaria: string;
  oficina: string;
  ana: { id: string; name: string; email: string };
}

/** @param founded an organization that is there already */
export async function createBillingScene(
  { owner }: TestDatabase,
  name = 'Aurora',
  founded?: string,
): Promise<BillingScene> {
  const organizationId = founded ?? (await insertOrganization(owner, name));
  const [portalId, roleId, staffId, anaId] = [newId(), newId(), newId(), newId()];
  const scene = {
    organizationId,
    portalId,
    lia: { id: staffId, name: 'Lívia Prado', email: 'billing@aurora.example' },
    padaria: newId(),
    oficina: newId(),
    ana: { id: anaId, name: 'Ana Ribeiro', email: 'ana@padaria.example' },
  };
  await owner.query(
    "insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, $3, 'Portal', true)",
    [organizationId, portalId, `p-${portalId}`],
  );
  await owner.query("insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [organizationId, roleId]);
  await owner.query(
    "insert into staff_users (organization_id, id, email, name, role, locale) values ($1, $2, $3, $4, 'billing', 'pt-BR')",
    [organizationId, scene.lia.id, scene.lia.email, scene.lia.name],
  );
  for (const [id, called] of [
    [scene.padaria, 'Padaria Estrela'],
    [scene.oficina, 'Oficina Central'],
  ])
    await owner.query('insert into billing_accounts (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      id,
      called,
    ]);
  await owner.query(
    'insert into portal_users (organization_id, billing_account_id, id, email, name, role_id) values ($1, $2, $3, $4, $5, $6)',
    [organizationId, scene.padaria, scene.ana.id, scene.ana.email, scene.ana.name, roleId],
  );
  return scene;
}

/** The module's services over a test's database. */
export function billingServices({ database, config, secrets }: TestDatabase) {
  const outbox = new Outbox(database);
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  const [invoices, audit] = [new InvoiceRepository(), new Audit()];
  const ledger = new Ledger(new LedgerRepository(), invoices, events);
  const settings = new BillingSettingsService(database, audit);
  return {
    settings,
    ledger,
    drafts: new InvoiceDraftService(database, invoices, settings, audit, events),
    invoices: new InvoiceService(database, invoices, ledger, settings, audit, events),
    credits: new CreditService(database, invoices, ledger, settings, audit, events),
    reminders: new ReminderService(database, settings, invoiceMailer({ database })),
  };
}
export type BillingServices = ReturnType<typeof billingServices>;

/** The context of somebody of staff, on a day at noon in São Paulo. */
export const asStaff = ({ organizationId, lia }: BillingScene, day?: string): StaffContext =>
  staffMemberContext({ organizationId, person: lia, role: 'billing', now: day ? noonOf(day) : undefined });

/** The context of a portal user's request. */
export const asCustomer = (
  { organizationId, portalId, padaria, ana }: BillingScene,
  day?: string,
  permissions: PortalPermission[] = ['invoices:read', 'payments:create'],
): PortalContext =>
  customerContext({
    organizationId,
    portalId,
    billingAccountId: padaria,
    person: ana,
    permissions,
    now: day ? noonOf(day) : undefined,
  });

export const noonOf = (day: string) => new Date(`${day}T15:00:00Z`);

export const line = (unitPrice: bigint, more: Partial<DraftLine> = {}): DraftLine => ({
  description: 'Fibra Empresarial 600',
  quantity: '1',
  unitPrice,
  ...more,
});

/** An opened invoice of one line. */
export async function openInvoice(
  { drafts, invoices }: BillingServices,
  context: StaffContext,
  billingAccountId: string,
  unitPrice: bigint,
  more: Partial<NewInvoice> = {},
): Promise<StaffInvoiceDetailRow> {
  const draft = await drafts.create(context, {
    billingAccountId,
    title: 'Mensalidade',
    lines: [line(unitPrice)],
    ...more,
  });
  return invoices.open(context, draft.id, draft.version);
}

/** Lets the mails about invoices be asked for, as the worker does soon after the commit. */
export const writeMails = ({ owner, database }: Pick<TestDatabase, 'owner' | 'database'>): Promise<void> =>
  hearEvents(owner, new InvoiceMails(database, invoiceMailer({ database })));

/** Who asks for mails about invoices. */
export function invoiceMailer({ database }: Pick<TestDatabase, 'database'>): InvoiceMailer {
  const invoices = new InvoiceRepository();
  const settings = new BillingSettingsService(database, new Audit());
  return new InvoiceMailer(new Mailer(new Outbox(database)), invoices, new PaymentLinkRepository(invoices), settings);
}

/** Who reads what they say. */
export const invoiceMailReader = ({ database, config, secrets }: TestDatabase): InvoiceMailReader =>
  new InvoiceMailReader(database, config, new PaymentLinkTokens(secrets));

/** Proofs of payment over a test's database: what customers send, kept in memory, and what staff decide. */
export function proofServices({ database, config, secrets }: TestDatabase) {
  const outbox = new Outbox(database);
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  const [proofs, invoices, audit] = [new PaymentProofRepository(), new InvoiceRepository(), new Audit()];
  const ledger = new Ledger(new LedgerRepository(), invoices, events);
  const settings = new BillingSettingsService(database, audit);
  const credits = new CreditService(database, invoices, ledger, settings, audit, events);
  const mailer = new Mailer(outbox);
  const { storage, files } = storageInMemory();
  // What threads do is done here and now.
  const threads = { run: (_file: URL, _name: string, file: Buffer) => drawFirstPage(file) } as unknown as Threads;
  const kept = new ProofFiles(storage, new Downloads(secrets), threads);
  const limiter = new PostgresRateLimiter(database, secrets);
  return {
    files,
    sent: new PaymentProofService(database, proofs, invoices, settings, kept, limiter, audit, events),
    decided: new ProofDecisionService(
      database,
      proofs,
      invoices,
      ledger,
      credits,
      settings,
      kept,
      mailer,
      audit,
      events,
    ),
    sweep: new SweepProofsHandler(database, kept),
  };
}
export type ProofServices = ReturnType<typeof proofServices>;

/** A file as a bank's app makes it. */
export const PDF = Buffer.from('%PDF-1.7\n%%EOF');

/** A proof of an invoice that waits for a decision. */
export async function sendProof(
  { sent }: ProofServices,
  context: PortalContext,
  invoiceId: string,
  words: Partial<ProofWords> & { paidOn: string },
): Promise<PaymentProofRow> {
  const { proof } = await sent.upload(context, invoiceId, 'comprovante.pdf', () => Promise.resolve(PDF));
  return (await sent.send(context, invoiceId, proof.id, { amount: null, method: null, note: null, ...words })).proof;
}

/** Files that are kept in memory. */
function storageInMemory() {
  const files = new Map<string, Buffer>();
  const storage = {
    async put(key: string, content: Readable) {
      files.set(key, await buffer(content));
    },
    get: (key: string) => {
      const file = files.get(key);
      return Promise.resolve(file && { size: file.length, content: Readable.from([file]) });
    },
    size: (key: string) => Promise.resolve(files.get(key)?.length),
    delete: (key: string) => Promise.resolve(void files.delete(key)),
  } as unknown as Storage;
  return { storage, files };
}

export type DrawnDocument = InvoiceDocument | CreditNoteDocument | StatementDocument | ProposalDocument;

/** What was kept and drawn, and the service that did it: in memory, and drawn by whatever `draw` does. */
export function documentServices(
  { database, config, secrets, logger }: TestDatabase,
  draw: (document: DrawnDocument) => Promise<Buffer> = (document) =>
    Promise.resolve(Buffer.from(JSON.stringify(Object.keys(document)))),
) {
  const drawn: DrawnDocument[] = [];
  const { storage, files } = storageInMemory();
  const drawing = (_: string, document: DrawnDocument) => {
    drawn.push(document);
    return draw(document);
  };
  const renderer = {
    invoice: drawing,
    creditNote: drawing,
    proposal: drawing,
    statement: drawing,
    danfse: (_: string, { number, status }: DanfseDocument) =>
      Promise.resolve(Buffer.from(`NFS-e ${number} ${status}`)),
  } as unknown as DocumentRenderer;
  const [outbox, invoices] = [new Outbox(database), new InvoiceRepository()];
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  const downloads = new Downloads(secrets);
  const fiscalNotes = new FiscalNoteDocumentService(
    ...([database, renderer, storage, downloads, outbox, events, config, logger] as const),
  );
  const documents = new DocumentService(
    database,
    new PaperReader(database, invoices, new BillingSettingsService(database, new Audit()), config),
    renderer,
    storage,
    downloads,
    outbox,
    events,
    logger,
  );
  return { documents, fiscalNotes, storage, files, drawn };
}

/** Who takes the files of fiscal notes, and keeps them where such documents are kept. */
export function fiscalXml({ database, config, secrets }: TestDatabase, { storage }: { storage: Storage }) {
  const [outbox, audit, invoices] = [new Outbox(database), new Audit(), new InvoiceRepository()];
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  const notes = new FiscalNoteService(database, invoices, audit, events, outbox);
  return new FiscalXmlService(database, invoices, notes, storage, audit, events, outbox);
}

/** What the customer of a scene owes by the books; less than nothing where they have credit. */
export async function balanceOf({ owner }: TestDatabase, { organizationId, padaria }: BillingScene): Promise<bigint> {
  const { rows } = await owner.query<{ balance: string }>(
    'select balance::text as balance from ledger_accounts where organization_id = $1 and billing_account_id = $2',
    [organizationId, padaria],
  );
  return BigInt(rows[0]?.balance ?? '0');
}
