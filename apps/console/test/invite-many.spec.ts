import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, openConsole, problem, settle, type Api } from './harness.js';

const account = { id: 'b-1', name: 'Padaria Estrela', createdAt: '2026-03-01T12:00:00Z' };
const role = { id: 'r-2', name: 'Colaboração', permissions: [], isDefault: false, grantableRoleIds: [] };
const working = (more: Api = {}): Api => ({
  'GET invitations': () => json(listOf([])),
  'GET billing-accounts': () => json(listOf([account])),
  'GET billing-accounts/b-1': () => json({ billingAccount: account }),
  'GET portals': () => json({ data: [] }),
  'GET roles': () => json({ data: [role] }),
  'POST invitations/batch/check': () => new Response(null, { status: 204 }),
  ...more,
});

async function openList(list: string, api: Api = {}) {
  const page = await openConsole('/console/invitations/many?account=b-1', { api: working(api) });
  await page.type('Lista', list);
  await settle();
  return page;
}

describe('many invitations', () => {
  it('are shown how to be written, with a role that there is', async () => {
    const page = await openList('');
    expect(page.field('Lista').placeholder).toBe(
      'Ana Ribeiro, ana@padaria.example\nIvo Sales, ivo@padaria.example, Colaboração',
    );
    const without = await openConsole('/console/invitations/many', {
      api: working({ 'GET roles': () => json({ data: [] }) }),
    });
    expect(without.field('Lista').placeholder.endsWith('ivo@padaria.example')).toBe(true);
  });

  it('S0.25 are sent together, with the roles that the list names', async () => {
    const page = await openList('Ana;ana@padaria.example\nIvo;ivo@padaria.example;colaboracao', {
      'POST invitations/batch': () => json({ invitations: [{}, {}] }, 201),
    });
    await page.click('Enviar 2 convites');
    const [call] = page.called('POST invitations/batch');
    expect(call!.body).toEqual({
      billingAccountId: 'b-1',
      invitations: [
        { name: 'Ana', email: 'ana@padaria.example' },
        { name: 'Ivo', email: 'ivo@padaria.example', roleId: 'r-2' },
      ],
    });
    expect(call!.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    expect(page.text()).toContain('2 convites enviados');
  });

  it('S0.25 show what is wrong beside the line, and go on without it', async () => {
    const page = await openList(
      'Ana,ana@padaria.example\nIvo,ivo@\nZé,ana@padaria.example\nJoão,joão@padaria.example',
      {
        'POST invitations/batch': () => json({ invitations: [{}] }, 201),
      },
    );
    expect(page.text()).toContain('O e-mail está incompleto.');
    expect(page.text()).toContain('Este e-mail já está em outra linha.');
    expect(page.text()).toContain('um e-mail não tem acentos nem ç');
    // How many can go is not said before they can.
    expect(page.button('Enviar convites').hasAttribute('disabled')).toBe(true);
    await page.click('Tirar essas linhas');
    await page.click('Enviar 1 convite');
    expect(page.called('POST invitations/batch')).toHaveLength(1);
  });

  it('S0.25 S0.54 show what the API refuses beside its line, and send again with the same list corrected', async () => {
    const errors = [{ path: 'invitations.1.email', code: 'email_taken', message: 'Este e-mail já foi convidado.' }];
    const page = await openList('Ana,ana@padaria.example\nIvo,ivo@padaria.example', {
      'POST invitations/batch': () => problem(400, 'validation_failed', { errors }),
    });
    // Somebody else invites between the check and the sending.
    await eventually(() => expect(page.text()).toContain('Pronto'));
    await page.click('Enviar 2 convites');
    expect(page.text()).toContain('Ninguém foi convidado ainda');
    expect(page.text()).toContain('Este e-mail já foi convidado.');
    expect(page.text()).toContain('1 linha precisa de correção.');
    await page.click('Tirar essas linhas');
    await page.click('Enviar 1 convite');
    const keys = page.called('POST invitations/batch').map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).toBe(2);
  });

  it('S0.25 S0.54 are ready once the API says so, of each line whatever is wrong with others', async () => {
    const refusal = (path: string, message: string) =>
      problem(400, 'validation_failed', { errors: [{ path, code: 'x', message }] });
    const answers = [
      refusal('invitations.1.name', 'Use só o nome.'),
      refusal('invitations.1.email', 'Já tem acesso.'),
      new Response(null, { status: 204 }),
    ];
    let answer!: () => void;
    const waits = new Promise<void>((resolve) => (answer = resolve));
    const page = await openList('Ana,ana@x.example\npremio.com,p@x.example\nIvo,ivo@x.example\nZé,ze@x', {
      'POST invitations/batch/check': () => waits.then(() => answers.shift()!),
    });
    expect(page.text()).toContain('A conferir');
    expect(page.text()).not.toContain('Pronto');
    answer();
    await eventually(() => expect(page.text()).toContain('3 linhas precisam de correção.'));
    await eventually(() => expect(page.text()).toContain('Pronto'));
    for (const text of ['Use só o nome.', 'Já tem acesso.']) expect(page.text()).toContain(text);
    const asked = page.called('POST invitations/batch/check').map(({ body }) => body as { invitations: object[] });
    expect(asked.map(({ invitations }) => invitations.length)).toEqual([3, 2, 1]);
    expect(page.button('Enviar convites').hasAttribute('disabled')).toBe(true);
  });

  it('S0.25 are not called ready before their customer is chosen, nor where nobody answers', async () => {
    const page = await openConsole('/console/invitations/many', { api: working() });
    await page.type('Lista', 'Ana,ana@padaria.example');
    await eventually(() => expect(page.text()).toContain('A conferir'));
    expect(page.called('POST invitations/batch/check')).toEqual([]);
    const alone = await openList('Ana,ana@padaria.example', {
      'POST invitations/batch/check': () => problem(503, 'service_unavailable'),
    });
    await eventually(() => expect(alone.called('POST invitations/batch/check').length).toBeGreaterThan(0));
    await settle();
    expect(alone.text()).toContain('A conferir');
    expect(alone.button('Enviar 1 convite').hasAttribute('disabled')).toBe(false);
  });

  it('S0.25 are read from no workbook: the page says how to save one, and takes a list after it', async () => {
    const page = await openList('');
    const picker = document.querySelector<HTMLInputElement>('input[type=file]')!;
    const choose = async (content: string) => {
      Object.defineProperty(picker, 'files', { value: [new File([content], 'lista')], configurable: true });
      picker.dispatchEvent(new Event('change'));
      await settle();
    };
    await choose('PK\x03\x04…');
    expect(page.alert()).toContain('Este arquivo não é um CSV.');
    expect(page.field('Lista').value).toBe('');
    await choose('Nome da empresa;Nome do contato;E-mail\nPadaria;Ana;ana@padaria.example');
    expect(page.alert()).toBeUndefined();
    expect(page.text()).toContain('Usadas: “Nome do contato”.');
    expect(page.button('Enviar 1 convite').hasAttribute('disabled')).toBe(false);
  });

  it('S0.25 are at most 200', async () => {
    const list = Array.from({ length: 201 }, (_, n) => `N,n${n}@padaria.example`).join('\n');
    const page = await openList(list);
    expect(page.text()).toContain('São 201 pessoas; o máximo é 200 de cada vez.');
    expect(page.button('Enviar 201 convites').hasAttribute('disabled')).toBe(true);
  });

  it('S0.25 need a customer and a list', async () => {
    const page = await openConsole('/console/invitations/many', { api: working() });
    await page.click('Enviar convites');
    expect(page.errorOf('Cliente')).toContain('Escolha o cliente.');
    expect(page.errorOf('Lista')).toContain('Cole a lista ou escolha um arquivo.');
  });
});
