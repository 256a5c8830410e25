import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PortalPermission } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { TICKETS_ENTITIES } from '../src/persistence/ticket.entity.js';
import { asCustomer, asStaff, createTicketScene, ticketServices, type Person, type TicketScene } from './factories.js';

let test: TestDatabase;
let services: ReturnType<typeof ticketServices>;
let scene: TicketScene;

beforeAll(async () => {
  test = await testDatabase({ entities: TICKETS_ENTITIES });
  services = ticketServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createTicketScene(test);
});

const WHO: PortalPermission[] = ['tickets:create', 'tickets:read_account', 'invoices:read'];
const as = (person: Person, permissions = WHO) => asCustomer(scene, person, undefined, permissions);

async function openInvoice(person = scene.ana) {
  const draft = await services.billing.drafts.create(asStaff(scene), {
    billingAccountId: person.billingAccountId,
    title: 'Mensalidade de outubro',
    lines: [
      { description: 'Fibra Empresarial 600', quantity: '1', unitPrice: 48_990n },
      { description: 'Wi-Fi gerenciado', detail: 'lojas 1 e 2', quantity: '2', unitPrice: 7_495n },
    ],
  });
  return services.billing.invoices.open(asStaff(scene), draft.id, draft.version);
}
const pauses = async (invoiceId: string) =>
  (await test.owner.query<{ reason: string }>('select reason from reminder_pauses where invoice_id = $1', [invoiceId]))
    .rows.length;

describe('a dispute', () => {
  it('is a ticket that names its invoice and the lines that are not right', async () => {
    const invoice = await openInvoice();
    const { dispute, isNew } = await services.disputes.open(as(scene.ana), invoice.id, {
      lineIds: [invoice.lines[1]!.id],
      expectedAmount: 7_495n,
      reason: 'Em outubro usamos um ponto, não dois.',
    });
    expect(isNew).toBe(true);
    const ticket = await services.portal.get(as(scene.ana), dispute.id);
    expect(ticket).toMatchObject({
      subject: `Contestação da fatura ${invoice.number}`,
      invoice: { id: invoice.id, number: invoice.number, currency: 'BRL', total: 63_980, owed: 63_980 },
    });
    expect(ticket.description.replaceAll('\u00a0', ' ')).toBe(
      'Em outubro usamos um ponto, não dois.\n\nItens contestados:\n– Wi-Fi gerenciado (lojas 1 e 2): R$ 149,90\n\n' +
        'Valor que considero certo: R$ 74,95',
    );
    expect((await services.staff.get(asStaff(scene), dispute.id)).invoice).toMatchObject({ number: invoice.number });
    expect(await services.disputes.ofInvoice(asStaff(scene), invoice.id)).toMatchObject([{ id: dispute.id }]);
    const { history } = await services.billing.invoices.get(asStaff(scene), invoice.id);
    expect(history.map(({ kind, actorName }) => [kind, actorName])).toContainEqual(['disputed', 'Ana']);
  });

  it('is one at a time, whoever of the account asks, and however many at once', async () => {
    const { id } = await openInvoice();
    const opened = await Promise.all(
      [scene.ana, scene.bruno, scene.ana, scene.bruno].map((person) =>
        services.disputes.open(as(person), id, { lineIds: [], reason: 'Não é isso' }),
      ),
    );
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(opened.map(({ dispute }) => dispute.id)).size).toBe(1);
    expect(await services.disputes.ofInvoice(asStaff(scene), id)).toHaveLength(1);
  });

  it('lets reminders wait while it is open, and another be opened when it is closed', async () => {
    const { id } = await openInvoice();
    const { dispute: first } = await services.disputes.open(as(scene.ana), id, { lineIds: [], reason: 'Não é isso' });
    expect(await pauses(id)).toBe(1);
    await services.portal.close(as(scene.ana), first.id);
    expect(await pauses(id)).toBe(0);
    const again = await services.disputes.open(as(scene.ana), id, { lineIds: [], reason: 'Ainda não' });
    expect(again).toMatchObject({ isNew: true });
    expect(again.dispute.id).not.toBe(first.id);
    expect(await pauses(id)).toBe(1);
  });

  it.each<[string, (invoice: Awaited<ReturnType<typeof openInvoice>>) => Promise<unknown>, string]>([
    [
      'of who may not read invoices',
      ({ id }) => services.disputes.open(as(scene.ana, ['tickets:create']), id, { lineIds: [], reason: 'x' }),
      'permission_denied',
    ],
    [
      "of another account's invoice",
      ({ id }) => services.disputes.open(as(scene.carla), id, { lineIds: [], reason: 'x' }),
      'not_found',
    ],
    [
      'of lines that it does not have',
      ({ id }) => services.disputes.open(as(scene.ana), id, { lineIds: [newId()], reason: 'x' }),
      'validation_failed',
    ],
    [
      'of what was voided',
      async ({ id, version }) => {
        await services.billing.invoices.void(asStaff(scene), id, 'Engano', version);
        return services.disputes.open(as(scene.ana), id, { lineIds: [], reason: 'x' });
      },
      'invoice_not_open',
    ],
  ])('is none %s', async (_, dispute, code) => {
    const invoice = await openInvoice();
    await expect(dispute(invoice)).rejects.toMatchObject({ code });
    expect(await services.disputes.ofInvoice(asStaff(scene), invoice.id)).toEqual([]);
  });
});
