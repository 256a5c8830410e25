import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { RenderStatementHandler } from '../src/jobs/render-statement.handler.js';
import type { StatementDocument } from '../src/documents/statement-document.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import type { StaffInvoiceDetailRow } from '../src/persistence/invoice.rows.js';
import {
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  documentServices,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

const TODAY = '2026-11-28';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;
let invoice: StaffInvoiceDetailRow;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  invoice = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 1_000n);
});

/** Jobs that were asked for, and what pages heard of documents. */
const told = async () =>
  (
    await test.owner.query<{ told: string }>(
      `select coalesce(job, event) as told from outbox where organization_id = $1
         and (job like 'billing.render%' or event in ('invoice.updated', 'statement.drawn')) order by id`,
      [scene.organizationId],
    )
  ).rows.map((row) => row.told);
const rows = async () =>
  (
    await test.owner.query<{ key: string; invoice: string | null }>(
      'select storage_key as key, invoice_id as invoice from billing_documents where organization_id = $1 order by id',
      [scene.organizationId],
    )
  ).rows;
const credited = (amount = 100n) =>
  services.credits.creditNote(asStaff(scene, TODAY), invoice.id, { amount, reason: 'Dois dias sem sinal' });

describe("an invoice's document", () => {
  const subject = () => ({ invoiceId: invoice.id });

  it('is not there before somebody asks, once, and is drawn once by what stands in it', async () => {
    const { documents, drawn, files } = documentServices(test);
    const ana = asCustomer(scene, TODAY);
    expect(await documents.address(ana, subject(), 'pt-BR')).toBeNull();
    expect(await told()).toEqual([]);
    expect(await documents.ask(ana, subject(), 'pt-BR')).toBe(false);
    expect(await told()).toEqual(['billing.render-document']);
    const system = systemContext(scene.organizationId, ana);
    const first = await documents.render(system, subject(), 'pt-BR');
    expect(first).toMatchObject({ name: 'F-2026-000001.pdf', bytes: files.get(first.key)!.length });
    expect(await documents.render(system, subject(), 'pt-BR')).toEqual(first);
    expect(drawn).toHaveLength(1);
    expect(await told()).toEqual(['billing.render-document', 'invoice.updated']);
    expect(await documents.ask(ana, subject(), 'pt-BR')).toBe(true);
    expect(await documents.address(ana, subject(), 'pt-BR')).toMatchObject({ name: first.name, bytes: first.bytes });
    expect(await told()).toHaveLength(2);
  });

  it('is one row where two draw the same at once', async () => {
    const { documents, files } = documentServices(test);
    const staff = asStaff(scene, TODAY);
    await Promise.all([1, 2, 3].map(() => documents.render(staff, subject(), 'pt-BR')));
    expect(await rows()).toHaveLength(1);
    expect(files.size).toBe(1);
    expect(await told()).toEqual(['invoice.updated']);
  });

  it('is drawn anew once it says something else, and the earlier one stays', async () => {
    const { documents, drawn, files } = documentServices(test);
    const staff = asStaff(scene, TODAY);
    await documents.render(staff, subject(), 'pt-BR');
    await services.credits.deposit(staff, { billingAccountId: scene.padaria, amount: 400n, method: 'pix' });
    expect(await documents.address(staff, subject(), 'pt-BR')).toBeNull();
    await documents.render(staff, subject(), 'pt-BR');
    // Whom it is from may change, and it stays as it was opened; where it is paid is read anew.
    const { version } = await services.settings.get(staff);
    await services.settings.update(staff, { version, legalName: 'Aurora Nova Ltda' });
    expect(await documents.address(staff, subject(), 'pt-BR')).not.toBeNull();
    await test.owner.query(
      `update portals set settings = '{"branding": {"theme": {"light": {"primary": "0 80% 40%"}}}}' where id = $1`,
      [scene.portalId],
    );
    expect(await documents.address(staff, subject(), 'pt-BR')).toBeNull();
    await documents.render(staff, subject(), 'pt-BR');
    expect(drawn).toHaveLength(3);
    expect(files.size).toBe(3);
  });

  it('is another one in another language', async () => {
    const { documents, drawn } = documentServices(test);
    const staff = asStaff(scene, TODAY);
    await documents.render(staff, subject(), 'pt-BR');
    expect(await documents.address(staff, subject(), 'en-US')).toBeNull();
    await documents.render(staff, subject(), 'en-US');
    expect(drawn.map(({ locale }) => locale)).toEqual(['pt-BR', 'en-US']);
    expect(await documents.address(staff, subject(), 'pt-BR')).not.toBeNull();
  });

  it('that was stored when its worker died is there after the next, in the same place', async () => {
    const staff = asStaff(scene, TODAY);
    const { documents, files } = documentServices(test);
    await test.owner.query(`
      create function die() returns trigger language plpgsql as $$ begin raise exception 'the worker dies here'; end $$;
      create trigger die before insert on billing_documents for each row execute function die()`);
    try {
      await expect(documents.render(staff, subject(), 'pt-BR')).rejects.toThrow('the worker dies here');
    } finally {
      await test.owner.query('drop trigger die on billing_documents; drop function die()');
    }
    expect(files.size).toBe(1);
    expect(await rows()).toEqual([]);
    expect(await told()).toEqual([]);
    const { key } = await documents.render(staff, subject(), 'pt-BR');
    expect([...files.keys()]).toEqual([key]);
    expect(await rows()).toEqual([{ key, invoice: invoice.id }]);
  });

  it('lies below the organization’s own folder, and its row goes with the organization', async () => {
    const { documents } = documentServices(test);
    const { key } = await documents.render(asStaff(scene, TODAY), subject(), 'pt-BR');
    expect(key.split('/')[1]).toBe(scene.organizationId);
    const { rows: keys } = await test.owner.query<{ whole: boolean }>(`
      select 'organization_id' = any(array(select a.attname::text from pg_attribute a
        where a.attrelid = c.conrelid and a.attnum = any(c.conkey))) as whole
      from pg_constraint c where c.conrelid = 'billing_documents'::regclass and c.contype = 'f'`);
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.every(({ whole }) => whole)).toBe(true);
  });

  it('is not found of a draft, nor of another account', async () => {
    const { documents } = documentServices(test);
    const foreign = await openInvoice(services, asStaff(scene, TODAY), scene.oficina, 100n);
    const draft = await services.drafts.create(asStaff(scene), {
      billingAccountId: scene.padaria,
      title: 'X',
      lines: [],
    });
    for (const [context, id] of [
      [asCustomer(scene), foreign.id],
      [asCustomer(scene), draft.id],
      [asStaff(scene), draft.id],
      [asStaff(await createBillingScene(test, 'Boreal')), invoice.id],
    ] as const) {
      const refused = { code: 'not_found' };
      await expect(documents.address(context, { invoiceId: id }, 'pt-BR')).rejects.toMatchObject(refused);
      await expect(documents.ask(context, { invoiceId: id }, 'pt-BR')).rejects.toMatchObject(refused);
    }
  });
});

describe("a credit note's document", () => {
  it('is asked for, drawn and found as an invoice’s is, and stays as it is', async () => {
    const { documents, drawn } = documentServices(test);
    const ana = asCustomer(scene, TODAY);
    const { id: creditNoteId, number } = await credited();
    const subject = { creditNoteId, invoiceId: invoice.id };
    expect(await documents.ask(ana, subject, 'pt-BR')).toBe(false);
    expect(await told()).toEqual(['billing.render-credit-note']);
    await documents.render(systemContext(scene.organizationId, ana), { creditNoteId }, 'pt-BR');
    expect(drawn).toMatchObject([
      { number, amount: 100n, invoiceNumber: invoice.number, billTo: { name: 'Padaria Estrela' } },
    ]);
    expect(await told()).toEqual(['billing.render-credit-note', 'invoice.updated']);
    await credited(200n);
    expect(await documents.address(ana, subject, 'pt-BR')).toMatchObject({ name: `${number}.pdf` });
  });

  it('is not found of another account, nor below another invoice', async () => {
    const { documents } = documentServices(test);
    const { id: creditNoteId } = await credited();
    const foreign = await openInvoice(services, asStaff(scene, TODAY), scene.oficina, 100n);
    const note = await services.credits.creditNote(asStaff(scene, TODAY), foreign.id, { amount: 1n, reason: 'x' });
    for (const subject of [
      { creditNoteId, invoiceId: foreign.id },
      { creditNoteId: note.id, invoiceId: foreign.id },
    ])
      await expect(documents.ask(asCustomer(scene), subject, 'pt-BR')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a statement', () => {
  const statement = { from: '2026-11-01', to: '2026-11-30', currency: 'BRL' };
  const subject = () => ({ statement: { ...statement, billingAccountId: scene.padaria } });
  /** Does what was asked for, as the worker does. */
  async function work(documents: ReturnType<typeof documentServices>['documents'], day = TODAY): Promise<void> {
    const { rows: asked } = await test.owner.query<{ statementId: string }>(
      `select payload ->> 'statementId' as "statementId" from outbox where organization_id = $1 and job = 'billing.render-statement'`,
      [scene.organizationId],
    );
    const handler = new RenderStatementHandler(test.database, documents);
    const context = systemContext(scene.organizationId, asStaff(scene, day));
    for (const payload of asked)
      await handler.handle(
        { name: 'billing.render-statement', version: 1, payload, deliveryId: '1', context },
        async () => {},
      );
  }

  it('is asked for by its time, drawn in the language that was asked for, and told of to open pages', async () => {
    const { documents, drawn } = documentServices(test);
    const ana = asCustomer(scene, TODAY);
    const money = { billingAccountId: scene.padaria, amount: 400n, method: 'pix' } as const;
    await services.credits.deposit(asStaff(scene, TODAY), money);
    expect(await documents.ask(ana, subject(), 'en-US')).toBe(false);
    expect(await documents.ask(ana, subject(), 'en-US')).toBe(false);
    await work(documents);
    expect(drawn).toMatchObject([
      { locale: 'en-US', from: '2026-11-01', until: '2026-11-30', opening: 0n, closing: 600n, issuedOn: TODAY },
    ]);
    const [document] = drawn as [StatementDocument];
    expect(document.entries.map(({ description, detail, balance }) => [description, detail, balance])).toEqual([
      ['Invoice F-2026-000001', 'Mensalidade', 1_000n],
      ['Payment received, PIX', 'F-2026-000001', 600n],
    ]);
    expect(document.ageing).toEqual({ notDue: 600n, upTo30: 0n, upTo60: 0n, upTo90: 0n, over90: 0n });
    expect(await told()).toContain('statement.drawn');
    expect(await documents.address(ana, subject(), 'en-US')).toMatchObject({
      name: 'statement-2026-11-01-2026-11-30.pdf',
    });
    expect(await documents.address(ana, subject(), 'pt-BR')).toBeNull();
    // Another day's is another document, and a time that is over says nothing of what is late today.
    expect(await documents.address(asCustomer(scene, '2026-12-01'), subject(), 'en-US')).toBeNull();
    await work(documents, '2026-12-01');
    expect((drawn.at(-1) as StatementDocument).ageing).toBeUndefined();
  });

  it('has a row of what was asked for, however often it is', async () => {
    const { documents } = documentServices(test);
    await Promise.all([1, 2, 3].map(() => documents.ask(asCustomer(scene, TODAY), subject(), 'pt-BR')));
    const { rows: kept } = await test.owner.query('select from account_statements where organization_id = $1', [
      scene.organizationId,
    ]);
    expect(kept).toHaveLength(1);
  });

  it('is refused for days in the wrong order, for more lines than it holds, and for a customer that there is not', async () => {
    const { documents } = documentServices(test);
    const asking = (more: object) =>
      documents.ask(asStaff(scene, TODAY), { statement: { ...subject().statement, ...more } }, 'pt-BR');
    await expect(asking({ from: '2026-12-01' })).rejects.toMatchObject({ fields: [{ path: 'to' }] });
    await expect(asking({ billingAccountId: scene.portalId })).rejects.toMatchObject({ code: 'not_found' });
    await test.owner.query(
      `insert into ledger_entries (organization_id, billing_account_id, id, currency, kind, amount, source_id, reason, posted_on, posted_at)
       select $1, $2, s.id, 'BRL', 'adjustment_debit', 1, s.id, 'x', '2026-11-02', now()
       from (select gen_random_uuid() as id from generate_series(1, 2000)) s`,
      [scene.organizationId, scene.padaria],
    );
    await expect(asking({})).rejects.toMatchObject({ code: 'statement_too_long' });
  });
});
