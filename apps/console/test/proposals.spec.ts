import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Proposal } from '../src/data/proposals.js';
import { eventually, json, listOf, me, openConsole, problem, type Api } from './harness.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const account = { id: 'b-1', name: 'Padaria Estrela', legalName: 'Padaria Estrela Ltda', taxId: null };
const line = {
  description: 'Fibra 1 Giga',
  detail: null,
  startsOn: null,
  endsOn: null,
  quantity: '2',
  unitPrice: brl(14_990),
  discount: null,
  tax: null,
  gross: brl(29_980),
  net: brl(29_980),
};
const draft = (more: Partial<NonNullable<Proposal['draft']>> = {}): NonNullable<Proposal['draft']> => ({
  number: 1,
  reference: null,
  title: 'Fibra nas duas lojas',
  currency: 'BRL',
  total: brl(29_980),
  validUntil: '2099-12-18',
  introduction: null,
  terms: null,
  lines: [line],
  discount: null,
  outcome: { kind: 'invoice', dueDays: null, startsOn: null, startWithinDays: null, items: [] },
  files: [],
  ...more,
});
/** A draft of which nothing was sent yet. */
const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  id: 'p-1',
  version: 3,
  number: null,
  reference: null,
  title: 'Fibra nas duas lojas',
  status: 'draft',
  total: brl(29_980),
  validUntil: '2099-12-18',
  sentAt: null,
  endedAt: null,
  billingAccount: account,
  contactName: null,
  createdAt: '2026-11-18T12:00:00Z',
  contactId: null,
  draft: draft(),
  current: null,
  history: [],
  ...more,
});
const sent = (more: Partial<Proposal> = {}): Proposal =>
  proposal({
    number: 'P-2026-000014',
    status: 'sent',
    sentAt: '2026-11-18T12:00:00Z',
    draft: null,
    current: {
      id: 'p-1',
      number: 'P-2026-000014',
      reference: null,
      title: 'Fibra nas duas lojas',
      status: 'sent',
      total: brl(29_980),
      validUntil: '2099-12-18',
      sentAt: '2026-11-18T12:00:00Z',
      endedAt: null,
      version: { number: 1, sentAt: '2026-11-18T12:00:00Z' },
      versions: [],
      digest: '9f2c41d0',
      introduction: 'As duas lojas passam a ter a mesma velocidade.',
      terms: null,
      lines: [line],
      discounted: brl(0),
      outcome: { kind: 'invoice', dueDays: null, startsOn: null, startWithinDays: null, items: [] },
      issuer: { name: 'Aurora Telecom' },
      customer: { name: 'Padaria Estrela' },
      contact: null,
      files: [],
      decision: null,
      invoice: null,
      subscription: null,
      withdrawReason: null,
      daysLeft: 12,
    } as unknown as NonNullable<Proposal['current']>,
    ...more,
  });

const open = (now: () => Proposal, more: Api = {}) =>
  openConsole('/console/billing/proposals/p-1', {
    api: {
      'GET billing-accounts/b-1': () => json({ billingAccount: account }),
      'GET proposals/p-1': () => json({ proposal: now() }),
      'GET proposals/p-1/links': () => json({ data: [] }),
      ...more,
    },
  });
const dialog = () => document.querySelector('[role="dialog"], [role="alertdialog"]');
const words = (text: string | null | undefined) => (text ?? '').replace(/\s/g, ' ');

describe('S0.9 a proposal', () => {
  it('is sent only after who, how much and until when were read, as it was read', async () => {
    let now = proposal();
    const page = await open(() => now, {
      'PUT proposals/p-1': () => json({ proposal: now }),
      'POST proposals/p-1/send': () => {
        now = sent();
        return json({ proposal: now });
      },
    });
    await page.click('Enviar versão 1');
    expect(words(dialog()!.textContent)).toContain('Enviar a proposta a Padaria Estrela?');
    expect(words(dialog()!.textContent)).toContain('São R$ 299,80, com validade até 18/12/2099');
    expect(page.called('POST proposals/p-1/send')).toEqual([]);
    await page.click('Enviar');
    expect(page.called('POST proposals/p-1/send').map(({ body }) => body)).toEqual([{ version: 3 }]);
    expect(page.text()).toContain('Proposta enviada a Padaria Estrela');
    expect(page.text()).toContain('P-2026-000014');
  });

  it.each([
    ['has passed', '2020-01-31', 'Este dia já passou.'],
    ['is not said', null, 'Escolha um dia.'],
  ])('is not sent with a last day that %s, and nobody is asked', async (_, validUntil, refusal) => {
    const page = await open(() => proposal({ draft: draft({ validUntil }) }));
    await page.click('Enviar versão 1');
    expect(page.text()).toContain(refusal);
    expect(dialog()).toBeNull();
    expect(page.called('PUT proposals/p-1')).toEqual([]);
  });

  it('is saved before it is asked about, and that version is sent', async () => {
    const page = await open(() => proposal(), {
      'PUT proposals/p-1': () => json({ proposal: proposal({ version: 4, draft: draft({ title: 'Outra' }) }) }),
      'POST proposals/p-1/send': () => json({ proposal: sent() }),
    });
    const title = page.field('Título');
    title.value = ' Outra ';
    title.dispatchEvent(new Event('input', { bubbles: true }));
    await page.click('Enviar versão 1');
    expect(page.called('PUT proposals/p-1').map(({ body }) => body)).toMatchObject([{ version: 3, title: 'Outra' }]);
    await page.click('Enviar');
    expect(page.called('POST proposals/p-1/send').map(({ body }) => body)).toEqual([{ version: 4 }]);
  });

  it('says before it is sent what the new version changes of the one that counts', async () => {
    const now = sent({
      draft: draft({ number: 2, lines: [{ ...line, unitPrice: brl(9_990), gross: brl(19_980), net: brl(19_980) }] }),
    });
    const page = await open(() => now, { 'PUT proposals/p-1': () => json({ proposal: now }) });
    const changes = words(document.querySelector('[aria-label="O que muda da versão 1"]')?.textContent);
    expect(changes).toContain('Fibra 1 Giga');
    expect(changes).toContain('299,80 199,80');
    await page.click('Enviar versão 2');
    expect(words(dialog()!.textContent)).toContain('A versão 2 toma o lugar da anterior: são');
  });

  it('that was sent shows staff how its lines are reckoned, as its customer reads them', async () => {
    const reckoned = {
      ...{ ...line, description: 'Ponto de acesso', detail: 'Salão e caixa', quantity: '2.500000' },
      ...{ unitPrice: brl(137_173), discount: { percent: '10', amount: null }, gross: brl(342_933), net: brl(308_640) },
    };
    const { current } = sent();
    const page = await open(() => sent({ current: { ...current!, lines: [reckoned] } }));
    const paper = words(document.querySelector('article[aria-label="Prévia"]')!.textContent);
    expect(paper).toContain('Ponto de acesso Salão e caixa2,5 × R$ 1.371,73, menos 10%');
    expect(page.text()).toContain('3.086,40');
  });

  it('is taken back with a reason, which is asked for', async () => {
    let now = sent();
    const page = await open(() => now, {
      'POST proposals/p-1/withdraw': () => {
        now = sent({ status: 'withdrawn' });
        return json({ proposal: now });
      },
    });
    await page.click('Ações de P-2026-000014');
    await page.click('Retirar proposta');
    dialog()!.querySelector('form')!.requestSubmit();
    await page.type('Motivo', 'Preço errado');
    expect(page.called('POST proposals/p-1/withdraw')).toEqual([]);
    await page.click('Retirar');
    expect(page.called('POST proposals/p-1/withdraw').map(({ body }) => body)).toEqual([
      { version: 3, reason: 'Preço errado' },
    ]);
  });

  it('says of a file that is refused what is wrong with it, and nothing else', async () => {
    const message = 'Anexe fotos ou PDF.';
    const page = await open(() => proposal(), {
      'POST proposals/p-1/files': () =>
        problem(400, 'validation_failed', { errors: [{ path: 'file', code: 'fileType', message }] }),
    });
    const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
    Object.defineProperty(input, 'files', { configurable: true, value: [new File(['x'], 'lista.txt')] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await eventually(() => expect(page.text()).toContain(message));
    expect(page.text()).not.toContain('Alguns campos');
  });

  it('of which somebody else was faster says so, and keeps what was typed', async () => {
    const page = await open(() => proposal(), {
      'PUT proposals/p-1': () => problem(409, 'proposal_changed'),
    });
    const title = page.field('Título');
    title.value = 'Minha';
    title.dispatchEvent(new Event('input', { bubbles: true }));
    await page.click('Guardar rascunho');
    expect(page.text()).toContain('Outra pessoa mudou esta página');
    expect(page.field('Título').value).toBe('Minha');
  });

  it('is read, and not written, by who may not', async () => {
    const page = await open(() => proposal(), { 'GET auth/me': () => json(me('agent')) });
    expect(page.text()).toContain('Esta proposta é um rascunho, e seu papel não escreve propostas.');
    expect(document.querySelector('form')).toBeNull();
  });
});

describe('S0.9 the first day of what a proposal brings', () => {
  const asked = (page: Awaited<ReturnType<typeof open>>) =>
    page.called('PUT proposals/p-1').map(({ body }) => (body as { outcome: object }).outcome);
  const within = async (page: Awaited<ReturnType<typeof open>>, days: string) => {
    await page.type('Até quantos dias depois da validade', days);
    await page.click('Guardar rascunho');
  };

  it('is chosen by whoever accepts, where staff let them, until a day that they read', async () => {
    const page = await open(() => proposal(), {
      'PUT proposals/p-1': () => json({ proposal: proposal({ version: 4 }) }),
    });
    expect(page.text()).toContain('Contados do aceite.');
    document.querySelector<HTMLElement>('[role=checkbox]')!.click();
    await eventually(() => expect(page.text()).toContain('Até 17/01/2100.'));
    expect(page.text()).toContain('Contados do dia de início.');
    await within(page, '400');
    expect(page.text()).toContain('Use um número inteiro de 0 a 365.');
    expect(asked(page)).toEqual([]);
    await within(page, '7');
    expect(page.text()).not.toContain('Até 17/01/2100.');
    expect(asked(page)).toEqual([{ kind: 'invoice', dueDays: null, startWithinDays: 7 }]);
  });

  it('is read by staff beside what was sent, as its customer reads it', async () => {
    const outcome = { kind: 'invoice' as const, dueDays: 5, startsOn: null, startWithinDays: 15, items: [] };
    const page = await open(() => sent({ current: { ...sent().current!, outcome } }));
    expect(page.text()).toContain('vence 5 dias depois do dia de início, que quem aceita escolhe, até 02/01/2100.');
  });

  it('is said by none who let it be chosen', async () => {
    const items = [{ priceId: 'r-1', quantity: '1', detail: null }];
    const outcome = {
      kind: 'subscription',
      dueDays: null,
      startsOn: '2099-12-20',
      startWithinDays: null,
      items,
    } as const;
    const page = await open(() => proposal({ draft: draft({ outcome }) }), {
      'PUT proposals/p-1': () => json({ proposal: proposal({ version: 4, draft: draft({ outcome }) }) }),
    });
    expect(page.field('Começa em').value).toBe('2099-12-20');
    document.querySelector<HTMLElement>('[role=checkbox]')!.click();
    await eventually(() => expect(page.text()).not.toContain('Começa em'));
    await within(page, '30');
    expect(asked(page)).toMatchObject([{ kind: 'subscription', startsOn: null, startWithinDays: 30 }]);
  });
});

describe('what staff call a proposal elsewhere', () => {
  it('is written beside its title, read by its heading, and sent as nothing where it is empty', async () => {
    const now = proposal({ reference: 'OP-4711', draft: draft({ reference: 'OP-4711' }) });
    const page = await open(() => now, { 'PUT proposals/p-1': () => json({ proposal: now }) });
    expect(page.text()).toContain('referência OP-4711');
    expect(page.field('Sua referência').value).toBe('OP-4711');
    const type = async (text: string) => {
      await page.type('Sua referência', text);
      await page.click('Guardar rascunho');
    };
    await type(' Pedido 77/A ');
    await type('  ');
    expect(page.called('PUT proposals/p-1').map(({ body }) => (body as { reference: unknown }).reference)).toEqual([
      'Pedido 77/A',
      null,
    ]);
  });

  it('stands in the list by its number, and is what the list is searched by', async () => {
    const page = await openConsole('/console/billing/proposals?q=OP-47', {
      api: { 'GET proposals': () => json(listOf([sent({ reference: 'OP-4711' })])) },
    });
    expect(page.called('GET proposals').map(({ query }) => query.get('q'))).toEqual(['OP-47']);
    expect(page.text()).toContain('P-2026-000014 · OP-4711');
    const search = document.querySelector<HTMLInputElement>('input[aria-label="Buscar propostas"]')!;
    expect(search.placeholder).toBe('Número, referência, cliente ou título');
  });
});

describe('the list of proposals', () => {
  it('is a file in which number and reference are columns of their own', async () => {
    const files: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file as Blob)}`);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const page = await openConsole('/console/billing/proposals', {
      api: { 'GET proposals': () => json(listOf([sent({ reference: 'OP-4711' })])) },
    });
    await page.click('Exportar CSV');
    const [head, row] = (await eventually(() => files[0]!.text())).split('\r\n');
    expect(head).toContain('Proposta;Número;Sua referência;Cliente;');
    expect(row).toContain(';P-2026-000014;OP-4711;');
  });

  it('asks for those that its tab is about', async () => {
    const page = await openConsole('/console/billing/proposals?view=ended', {
      api: { 'GET proposals': () => json(listOf([sent({ status: 'expired' })])) },
    });
    expect(page.called('GET proposals').map(({ query }) => query.get('status'))).toEqual([
      'rejected,withdrawn,expired',
    ]);
    expect(page.text()).toContain('P-2026-000014');
  });
});
