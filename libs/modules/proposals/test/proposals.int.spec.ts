import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Locale } from '@balcao/contracts';
import { VisitorLimits, type DocumentService, type VisitorContext } from '@balcao/module-billing';
import { PostgresRateLimiter } from '@balcao/platform-state';
import type { MailFacts } from '@balcao/platform-mail';
import { clockOf, sql, systemContext, type StaffContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  createBillingScene,
  documentServices,
  noonOf,
  PDF,
  type BillingScene,
} from '../../billing/test/factories.js';
import type { ProposalDocument } from '../../billing/src/documents/proposal-document.js';
import { renderProposal } from '../../billing/src/documents/render-proposal.js';
import { sell as sellPlan } from '../../subscriptions/test/factories.js';
import { ProposalSentMail } from '../src/emails/proposal.mails.js';
import { digestOf } from '../src/domain/proposal-text.js';
import type { StaffProposalFilter } from '../src/persistence/proposal-list.js';
import { signedIn, type Acceptance, type Decider } from '../src/proposal-decision.service.js';
import { ProposalCheckService, type ProposalCheck } from '../src/proposal-check.service.js';
import type { ProposalFields } from '../src/proposal-draft.service.js';
import { fieldsOf, proposalServices, type ProposalServices } from './factories.js';

const TODAY = '2026-12-01';
const DRAWN = '12,40 13,41 20,60 25,80 30,90 60,40 90,20 120,80;200,90 210,99';

let test: TestDatabase;
let services: ProposalServices;
let scene: BillingScene;
let lia: StaffContext;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = proposalServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  lia = asStaff(scene, TODAY);
  await test.owner.query(
    "update roles set permissions = '{proposals:read,proposals:accept}' where organization_id = $1",
    [scene.organizationId],
  );
});

const ana = (day = TODAY) => asCustomer(scene, day, ['proposals:read', 'proposals:accept']);
const system = (day: string) => systemContext(scene.organizationId, { clock: clockOf({ now: noonOf(day) }) });
const versionOf = async (id: string) => (await services.reader.getForStaff(lia, id)).proposal.version;
const send = async (id: string) => services.proposals.send(lia, id, await versionOf(id));
async function sent(more: Partial<ProposalFields> = {}): Promise<string> {
  const id = await services.drafts.create(lia, fieldsOf(scene.padaria, more));
  await send(id);
  return id;
}
const digestNow = async (id: string) => (await services.reader.get(ana(), id)).version.digest;
async function acceptance(id: string, more: Partial<Acceptance> = {}): Promise<Acceptance> {
  return {
    digest: await digestNow(id),
    signerName: 'Ana Cristina Ribeiro',
    signerRole: 'Sócia',
    signerTaxId: '52998224725',
    signature: 'drawn',
    strokes: DRAWN,
    startsOn: null,
    ...more,
  };
}
const refusal = (code: string) => expect.objectContaining({ code });
const rowsOf = async <Row extends object>(text: string): Promise<Row[]> =>
  (await test.owner.query<Row>(text, [scene.organizationId])).rows;
const invoices = () =>
  rowsOf<{ state: string; total: number; due: string; proposal: string; source: string }>(
    'select state, total::integer as total, due_on::text as due, proposal_number as proposal, source from invoices where organization_id = $1',
  );

describe('a proposal', () => {
  it('does not exist for its customer while it is a draft', async () => {
    const id = await services.drafts.create(lia, fieldsOf(scene.padaria));
    await expect(services.reader.get(ana(), id)).rejects.toEqual(refusal('not_found'));
    expect((await services.reader.list(ana(), { limit: 10, offset: 0 })).rows).toEqual([]);
  });

  it('is sent with a number, and its text is fixed to the byte', async () => {
    const id = await sent();
    const { version, text, proposal } = await services.reader.get(ana(), id);
    expect(proposal).toMatchObject({ number: 'P-2026-000001', state: 'sent', total: 64_990n });
    expect(text).toMatchObject({ number: 'P-2026-000001', version: 1, total: 64_990n, issuedOn: TODAY });
    expect(version.digest).toBe(digestOf(version.document));
    await expect(
      test.owner.query("update proposal_versions set document = document || ' ' where id = $1", [version.id]),
    ).rejects.toThrow('a version that was sent stays as it is');
  });

  it('is not sent without lines, without a last day, or with one that has passed', async () => {
    for (const [more, path] of [
      [{ lines: [], discount: null }, 'lines'],
      [{ validUntil: null }, 'validUntil'],
      [{ validUntil: '2026-11-30' }, 'validUntil'],
      [
        { validUntil: '2098-12-20', outcome: { kind: 'invoice', dueDays: 10, startWithinDays: 30 } },
        'outcome.startWithinDays',
      ],
    ] as const)
      await expect(sent(more)).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path }] });
    expect(await rowsOf('select 1 from billing_counters where organization_id = $1')).toEqual([]);
  });

  it('names what was attached by its bytes, and keeps it from then on', async () => {
    const id = await services.drafts.create(lia, fieldsOf(scene.padaria));
    const file = await services.files.add(lia, id, 'planta.pdf', () => Promise.resolve(PDF));
    await send(id);
    const { text, files } = await services.reader.get(ana(), id);
    expect(text.files).toEqual([
      { name: 'planta.pdf', mediaType: 'application/pdf', bytes: PDF.length, digest: file.digest },
    ]);
    await expect(services.files.remove(lia, id, file.id)).rejects.toEqual(refusal('proposal_not_draft'));
    // The next version has it as well, and may lose it; the one that was sent keeps it.
    await services.drafts.revise(lia, id);
    const draft = (await services.reader.getForStaff(lia, id)).draft!;
    await services.files.remove(lia, id, draft.files[0]!.id);
    expect(services.kept.size).toBe(1);
    expect((await services.files.address(ana(), id, files[0]!.id)).name).toBe('planta.pdf');
    await services.drafts.discard(lia, id);
    expect(services.kept.size).toBe(1);
  });
});

describe('what staff call a proposal elsewhere', () => {
  const listed = async (filter: Partial<StaffProposalFilter>) =>
    (await services.reader.listForStaff(lia, { limit: 20, offset: 0, ...filter })).rows.map(({ title }) => title);

  it('stands in the text that is signed, and counts from the next version on', async () => {
    const id = await sent({ reference: 'OP-4711' });
    const { version, text, proposal } = await services.reader.get(ana(), id);
    expect([proposal.reference, text.reference]).toEqual(['OP-4711', 'OP-4711']);
    expect(version.document).toContain('"reference":"OP-4711"');
    expect((await services.reader.printed(ana(), id)).reference).toBe('OP-4711');
    await services.drafts.revise(lia, id);
    const fields = fieldsOf(scene.padaria, { reference: 'Pedido 77/A' });
    await services.drafts.replace(lia, id, fields, await versionOf(id));
    expect((await services.reader.get(ana(), id)).proposal.reference).toBe('OP-4711');
    await send(id);
    expect((await services.reader.get(ana(), id)).proposal.reference).toBe('Pedido 77/A');
    await expect(
      test.owner.query("update proposal_versions set reference = 'x' where id = $1", [version.id]),
    ).rejects.toThrow('a version that was sent stays as it is');
  });

  it('finds it, as its number, its customer and its title do, and each alone where one is meant', async () => {
    await sent({ title: 'Câmeras', reference: 'OP-4711' });
    await sent({ title: 'Telefonia', reference: 'op-4712/Á' });
    await services.drafts.create(lia, fieldsOf(scene.oficina, { title: 'Fibra da Padaria' }));
    // Only where nothing is called so.
    await services.drafts.create(lia, fieldsOf(scene.oficina, { title: 'Sobre a op-4712' }));
    for (const [q, found] of [
      ['op-47', ['Telefonia', 'Câmeras']],
      ['OP-4712/a', ['Telefonia']],
      ['P-2026-000001', ['Câmeras']],
      ['2', ['Telefonia']],
      ['padaria', ['Telefonia', 'Câmeras']],
      ['oficina', ['Sobre a op-4712', 'Fibra da Padaria']],
      ['sobre', ['Sobre a op-4712']],
      ['camera', ['Câmeras']],
      // Within a reference, of which nothing begins so.
      ['4711', ['Câmeras']],
      ['nada disso', []],
      ['%', []],
    ] as const)
      expect({ q, found: await listed({ q }) }).toEqual({ q, found });
    // A customer is chosen already: what is typed is no name of one.
    expect(await listed({ q: 'padaria', billingAccountId: scene.oficina })).toEqual(['Fibra da Padaria']);
    expect(await listed({ q: 'op-47', status: ['draft'] })).toEqual([]);
    expect(await listed({ reference: 'OP-4712/A' })).toEqual(['Telefonia']);
    expect(await listed({ reference: 'OP-47' })).toEqual([]);
  });

  it('finds what is written as people write it, whatever that becomes where it is folded', async () => {
    const reference = 'Pedido nº 12 – 3ª via';
    await sent({ title: 'Câmeras', reference });
    for (const q of [reference, 'pedido no 12', 'PEDIDO Nº', '– 3ª']) expect(await listed({ q })).toEqual(['Câmeras']);
    expect(await listed({ reference })).toEqual(['Câmeras']);
  });

  it('leaves out neither what a customer of that name has, nor any of many that begin alike', async () => {
    await services.drafts.create(lia, fieldsOf(scene.padaria, { title: 'Fibra' }));
    await services.drafts.create(lia, fieldsOf(scene.oficina, { title: 'Telefonia', reference: 'Padaria, loja 2' }));
    expect(await listed({ q: 'padaria' })).toEqual(['Telefonia', 'Fibra']);
    // A number is meant by itself, though a customer be called so.
    await test.owner.query("update billing_accounts set name = 'Posto 1' where id = $1", [scene.oficina]);
    await sent({ title: 'Câmeras' });
    expect(await listed({ q: '1' })).toEqual(['Câmeras']);
    await test.owner.query(
      `insert into proposals (organization_id, billing_account_id, id, title, currency, reference, created_at)
       select $1, $2, gen_random_uuid(), 'Viele ' || n, 'BRL', 'X-' || n, now() + n * interval '1 second' from generate_series(1, 150) n`,
      [scene.organizationId, scene.padaria],
    );
    const { rows, total } = await services.reader.listForStaff(lia, { limit: 1, offset: 0, q: 'x-' });
    expect([rows.map(({ title }) => title), total]).toEqual([['Viele 150'], 150]);
  });

  it('is found by an index, however many there are', async () => {
    await sent({ reference: 'OP-4711' });
    await test.owner.query(
      `insert into proposals (organization_id, billing_account_id, id, title, currency, reference)
       select $1, $2, gen_random_uuid(), 'Viele ' || n, 'BRL', 'X-' || n from generate_series(1, 5000) n`,
      [scene.organizationId, scene.padaria],
    );
    await test.owner.query('analyze proposals');
    const plan = await test.database.read(lia, (db) =>
      db.query<{ 'QUERY PLAN': string }>(sql`explain select t.id from proposals t
        where ${db.tenant('t')} and t.reference_key >= ${'x-49'} and t.reference_key < ${'x-49\u{10FFFF}'} limit 100`),
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('proposals_reference');
    expect(await listed({ q: 'x-4999' })).toEqual(['Viele 4999']);
  });
});

describe('acceptance', () => {
  it('makes an invoice that comes to what was proposed, to the cent, in the same transaction', async () => {
    const id = await sent();
    await services.decisions.accept(signedIn(ana(), id), await acceptance(id));
    expect(await invoices()).toEqual([
      { state: 'open', total: 64_990, due: '2026-12-11', proposal: 'P-2026-000001', source: 'proposal' },
    ]);
    const { proposal, decision, version } = await services.reader.get(ana(), id);
    expect(proposal.state).toBe('accepted');
    expect(decision).toMatchObject({
      kind: 'accepted',
      digest: version.digest,
      signerName: 'Ana Cristina Ribeiro',
      portalUserId: scene.ana.id,
      linkId: null,
      ip: ana().client.ip,
      userAgent: ana().client.userAgent,
    });
    expect(decision!.strokes).toHaveLength(2);
  });

  it('is due so many days behind the day that was chosen, where it was', async () => {
    for (const [dueDays, startsOn, due] of [
      [10, '2026-12-20', '2026-12-30'],
      [0, '2026-12-15', '2026-12-15'],
      [null, '2026-12-20', '2026-12-30'],
      [10, null, '2026-12-11'],
    ] as const) {
      const id = await sent({ outcome: { kind: 'invoice', dueDays, startWithinDays: 20 } });
      await services.decisions.accept(signedIn(ana(), id), await acceptance(id, { startsOn }));
      const { number } = (await services.reader.get(ana(), id)).proposal;
      expect((await invoices()).find(({ proposal }) => proposal === number)).toMatchObject({ state: 'open', due });
    }
  });

  it('counts once, however many do it at once', async () => {
    const id = await sent();
    const body = await acceptance(id);
    const results = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => services.decisions.accept(signedIn(ana(), id), body)),
      services.decisions.reject(signedIn(ana(), id), {
        digest: body.digest,
        signerName: 'Ana',
        reason: 'price',
        comment: null,
      }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toEqual(refusal('proposal_decided'));
    const accepted = (await services.reader.get(ana(), id)).proposal.state === 'accepted';
    expect(await invoices()).toHaveLength(accepted ? 1 : 0);
    expect(await rowsOf('select 1 from proposal_decisions where organization_id = $1')).toHaveLength(1);
  });

  it('is of the version that was read: a newer one is said, and nothing is decided', async () => {
    const id = await sent();
    const seen = await acceptance(id);
    await services.drafts.revise(lia, id);
    // A version that is only written changes nothing.
    const draft = (await services.reader.getForStaff(lia, id)).proposal;
    await services.drafts.replace(lia, id, fieldsOf(scene.padaria, { discount: null }), draft.version);
    expect(await digestNow(id)).toBe(seen.digest);
    await send(id);
    await expect(services.decisions.accept(signedIn(ana(), id), seen)).rejects.toEqual(refusal('proposal_superseded'));
    expect(await invoices()).toEqual([]);
    const { versions } = await services.reader.get(ana(), id);
    expect(versions.map(({ number, supersededAt }) => [number, supersededAt !== null])).toEqual([
      [2, false],
      [1, true],
    ]);
    await services.decisions.accept(signedIn(ana(), id), await acceptance(id));
    expect(await invoices()).toMatchObject([{ total: 77_980 }]);
  });

  it('waits for whoever sends a version at the same moment, and one of the two is first', async () => {
    const id = await sent();
    const seen = await acceptance(id);
    await services.drafts.revise(lia, id);
    const [accepted, superseded] = await Promise.allSettled([
      services.decisions.accept(signedIn(ana(), id), seen),
      send(id),
    ]);
    expect([accepted.status, superseded.status].sort()).toEqual(['fulfilled', 'rejected']);
    const { proposal, decision } = await services.reader.get(ana(), id);
    expect(proposal.state).toBe(accepted.status === 'fulfilled' ? 'accepted' : 'sent');
    expect(decision?.digest).toBe(accepted.status === 'fulfilled' ? seen.digest : undefined);
  });

  it('is over with the last day, by the clock of the organization', async () => {
    const id = await sent({ validUntil: '2026-12-02' });
    const body = await acceptance(id);
    // Noon of the day behind it.
    await expect(services.decisions.accept(signedIn(ana('2026-12-03'), id), body)).rejects.toEqual(
      refusal('proposal_expired'),
    );
    await services.decisions.accept(signedIn(ana('2026-12-02'), id), body);
    expect(await invoices()).toHaveLength(1);
  });

  it("is none of another account's, and by no drawing that is none", async () => {
    const id = await sent({});
    const body = await acceptance(id);
    const other: Decider = { ...signedIn(ana(), id), billingAccountId: scene.oficina };
    await expect(services.decisions.accept(other, body)).rejects.toEqual(refusal('not_found'));
    for (const strokes of ['data:image/png;base64,AAAA', '1,1 '.repeat(2_500_000), null])
      await expect(services.decisions.accept(signedIn(ana(), id), { ...body, strokes })).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ path: 'strokes', code: 'isSignature' }],
      });
    expect(await invoices()).toEqual([]);
  });

  it('leaves nothing behind where what it brings cannot be', async () => {
    const id = await sent();
    const body = await acceptance(id);
    await test.owner.query(
      "insert into billing_counters (organization_id, series, year, last_number) values ($1, 'invoice', 2026, 2147483647)",
      [scene.organizationId],
    );
    await expect(services.decisions.accept(signedIn(ana(), id), body)).rejects.toThrow();
    expect((await services.reader.get(ana(), id)).proposal.state).toBe('sent');
    expect(await invoices()).toEqual([]);
    expect(await rowsOf('select 1 from proposal_decisions where organization_id = $1')).toEqual([]);
  });

  it('is refused by the database itself for a text that is not that of the version that counts', async () => {
    const id = await sent();
    const { version } = await services.reader.get(ana(), id);
    const insert = (digest: string) =>
      test.owner.query(
        `insert into proposal_decisions (organization_id, billing_account_id, proposal_id, version_id, digest, kind, signer_name,
           signature, portal_user_id, ip, user_agent, decided_at) values ($1, $2, $3, $4, $5, 'accepted', 'Ana', 'typed', $6, '::1', '', now())`,
        [scene.organizationId, scene.padaria, id, version.id, digest, scene.ana.id],
      );
    await expect(insert('0'.repeat(64))).rejects.toThrow(/only the version that counts/);
    await insert(version.digest);
    await expect(insert(version.digest)).rejects.toThrow();
  });
});

describe('what ends a proposal otherwise', () => {
  it('is a no with its reason, which no yes follows', async () => {
    const id = await sent();
    const body = await acceptance(id);
    const rejection = { digest: body.digest, signerName: 'Ana', reason: 'price' as const, comment: 'Até R$ 600' };
    await services.decisions.reject(signedIn(ana(), id), rejection);
    await expect(services.decisions.accept(signedIn(ana(), id), body)).rejects.toEqual(refusal('proposal_decided'));
    expect((await services.reader.get(ana(), id)).decision).toMatchObject({
      kind: 'rejected',
      reason: 'price',
      signature: null,
    });
  });

  it('is its withdrawal', async () => {
    const id = await sent();
    const body = await acceptance(id);
    await services.proposals.withdraw(lia, id, { reason: 'Saiu de linha', version: await versionOf(id) });
    await expect(services.decisions.accept(signedIn(ana(), id), body)).rejects.toEqual(refusal('proposal_decided'));
    await expect(services.drafts.revise(lia, id)).rejects.toEqual(refusal('proposal_decided'));
    // Another begins with its words.
    const copy = await services.drafts.copy(lia, id);
    expect((await services.reader.getForStaff(lia, copy)).draft).toMatchObject({
      number: 1,
      total: 64_990n,
      validUntil: null,
    });
  });

  it('is its last day: reminded of before, once, and ended behind it', async () => {
    const id = await sent({ validUntil: '2026-12-10' });
    await services.writeMails();
    expect(await services.due.run(system('2026-12-06'), 100)).toBe(0);
    expect(await services.due.run(system('2026-12-07'), 100)).toBe(1);
    expect(await services.due.run(system('2026-12-08'), 100)).toBe(0);
    expect(await services.due.run(system('2026-12-10'), 100)).toBe(0);
    expect((await services.reader.get(ana('2026-12-11'), id)).proposal.state).toBe('sent');
    expect(await services.due.run(system('2026-12-11'), 100)).toBe(1);
    expect((await services.reader.get(ana('2026-12-11'), id)).proposal.state).toBe('expired');
    expect(await services.due.run(system('2026-12-12'), 100)).toBe(0);
    await services.writeMails();
    const mails = await rowsOf<{ template: string; email: string }>(
      'select template, recipient_email as email from mails where organization_id = $1 order by template',
    );
    expect(mails).toEqual([
      { template: 'proposal-customer-silent', email: scene.lia.email },
      { template: 'proposal-reminder', email: scene.ana.email },
      { template: 'proposal-sent', email: scene.ana.email },
    ]);
  });
});

describe('a file that somebody has', () => {
  let check: (file: Buffer, organizationId?: string) => Promise<ProposalCheck>;
  let fileOf: (id: string, locale?: Locale, versionId?: string) => Promise<Buffer>;
  beforeAll(() => {
    const { documents, files } = documentServices(test, (drawn) => renderProposal(drawn as ProposalDocument));
    const limits = new VisitorLimits(new PostgresRateLimiter(test.database, test.secrets));
    const checks = new ProposalCheckService(test.database, services.rows, documents, limits);
    check = (file, organizationId = scene.organizationId) => {
      const visitor = { ...system(TODAY), organizationId, client: ana().client } as VisitorContext;
      return checks.check(visitor, createHash('sha256').update(file).digest('hex'));
    };
    fileOf = async (id, locale = 'pt-BR', versionId = undefined) => {
      const proposal = await services.reader.printed(system(TODAY), id, versionId);
      const { key } = await documents.render(system(TODAY), { proposal }, locale);
      return files.get(key)!;
    };
  });

  const nothing = { customer: null, acceptedAt: null, acceptedBy: null, timeZone: null };

  it('is the document that was accepted, in each language, or is not, by its bytes', async () => {
    const id = await sent();
    const unsigned = await fileOf(id);
    await services.decisions.accept(signedIn(ana(), id), await acceptance(id));
    for (const locale of ['pt-BR', 'en-US'] as const) {
      const signed = await fileOf(id, locale);
      const accepted = {
        ...{ verdict: 'accepted', number: 'P-2026-000001', version: 1, customer: 'Padaria Estrela' },
        ...{ acceptedAt: noonOf(TODAY), acceptedBy: 'Ana Cristina Ribeiro', timeZone: 'America/Sao_Paulo' },
      };
      expect(await check(signed)).toEqual(accepted);
      const changed = Buffer.from(signed);
      changed[changed.length - 1]! ^= 1;
      for (const other of [changed, signed.subarray(0, -1), Buffer.concat([signed, Buffer.from('\n')])])
        expect(await check(other)).toEqual({ verdict: 'unknown', number: null, version: null, ...nothing });
    }
    // What was drawn before tells whoever has it no more than it says, also now.
    expect(await check(unsigned)).toEqual({
      ...{ ...nothing, verdict: 'not_accepted', number: 'P-2026-000001', version: 1, customer: 'Padaria Estrela' },
    });
  });

  it('is no accepted document of a version that another took the place of, nor of one that was rejected', async () => {
    const id = await sent();
    const first = (await services.reader.get(ana(), id)).version.id;
    await services.drafts.revise(lia, id);
    await send(id);
    await services.decisions.accept(signedIn(ana(), id), await acceptance(id));
    expect(await check(await fileOf(id, 'pt-BR', first))).toMatchObject({ verdict: 'not_accepted', version: 1 });
    expect(await check(await fileOf(id))).toMatchObject({ verdict: 'accepted', version: 2 });
    const other = await sent();
    const no = { digest: await digestNow(other), signerName: 'Ana', reason: 'price' as const, comment: null };
    await services.decisions.reject(signedIn(ana(), other), no);
    expect(await check(await fileOf(other))).toMatchObject({ verdict: 'not_accepted', acceptedBy: null });
  });

  it("is unknown at another organization's", async () => {
    const id = await sent();
    await services.decisions.accept(signedIn(ana(), id), await acceptance(id));
    const file = await fileOf(id);
    const { organizationId } = await createBillingScene(test);
    expect(await check(file, organizationId)).toMatchObject({ verdict: 'unknown', number: null });
  });
});

describe('files', () => {
  it.each(['a file', 'the draft'])('of a copy are there, though %s is taken away at the same time', async (what) => {
    for (let round = 0; round < 12; round++) {
      const id = await services.drafts.create(lia, fieldsOf(scene.padaria));
      const file = await services.files.add(lia, id, 'planta.pdf', () => Promise.resolve(PDF));
      const take = () =>
        what === 'a file' ? services.files.remove(lia, id, file.id) : services.drafts.discard(lia, id);
      const both = [services.drafts.copy(lia, id), take()];
      await Promise.allSettled(round % 2 ? both.reverse() : both);
    }
    const rows = await rowsOf<{ key: string }>(
      "select 'proposal-files/' || organization_id || '/' || storage_id as key from proposal_files where organization_id = $1",
    );
    for (const { key } of rows) expect([...services.kept.keys()]).toContain(key);
  });
});

describe('mails', () => {
  const asked = () =>
    rowsOf<{ template: string; email: string; ids: Record<string, string> }>(
      'select template, recipient_email as email, subject_ids as ids from mails where organization_id = $1 order by template, recipient_email',
    );

  it('go to those who may decide with a link of their own, and after it to both sides', async () => {
    const id = await sent();
    await services.writeMails();
    const [mail] = await asked();
    expect(mail).toMatchObject({ template: 'proposal-sent', email: scene.ana.email });
    const facts = await services.mailReader.read(system(TODAY), mail!.ids);
    expect(facts).toMatchObject({ number: 'P-2026-000001', status: 'sent', isCurrent: true });
    expect(facts!.url).toMatch(/\/portal\/proposal#token=/);
    await services.decisions.accept(signedIn(ana(), id), await acceptance(id));
    await services.writeMails();
    expect((await asked()).map(({ template, email }) => [template, email])).toEqual([
      ['proposal-accepted', scene.ana.email],
      ['proposal-customer-accepted', scene.lia.email],
      ['proposal-sent', scene.ana.email],
    ]);
    const [link] = await rowsOf<{ email: string }>('select email from proposal_links where organization_id = $1');
    expect(link).toEqual({ email: scene.ana.email });
  });

  it('say what staff call it elsewhere, where they call it anything', async () => {
    const mail = new ProposalSentMail(services.mailReader, services.reader, {
      toAttach: () => Promise.resolve(undefined),
    } as unknown as DocumentService);
    for (const reference of ['OP-4711', null]) {
      const id = await sent({ reference });
      await services.writeMails();
      const { ids } = (await asked()).find((each) => each.ids.proposalId === id)!;
      const recipient = { email: scene.ana.email, name: 'Ana' };
      const facts = { ids, locale: 'pt-BR', recipient } as unknown as MailFacts;
      const said = JSON.stringify(await mail.compose(system(TODAY), facts));
      expect(said.includes('["Referência","OP-4711"]')).toBe(reference !== null);
      expect(said).toContain('["Proposta","Fibra 1 Giga nas duas lojas"]');
    }
  });

  it('tell those who were sent it that it is withdrawn, and why', async () => {
    const id = await sent();
    await services.writeMails();
    await services.proposals.withdraw(lia, id, { reason: 'Saiu de linha', version: await versionOf(id) });
    await services.writeMails();
    const mails = await asked();
    expect(mails.map(({ template, email }) => [template, email])).toEqual([
      ['proposal-sent', scene.ana.email],
      ['proposal-withdrawn', scene.ana.email],
    ]);
    expect(await services.mailReader.read(system(TODAY), mails[1]!.ids)).toMatchObject({
      status: 'withdrawn',
      withdrawReason: 'Saiu de linha',
      url: expect.stringMatching(/\/portal\/proposal#token=/),
    });
  });

  it('of a no go to staff alone', async () => {
    const id = await sent();
    await services.decisions.reject(signedIn(ana(), id), {
      digest: await digestNow(id),
      signerName: 'Ana',
      reason: 'price',
      comment: null,
    });
    await services.writeMails();
    expect((await asked()).map(({ template }) => template)).toEqual(['proposal-customer-rejected', 'proposal-sent']);
  });
});

describe('a subscription that was proposed', () => {
  const proposed = (
    priceId: string,
    more: Partial<ProposalFields & { startsOn: string; startWithinDays: number }> = {},
  ) => {
    const { startsOn = null, startWithinDays = null, ...fields } = more;
    const outcome = {
      kind: 'subscription' as const,
      items: [{ priceId, quantity: '1', detail: 'Loja 1' }],
      ...{ startsOn, startWithinDays, dueDays: 7 },
    };
    return fieldsOf(scene.padaria, { lines: [], discount: null, outcome, ...fields });
  };
  const sell = (unitAmount = 38_990n, price = {}) =>
    sellPlan(services.subscriptions, lia, `Fibra ${unitAmount}`, unitAmount, price);
  const subscriptions = () =>
    rowsOf<{ id: string; state: string; starts: string; next: string | null }>(
      'select id, state, starts_on::text as starts, next_renewal_on::text as next from subscriptions where organization_id = $1',
    );
  const accept = async (id: string, day = TODAY) =>
    services.decisions.accept(signedIn(ana(day), id), await acceptance(id));

  it('has the lines of its first period, and begins with acceptance', async () => {
    const id = await sent(proposed(await sell(38_990n, { setupAmount: 10_000n })));
    const { text } = await services.reader.get(ana(), id);
    expect(text).toMatchObject({
      total: 48_990n,
      lines: [{ detail: 'Loja 1', startsOn: null }, { unitPrice: 10_000n }],
    });
    expect(await subscriptions()).toEqual([]);
    await accept(id);
    const [began] = await subscriptions();
    expect(began).toMatchObject({ state: 'active', starts: TODAY, next: '2027-01-01' });
    expect(await invoices()).toMatchObject([
      { state: 'open', total: 48_990, due: '2026-12-08', source: 'subscription' },
    ]);
    expect((await services.reader.get(ana(), id)).decision).toMatchObject({ subscriptionId: began!.id });
  });

  it('begins once, however many accept it at once', async () => {
    const id = await sent(proposed(await sell()));
    const body = await acceptance(id);
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => services.decisions.accept(signedIn(ana(), id), body)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await subscriptions()).toHaveLength(1);
    expect(await invoices()).toHaveLength(1);
  });

  it('waits for its day, and begins at once where that has passed', async () => {
    const priceId = await sell();
    const id = await sent(proposed(priceId, { startsOn: '2026-12-05' }));
    expect((await services.reader.get(ana(), id)).text.lines).toMatchObject([
      { startsOn: '2026-12-05', endsOn: '2027-01-05' },
    ]);
    await accept(id);
    expect(await subscriptions()).toMatchObject([{ state: 'pending', starts: '2026-12-05' }]);
    const late = await sent(proposed(priceId, { startsOn: '2026-12-05' }));
    await accept(late, '2026-12-08');
    expect((await subscriptions()).map(({ starts }) => starts).sort()).toEqual(['2026-12-05', '2026-12-08']);
  });

  it('begins on the day that whoever accepts chooses, where staff left them the choice, and their evidence says so', async () => {
    const priceId = await sell();
    const id = await sent(proposed(priceId, { validUntil: '2026-12-10', startWithinDays: 30 }));
    const choose = async (startsOn: string | null, day = TODAY) =>
      services.decisions.accept(signedIn(ana(day), id), { ...(await acceptance(id)), startsOn });
    for (const [startsOn, day, code] of [
      ['2027-01-10', TODAY, 'startTooLate'],
      ['2026-11-30', TODAY, 'notBeforeToday'],
      // By the clock of the organization.
      ['2026-12-09', '2026-12-10', 'notBeforeToday'],
    ] as const)
      await expect(choose(startsOn, day)).rejects.toMatchObject({ fields: [{ path: 'startsOn', code }] });
    expect(await subscriptions()).toEqual([]);
    expect((await services.reader.get(ana(), id)).proposal.state).toBe('sent');
    await choose('2027-01-09', '2026-12-10');
    expect(await subscriptions()).toMatchObject([{ state: 'pending', starts: '2027-01-09' }]);
    const { decision, version } = await services.reader.get(ana(), id);
    expect(decision!.startsOn).toBe('2027-01-09');
    expect(version.document).toContain('"startWithinDays":30');
    expect(await services.reader.printed(ana(), id)).toMatchObject({
      outcome: { 'pt-BR': expect.stringContaining('no dia que quem aceita escolhe') },
      evidence: { startsOn: '2027-01-09' },
    });
    const [told] = await rowsOf<{ changes: { after: object } }>(
      "select changes from audit_log where organization_id = $1 and action = 'portal.proposal.accept'",
    );
    expect(told!.changes.after).toMatchObject({ startsOn: '2027-01-09' });
  });

  it('begins today where nobody chose, and is chosen by nobody where the proposal says it', async () => {
    const priceId = await sell();
    const open = await sent(proposed(priceId, { startWithinDays: 0 }));
    await accept(open, '2026-12-02');
    expect(await subscriptions()).toMatchObject([{ state: 'active', starts: '2026-12-02' }]);
    expect((await services.reader.get(ana(), open)).decision!.startsOn).toBe('2026-12-02');
    const said = await sent(proposed(priceId));
    const chosen = { ...(await acceptance(said)), startsOn: TODAY };
    await expect(services.decisions.accept(signedIn(ana(), said), chosen)).rejects.toMatchObject({
      fields: [{ path: 'startsOn', code: 'startIsSaid' }],
    });
    await accept(said);
    expect((await services.reader.get(ana(), said)).decision!.startsOn).toBeNull();
  });

  it('keeps the price that was proposed, though nobody else gets it by then', async () => {
    const priceId = await sell();
    const written = await services.drafts.create(lia, proposed(priceId));
    const id = await sent(proposed(priceId));
    await test.owner.query('update plan_prices set archived_at = now() where id = $1', [priceId]);
    await accept(id);
    expect(await invoices()).toMatchObject([{ total: 38_990 }]);
    await expect(send(written)).rejects.toEqual(refusal('plan_archived'));
  });

  it('is refused at the field that is wrong', async () => {
    const priceId = await sell();
    for (const [more, path] of [
      [{ startsOn: '2026-11-30' }, 'outcome.startsOn'],
      [{ discount: { percent: '10' } }, 'discount'],
      // Whoever accepts could choose a day on which no subscription begins.
      [{ validUntil: '2061-12-10', startWithinDays: 365 }, 'outcome.startWithinDays'],
    ] as const)
      await expect(services.drafts.create(lia, proposed(priceId, more))).rejects.toMatchObject({
        fields: [{ path }],
      });
    await expect(services.drafts.create(lia, proposed(scene.padaria))).rejects.toMatchObject({
      fields: [{ path: 'outcome.items.0.priceId' }],
    });
    await expect(services.drafts.create(lia, proposed(priceId, { currency: 'USD' }))).rejects.toEqual(
      refusal('plans_do_not_fit'),
    );
  });
});
