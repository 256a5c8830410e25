import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import type { MailContent, MailTemplate } from '@balcao/platform-mail';
import { clockOf, systemContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { renderInvoice } from '../src/documents/render-invoice.js';
import type { Day } from '@balcao/money';
import { InvoiceOverdueMail } from '../src/emails/invoice.mails.js';
import { PaymentProofRefusedMail } from '../src/emails/payment-proof.mails.js';
import { BILLING_ENTITIES, PaymentProofEntity } from '../src/persistence/billing.entities.js';
import {
  PDF,
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  documentServices,
  invoiceMailReader,
  noonOf,
  openInvoice,
  proofServices,
  sendProof,
  type BillingScene,
  type BillingServices,
  type ProofServices,
} from './factories.js';
import { invoice as sampleInvoice } from './documents/sample-invoice.js';

/** A Tuesday; the invoice was due the Thursday before. */
const TODAY = '2026-12-15';
const DUE = '2026-12-10';

let test: TestDatabase;
let services: BillingServices;
let proofs: ProofServices;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
  proofs = proofServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  await test.owner.query("update roles set permissions = '{invoices:read}' where organization_id = $1", [
    scene.organizationId,
  ]);
});

const ana = (day = TODAY) => asCustomer(scene, day);
const lia = (day = TODAY) => asStaff(scene, day);
const open = (amount = 10_000n) =>
  openInvoice(services, asStaff(scene, '2026-11-30'), scene.padaria, amount, { dueOn: DUE });
const send = (invoiceId: string, day = TODAY) =>
  sendProof(proofs, ana(day), invoiceId, { paidOn: day, amount: 10_000n });
const remind = (day: Day) =>
  services.reminders.remindDue(systemContext(scene.organizationId, { clock: clockOf({ now: noonOf(day) }) }), 100);
const refusal = (promise: Promise<unknown>): Promise<ErrorCode | 'done'> =>
  promise.then(
    () => 'done' as const,
    (error: unknown) => {
      if (error instanceof DomainError) return error.code;
      throw error;
    },
  );
const payment = (amount = 10_000n) => ({ amount, receivedOn: TODAY, method: 'pix' as const });
const history = async (invoiceId: string) =>
  (
    await test.owner.query<{ kind: string }>(
      "select kind from invoice_events where invoice_id = $1 and kind like 'proof%' order by created_at, id",
      [invoiceId],
    )
  ).rows.map(({ kind }) => kind);
const rows = async (table: string) =>
  Number(
    (await test.owner.query(`select count(*) from ${table} where organization_id = $1`, [scene.organizationId])).rows[0]
      .count,
  );

describe('a proof', () => {
  it('is kept as its file, by what that is, and waits for a decision once it is sent', async () => {
    const { id } = await open();
    const { proof } = await proofs.sent.upload(ana(), id, 'pago.exe', () => Promise.resolve(PDF));
    expect(proof).toMatchObject({
      status: 'uploaded',
      fileName: 'pago.pdf',
      mediaType: 'application/pdf',
      sentAt: null,
    });
    expect(proofs.files.get(`payment-proofs/${scene.organizationId}/${proof.id}`)).toEqual(PDF);
    expect((await proofs.decided.list(lia(), { status: 'open', limit: 10, offset: 0 })).total).toBe(0);
    const words = { paidOn: '2026-12-11', amount: 9_000n, method: 'pix' as const, note: 'Conta da loja 2' };
    await proofs.sent.send(ana(), id, proof.id, words);
    const { rows: queue } = await proofs.decided.list(lia(), { status: 'open', limit: 10, offset: 0 });
    expect(queue).toHaveLength(1);
    expect(queue[0]).toMatchObject({
      ...words,
      status: 'open',
      sentBy: 'Ana Ribeiro',
      billingAccountName: 'Padaria Estrela',
      pausedUntil: '2026-12-18',
      invoice: { id, owed: 10_000n },
    });
    expect((await proofs.sent.list(ana(), id)).pauses).toMatchObject([{ reason: 'proof', until: '2026-12-18' }]);
    expect(await history(id)).toEqual(['proof_sent']);
  });

  it('of a PDF has a picture of its first page, which goes with it', async () => {
    const { id } = await open();
    const pdf = await renderInvoice(sampleInvoice());
    const { proof } = await proofs.sent.upload(ana(), id, 'x.pdf', () => Promise.resolve(Buffer.from(pdf)));
    const { url, previewUrl } = await proofs.sent.file(ana(), id, proof.id);
    expect(url).toContain('type=application%2Fpdf');
    expect(previewUrl).toContain(`${proof.id}-page?type=image%2Fpng`);
    expect([...proofs.files.keys()]).toContain(`payment-proofs/${scene.organizationId}/${proof.id}-page`);
    const other = await open();
    const plain = await proofs.sent.upload(ana(), other.id, 'x.pdf', () => Promise.resolve(PDF));
    expect((await proofs.sent.file(ana(), other.id, plain.proof.id)).previewUrl).toBeNull();
    await test.owner.query(
      "set session_replication_role = 'replica'; update payment_proofs set created_at = now() - interval '2 days'; set session_replication_role = 'origin'",
    );
    await proofs.sweep.handle();
    expect([...proofs.files.keys()].filter((key) => key.includes(proof.id))).toEqual([]);
  });

  it('of nothing that is owed, or that is no photo and no PDF, is refused, and leaves nothing behind', async () => {
    const { id } = await open();
    const of = (content: Buffer) => proofs.sent.upload(ana(), id, 'x', () => Promise.resolve(content));
    expect(await refusal(of(Buffer.from('<html>')))).toBe('validation_failed');
    expect(await refusal(of(Buffer.alloc(0)))).toBe('validation_failed');
    expect(await refusal(of(Buffer.from('ffd8ffe1', 'hex')))).toBe('validation_failed');
    const { proof } = await of(PDF);
    await services.credits.deposit(lia(), { billingAccountId: scene.padaria, amount: 10_000n, method: 'pix' });
    expect(await refusal(of(PDF))).toBe('invoice_not_open');
    const words = { paidOn: TODAY, amount: null, method: null, note: null };
    expect(await refusal(proofs.sent.send(ana(), id, proof.id, words))).toBe('invoice_not_open');
    expect(await rows('payment_proofs')).toBe(1);
  });

  it('is one at a time, whoever asks twice at once', async () => {
    const { id } = await open();
    const uploaded = await Promise.all(
      [1, 2, 3].map(() => proofs.sent.upload(ana(), id, 'x.pdf', () => Promise.resolve(PDF))),
    );
    const words = { paidOn: TODAY, amount: null, method: null, note: null };
    const outcomes = await Promise.all(
      uploaded.map(({ proof }) => refusal(proofs.sent.send(ana(), id, proof.id, words))),
    );
    expect(outcomes.sort()).toEqual(['done', 'payment_proof_waiting', 'payment_proof_waiting']);
    expect(await refusal(send(id))).toBe('payment_proof_waiting');
  });

  it('is one of a few a day, spent before the file is read', async () => {
    const { id } = await open();
    for (let count = 0; count < 6; count += 1) await proofs.sent.upload(ana(), id, 'x.pdf', () => Promise.resolve(PDF));
    const unread = () => Promise.reject(new Error('read'));
    expect(await refusal(proofs.sent.upload(ana(), id, 'x.pdf', unread))).toBe('rate_limited');
  });

  it('is taken back by whoever sent it while nobody has decided', async () => {
    const { id } = await open();
    const { id: proofId } = await send(id);
    const bruno = newId();
    await test.owner.query(
      `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
        select organization_id, billing_account_id, $2, 'bruno@padaria.example', 'Bruno', role_id from portal_users where id = $1`,
      [scene.ana.id, bruno],
    );
    const other = asCustomer({ ...scene, ana: { ...scene.ana, id: bruno } }, TODAY);
    expect(await refusal(proofs.sent.withdraw(other, id, proofId))).toBe('not_found');
    expect((await proofs.sent.withdraw(ana(), id, proofId)).proof.status).toBe('withdrawn');
    expect(await refusal(proofs.sent.withdraw(ana(), id, proofId))).toBe('payment_proof_decided');
    expect(await refusal(proofs.decided.accept(lia(), proofId, payment()))).toBe('payment_proof_decided');
    expect((await proofs.sent.list(ana(), id)).pauses).toEqual([]);
    expect(await history(id)).toEqual(['proof_sent', 'proof_withdrawn']);
    // And another one may be sent.
    expect((await send(id)).status).toBe('open');
  });
});

describe('staff', () => {
  it('accept it: the money is written down as they confirm it, and pays that invoice before older ones', async () => {
    const older = await openInvoice(services, asStaff(scene, '2026-11-30'), scene.padaria, 500n, {
      dueOn: '2026-12-01',
    });
    const { id } = await open();
    const { id: proofId } = await send(id);
    const row = await proofs.decided.accept(lia(), proofId, { ...payment(9_500n), receivedOn: DUE });
    expect(row).toMatchObject({ status: 'accepted', decidedBy: 'Lívia Prado', invoice: { owed: 500n } });
    expect((await services.invoices.get(lia(), older.id)).owed).toBe(500n);
    const { rows: deposits } = await test.owner.query(
      'select id, amount, method, received_on, recorded_by_id from deposits where organization_id = $1',
      [scene.organizationId],
    );
    expect(deposits).toMatchObject([{ amount: '9500', method: 'pix', recorded_by_id: scene.lia.id }]);
    expect(await history(id)).toEqual(['proof_sent', 'proof_accepted']);
  });

  it('write down more than is owed, and the rest is credit', async () => {
    const { id } = await open();
    const { id: proofId } = await send(id);
    await proofs.decided.accept(lia(), proofId, { ...payment(12_000n), receivedOn: DUE });
    const { rows: accounts } = await test.owner.query(
      'select balance from ledger_accounts where organization_id = $1',
      [scene.organizationId],
    );
    expect(accounts).toEqual([{ balance: '-2000' }]);
  });

  it('decide once, however many do at the same time', async () => {
    const { id } = await open();
    const { id: proofId } = await send(id);
    const outcomes = await Promise.all([
      refusal(proofs.decided.accept(lia(), proofId, payment())),
      refusal(proofs.decided.refuse(lia(), proofId, 'Não achamos o valor')),
      refusal(proofs.decided.accept(lia(), proofId, payment())),
      refusal(proofs.sent.withdraw(ana(), id, proofId)),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'payment_proof_decided')).toHaveLength(3);
    expect(await rows('deposits')).toBe(outcomes[1] === 'done' || outcomes[3] === 'done' ? 0 : 1);
  });

  it('are told what became of the invoice meanwhile, and take the money only as credit', async () => {
    const { id, version } = await open();
    const { id: proofId } = await send(id);
    await services.invoices.void(lia(), id, 'Engano', version);
    expect((await proofs.decided.get(lia(), proofId)).invoice.state).toBe('void');
    expect(await refusal(proofs.decided.accept(lia(), proofId, payment()))).toBe('invoice_not_open');
    expect(await rows('deposits')).toBe(0);
    await proofs.decided.accept(lia(), proofId, { ...payment(), asCredit: true });
    const { rows: accounts } = await test.owner.query(
      'select balance from ledger_accounts where organization_id = $1',
      [scene.organizationId],
    );
    expect(accounts).toEqual([{ balance: '-10000' }]);
  });

  it('refuse it with a reason, which its sender reads by mail', async () => {
    const { id } = await open();
    const { id: proofId } = await send(id);
    await proofs.decided.refuse(lia(), proofId, 'O comprovante é de outra empresa.');
    const { proofs: seen } = await proofs.sent.list(ana(), id);
    expect(seen).toMatchObject([{ status: 'refused', reason: 'O comprovante é de outra empresa.' }]);
    const { rows: mails } = await test.owner.query<{ email: string; ids: Record<string, string> }>(
      "select recipient_email as email, subject_ids as ids from mails where organization_id = $1 and template = 'payment-proof-refused'",
      [scene.organizationId],
    );
    expect(mails).toHaveLength(1);
    const mail = await composed(PaymentProofRefusedMail, mails[0]!);
    expect(JSON.stringify(mail)).toContain('O comprovante é de outra empresa.');
    expect(await history(id)).toEqual(['proof_sent', 'proof_refused']);
  });

  it('do not write down what comes tomorrow', async () => {
    const { id } = await open();
    const { id: proofId } = await send(id);
    expect(await refusal(proofs.decided.accept(lia(), proofId, { ...payment(), receivedOn: '2026-12-16' }))).toBe(
      'validation_failed',
    );
  });
});

const composed = (
  Mail: new (...args: ConstructorParameters<typeof InvoiceOverdueMail>) => MailTemplate,
  { email, ids }: { email: string; ids: Record<string, string> },
  day = TODAY,
): Promise<MailContent | 'drop'> =>
  new Mail(invoiceMailReader(test), documentServices(test).documents, documentServices(test).fiscalNotes).compose(
    systemContext(scene.organizationId, { clock: clockOf({ now: noonOf(day) }) }),
    { mailId: newId(), ids, locale: 'pt-BR', recipient: { email, name: null } },
  );

describe('reminders', () => {
  it('wait for as long as the sender was told, and go on the day after', async () => {
    const { id } = await open();
    await remind('2026-12-11');
    await send(id, '2026-12-15');
    // Of the seventh day, a Thursday; the proof keeps it back to Friday.
    expect(await remind('2026-12-17')).toBe(0);
    expect(await remind('2026-12-18')).toBe(0);
    expect(await remind('2026-12-19')).toBe(1);
  });

  it('go on at once where the proof is refused or withdrawn', async () => {
    const [refused, withdrawn] = [await open(), await open()];
    await remind('2026-12-11');
    const { id: first } = await send(refused.id);
    const { id: second } = await send(withdrawn.id);
    expect(await remind('2026-12-17')).toBe(0);
    await proofs.decided.refuse(lia('2026-12-17'), first, 'Não achamos o valor');
    expect(await remind('2026-12-17')).toBe(1);
    await proofs.sent.withdraw(ana('2026-12-17'), withdrawn.id, second);
    expect(await remind('2026-12-17')).toBe(1);
  });

  it('that were asked for before the proof came are dropped', async () => {
    const { id } = await open();
    await remind('2026-12-11');
    const { rows: mails } = await test.owner.query<{ email: string; ids: Record<string, string> }>(
      "select recipient_email as email, subject_ids as ids from mails where organization_id = $1 and template = 'invoice-overdue'",
      [scene.organizationId],
    );
    expect(await composed(InvoiceOverdueMail, mails[0]!, '2026-12-11')).not.toBe('drop');
    await send(id, '2026-12-11');
    expect(await composed(InvoiceOverdueMail, mails[0]!, '2026-12-11')).toBe('drop');
    expect(await composed(InvoiceOverdueMail, mails[0]!, '2026-12-20')).not.toBe('drop');
  });

  it('do not wait where the organization says so', async () => {
    await services.settings.update(lia(), { proofPauseDays: 0, version: 1 });
    const { id } = await open();
    expect((await send(id)).pausedUntil).toBeNull();
    expect(await remind('2026-12-17')).toBe(1);
  });
});

describe('the database', () => {
  it('lets no customer decide, nobody decide twice, and no proof be changed or go', async () => {
    const { id } = await open();
    const { id: proofId } = await send(id);
    await expect(
      test.database.transaction(ana(), (db) =>
        db.repository(PaymentProofEntity).update({ id: proofId }, { status: 'refused', reason: 'x' }),
      ),
    ).rejects.toThrow(/row-level security/);
    await proofs.decided.accept(lia(), proofId, payment());
    await expect(
      test.owner.query("update payment_proofs set status = 'open', decided_at = null where id = $1", [proofId]),
    ).rejects.toThrow(/decided once/);
    await expect(test.owner.query('update payment_proofs set amount = 1 where id = $1', [proofId])).rejects.toThrow(
      /decided once/,
    );
  });
});

describe('what nobody sent', () => {
  it('goes after a day, and what was taken back after a month; what was decided stays', async () => {
    const [kept, left] = [await open(), await open()];
    const { id: sent } = await send(kept.id);
    const { proof } = await proofs.sent.upload(ana(), left.id, 'x.pdf', () => Promise.resolve(PDF));
    const { id: withdrawn } = await send(left.id);
    await proofs.sent.withdraw(ana(), left.id, withdrawn);
    const age = (days: number) =>
      test.owner.query(
        "set session_replication_role = 'replica'; update payment_proofs set created_at = now() - interval '" +
          `${days} days'; set session_replication_role = 'origin'`,
      );
    const there = async () =>
      (
        await test.owner.query<{ id: string }>('select id from payment_proofs where organization_id = $1', [
          scene.organizationId,
        ])
      ).rows
        .map(({ id }) => id)
        .sort();
    await proofs.sweep.handle();
    expect(await there()).toEqual([sent, proof.id, withdrawn].sort());
    await age(2);
    await proofs.sweep.handle();
    expect(await there()).toEqual([sent, withdrawn].sort());
    await age(31);
    await proofs.sweep.handle();
    expect(await there()).toEqual([sent]);
    expect([...proofs.files.keys()].filter((key) => key.includes(scene.organizationId))).toEqual([
      `payment-proofs/${scene.organizationId}/${sent}`,
    ]);
  });
});
