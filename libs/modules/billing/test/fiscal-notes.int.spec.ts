import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { zipped } from '@balcao/platform-http';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { clockOf, systemContext, type StaffContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { FiscalNoteService } from '../src/fiscal-note.service.js';
import { FiscalFolderService } from '../src/fiscal/fiscal-folder.service.js';
import type { FiscalXmlService } from '../src/fiscal/fiscal-xml.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import {
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  documentServices,
  fiscalXml,
  noonOf,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';
import { ISSUER_CNPJ, TAKER_CNPJ, sampleEvent, sampleKey, sampleNote, type SampleNote } from './fiscal/sample-nfse.js';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;
let context: StaffContext;
let invoiceId: string;
let kept: ReturnType<typeof documentServices>;
let notes: FiscalNoteService;
let xml: FiscalXmlService;
let folder: FiscalFolderService;

const bytes = (text: string) => new TextEncoder().encode(text);
const KEY = sampleKey('18442');

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  await test.owner.query('update billing_accounts set tax_id = $2 where id = $1', [scene.padaria, TAKER_CNPJ]);
  context = asStaff(scene, '2026-11-18');
  await setIssuer(ISSUER_CNPJ);
  ({ id: invoiceId } = await openInvoice(services, context, scene.padaria, 81_940n));
  kept = documentServices(test);
  const { database, config, secrets } = test;
  const [outbox, audit] = [new Outbox(database), new Audit()];
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  notes = new FiscalNoteService(database, new InvoiceRepository(), audit, events, outbox);
  xml = fiscalXml(test, kept);
  folder = new FiscalFolderService(database, kept.storage);
});

const setIssuer = async (taxId: string | null) => {
  const { version } = await services.settings.get(context);
  await services.settings.update(context, { taxId, version });
};
const take = (sample: SampleNote = {}, options?: { acceptsOtherTaker: boolean }, id = invoiceId) =>
  xml.take(context, id, bytes(sampleNote(sample)), options);
const takeEvent = (...event: Parameters<typeof sampleEvent>) =>
  xml.take(context, invoiceId, bytes(sampleEvent(...event)));
const noteOf = async (key = KEY, id = invoiceId) =>
  (await services.invoices.get(context, id)).fiscalNotes.find(({ accessKey }) => accessKey === key)!;
const jobs = async () =>
  (
    await test.owner.query<{ job: string; id: string }>(
      "select job, payload->>'fiscalNoteId' as id from outbox where organization_id = $1 and job = 'billing.render-fiscal-note'",
      [scene.organizationId],
    )
  ).rows;
const filesKept = () => [...kept.files.keys()].filter((key) => key.endsWith('.xml')).length;

describe('the XML of a note', () => {
  it.each(['1.01', '2.00'] as const)(
    'puts the note on its invoice and has it drawn, in the layout %s',
    async (layout) => {
      expect(await take({ layout })).toBe('added');
      const note = await noteOf();
      expect(note).toMatchObject({
        number: '18442',
        issuedOn: '2026-11-10',
        status: 'authorized',
        hasXml: true,
        isTest: false,
        serviceAmount: 81_940n,
        totalAmount: layout === '2.00' ? 82_706n : null,
      });
      expect(await jobs()).toEqual([{ job: 'billing.render-fiscal-note', id: note.id }]);
    },
  );

  it('is one, however often and by how many it is sent', async () => {
    const outcomes = await Promise.all([take(), take(), take()]);
    expect(outcomes.sort()).toEqual(['added', 'known', 'known']);
    expect(await take()).toBe('known');
    expect((await services.invoices.get(context, invoiceId)).fiscalNotes).toHaveLength(1);
    expect(filesKept()).toBe(1);
  });

  it('joins what was written down of it before', async () => {
    await notes.add(context, invoiceId, { number: '18442', accessKey: KEY, issuedOn: '2026-11-09' });
    const { id } = await noteOf();
    expect(await take()).toBe('added');
    expect(await noteOf()).toMatchObject({ id, hasXml: true, issuedOn: '2026-11-10' });
  });

  it('belongs to one invoice', async () => {
    await take();
    const other = await openInvoice(services, context, scene.padaria, 81_940n);
    await expect(take({}, undefined, other.id)).rejects.toMatchObject({ code: 'fiscal_note_taken' });
    expect(filesKept()).toBe(1);
  });

  it('is refused of another issuer, or where the organization says no CNPJ', async () => {
    await expect(take({ issuer: TAKER_CNPJ })).rejects.toMatchObject({ code: 'fiscal_issuer_other' });
    await setIssuer(null);
    const { id } = await openInvoice(services, context, scene.padaria, 1n);
    await expect(take({}, undefined, id)).rejects.toMatchObject({ code: 'fiscal_issuer_unknown' });
    // The invoice that was opened before was printed with the CNPJ.
    expect(await take()).toBe('added');
  });

  it.each([
    ['another taker', { taker: ISSUER_CNPJ }],
    ['none', { taker: null }],
  ])('waits for a confirmation where it has %s', async (_, sample) => {
    await expect(take(sample)).rejects.toMatchObject({ code: 'fiscal_taker_other' });
    expect(filesKept()).toBe(0);
    expect(await take(sample, { acceptsOtherTaker: true })).toBe('added');
  });

  it('is refused for a draft, another organization, and what is none', async () => {
    const draft = await services.drafts.create(context, { billingAccountId: scene.padaria, title: 'x', lines: [] });
    await expect(take({}, undefined, draft.id)).rejects.toMatchObject({ code: 'invoice_not_open' });
    const elsewhere = asStaff(await createBillingScene(test, 'Boreal'));
    await expect(xml.take(elsewhere, invoiceId, bytes(sampleNote()))).rejects.toMatchObject({ code: 'not_found' });
    await expect(xml.take(context, invoiceId, bytes('<x/>'))).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'file', code: 'nfseOther' }],
    });
    expect(kept.files.size).toBe(0);
  });

  it('says what nobody says otherwise, but its status', async () => {
    await take();
    const { id, number, issuedOn } = await noteOf();
    await expect(notes.update(context, invoiceId, id, { number: '1', accessKey: KEY, issuedOn })).rejects.toMatchObject(
      { code: 'fiscal_note_from_xml' },
    );
    await notes.update(context, invoiceId, id, { number, accessKey: KEY, issuedOn, status: 'cancelled' });
    expect(await noteOf()).toMatchObject({ status: 'cancelled' });
  });

  it('goes with the note', async () => {
    await take();
    await kept.fiscalNotes.render(context, (await noteOf()).id);
    expect(kept.files.size).toBe(2);
    await xml.remove(context, invoiceId, (await noteOf()).id);
    expect(kept.files.size).toBe(0);
    expect(await take()).toBe('added');
  });
});

describe('a key that is written down', () => {
  it('has its check digit', () =>
    expect(
      notes.add(context, invoiceId, {
        number: '1',
        accessKey: `${KEY.slice(0, -1)}${(Number(KEY.at(-1)) + 1) % 10}`,
        issuedOn: '2026-11-09',
      }),
    ).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path: 'accessKey', code: 'nfseKey' }] }));
});

describe('a note that counts no more', () => {
  it('is cancelled by the XML of its event, once', async () => {
    await take();
    expect(await takeEvent(KEY)).toBe('cancelled');
    expect(await takeEvent(KEY)).toBe('known');
    expect(await noteOf()).toMatchObject({
      status: 'cancelled',
      statusOn: '2026-11-20',
      statusReason: 'Serviço cobrado em dobro',
    });
    expect(await jobs()).toHaveLength(2);
  });

  it('was here before its event', async () => {
    await expect(takeEvent(KEY)).rejects.toMatchObject({ code: 'fiscal_note_absent' });
    expect(kept.files.size).toBe(0);
  });

  it.each([
    ['the new one comes after it', ['18442', '18450']],
    ['the new one was here first', ['18450', '18442']],
  ])('is replaced where %s', async (_, order) => {
    for (const number of order) await take({ number, ...(number === '18450' && { replaces: KEY }) });
    expect(await noteOf()).toMatchObject({ status: 'replaced', replacedByKey: sampleKey('18450') });
    expect(await noteOf(sampleKey('18450'))).toMatchObject({ status: 'authorized' });
  });

  it('is replaced by an event', async () => {
    await take();
    expect(await takeEvent(KEY, '105102', { replacedBy: sampleKey('18450') })).toBe('replaced');
    expect(await noteOf()).toMatchObject({ status: 'replaced', replacedByKey: sampleKey('18450') });
  });
});

describe('the printed form', () => {
  const form = async () => kept.fiscalNotes.address(context, (await noteOf()).id);

  it('is drawn once, and anew when the note counts no more', async () => {
    await take();
    const { id } = await noteOf();
    expect(await form()).toBeNull();
    expect(await kept.fiscalNotes.ask(context, id)).toBe(false);
    const drawn = await kept.fiscalNotes.render(context, id);
    expect(drawn.name).toBe('NFS-e-18442.pdf');
    expect(await form()).toMatchObject({ name: 'NFS-e-18442.pdf', bytes: drawn.bytes });
    expect(await kept.fiscalNotes.ask(context, id)).toBe(true);
    await takeEvent(KEY);
    expect(await form()).toBeNull();
    expect(kept.files.has(drawn.key)).toBe(false);
    const again = await kept.fiscalNotes.render(context, id);
    expect(String(kept.files.get(again.key))).toBe('NFS-e 18442 cancelled');
  });

  it('is fetched by the customer whose it is, and by no other', async () => {
    await take();
    const { id } = await noteOf();
    await kept.fiscalNotes.render(
      systemContext(scene.organizationId, { clock: clockOf({ now: noonOf('2026-11-18') }) }),
      id,
    );
    expect(await kept.fiscalNotes.address(asCustomer(scene), id)).toMatchObject({ name: 'NFS-e-18442.pdf' });
    expect(await kept.fiscalNotes.xmlAddress(asCustomer(scene), id)).toMatchObject({ name: `NFS-e-${KEY}.xml` });
    const other = asCustomer({ ...scene, padaria: scene.oficina });
    await expect(kept.fiscalNotes.address(other, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(kept.fiscalNotes.xmlAddress(other, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is of notes whose XML is here', async () => {
    await notes.add(context, invoiceId, { number: '1', issuedOn: '2026-11-09' });
    const { id } = (await services.invoices.get(context, invoiceId)).fiscalNotes[0]!;
    await expect(kept.fiscalNotes.address(context, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the folder', () => {
  const unpacked = async (as: Parameters<FiscalFolderService['files']>[0], month: string) => {
    const parts: Uint8Array[] = [];
    for await (const part of zipped(await folder.files(as, { month }))) parts.push(part);
    return unzipSync(await buffer(parts as never));
  };

  it('has all notes of a customer by month, and their files in one', async () => {
    await take();
    await take({ number: '18443', issuedAt: '2026-10-31T23:59:59-03:00' });
    await take({ number: '18444' });
    await kept.fiscalNotes.render(context, (await noteOf()).id);
    await takeEvent(sampleKey('18444'));
    const customer = asCustomer(scene);
    expect(await folder.months(customer, {})).toEqual([
      { month: '2026-11', notes: 2, withXml: 2 },
      { month: '2026-10', notes: 1, withXml: 1 },
    ]);
    const { rows, total } = await folder.list(customer, { month: '2026-11' }, { limit: 10, offset: 0 });
    expect([rows.map(({ number }) => number).sort(), total]).toEqual([['18442', '18444'], 2]);
    const files = await unpacked(customer, '2026-11');
    const [first, third] = [`NFS-e-18442-${KEY}`, `NFS-e-18444-${sampleKey('18444')}`];
    expect(Object.keys(files).sort()).toEqual(
      ['LEIA-ME.txt', `${first}.pdf`, `${first}.xml`, `${third}-evento.xml`, `${third}.xml`].sort(),
    );
    expect(strFromU8(files[`${first}.xml`]!)).toBe(sampleNote());
    expect(strFromU8(files['LEIA-ME.txt']!)).toContain(third);
    expect(strFromU8(files['LEIA-ME.txt']!)).not.toContain(first);
  });

  it('of a month without notes is none, and of others empty', async () => {
    await take();
    await expect(folder.files(context, { month: '2026-09' })).rejects.toMatchObject({ code: 'not_found' });
    const other = asCustomer({ ...scene, padaria: scene.oficina });
    await expect(folder.files(other, { month: '2026-11' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await folder.months(other, {})).toEqual([]);
    expect(await folder.months(context, { billingAccountId: scene.oficina })).toEqual([]);
    for (const month of ['2026-13', 'x'])
      await expect(folder.files(context, { month })).rejects.toMatchObject({ code: 'not_found' });
    const elsewhere = asStaff(await createBillingScene(test, 'Boreal'));
    const strange = { billingAccountId: scene.padaria, month: '2026-11' };
    await expect(folder.months(elsewhere, strange)).rejects.toMatchObject({ code: 'not_found' });
    await expect(folder.files(elsewhere, strange)).rejects.toMatchObject({ code: 'not_found' });
  });
});
