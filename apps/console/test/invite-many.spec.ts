import { describe, expect, it, vi } from 'vitest';
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

const list = (more: object = {}) => ({
  id: 'l-1',
  status: 'running',
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  lines: 3,
  invited: 1,
  known: 0,
  refused: 0,
  createdByName: 'Rafael Nogueira',
  createdAt: new Date().toISOString(),
  finishedAt: null,
  ...more,
});
const sending = (more: object = {}, refused: object[] = []): Api => ({
  'POST invitation-imports': () => json({ import: list(more) }, 201),
  'GET invitation-imports': () => json(listOf([list(more)])),
  'GET invitation-imports/l-1': () => json({ import: list(more) }),
  'GET invitation-imports/l-1/refused': () => json({ data: refused }),
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

  it('S0.25 S0.53 are sent as one list, which goes on by itself, with the roles that it names', async () => {
    const page = await openList('Ana;ana@padaria.example\nIvo;ivo@padaria.example;colaboracao', sending());
    await page.click('Enviar 2 convites');
    const [call] = page.called('POST invitation-imports');
    expect(call!.body).toEqual({
      billingAccountId: 'b-1',
      people: 'line,name,email,role,problem\r\n1,Ana,ana@padaria.example,,\r\n2,Ivo,ivo@padaria.example,colaboracao,',
    });
    expect(call!.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    expect(page.path()).toBe('/console/invitations/lists/l-1');
    expect(page.text()).toContain('Você pode sair desta página');
    const bar = document.querySelector('progress')!;
    expect([bar.value, bar.max]).toEqual([1, 3]);
  });

  it('S0.25 S0.53 show what is wrong beside the line, and the others are sent without it', async () => {
    const page = await openList(
      'Ana,ana@padaria.example\nIvo,ivo@\nZé,ana@padaria.example\nJoão,joão@padaria.example',
      sending(),
    );
    expect(page.text()).toContain('O e-mail está incompleto.');
    expect(page.text()).toContain('Este e-mail já está em outra linha.');
    expect(page.text()).toContain('um e-mail não tem acentos nem ç');
    expect(page.text()).toContain('3 linhas têm problema e não serão convidadas.');
    await page.click('Enviar 1 convite');
    // The report has all of them.
    expect((page.called('POST invitation-imports')[0]!.body as { people: string }).people.split('\r\n')).toHaveLength(
      5,
    );
  });

  it('S0.53 that cannot be sent say why, and keep what was typed', async () => {
    const page = await openList('Ana,ana@padaria.example', {
      'POST invitation-imports': () => problem(409, 'import_running'),
    });
    await page.click('Enviar 1 convite');
    expect(page.alert()).toBeTruthy();
    expect(page.field('Lista').value).toBe('Ana,ana@padaria.example');
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
    await eventually(() => expect(page.text()).toContain('3 linhas têm problema'));
    await eventually(() => expect(page.text()).toContain('Pronto'));
    for (const text of ['Use só o nome.', 'Já tem acesso.']) expect(page.text()).toContain(text);
    const asked = page.called('POST invitations/batch/check').map(({ body }) => body as { invitations: object[] });
    expect(asked.map(({ invitations }) => invitations.length)).toEqual([3, 2, 1]);
    expect(page.button('Enviar 1 convite').hasAttribute('disabled')).toBe(false);
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

  it('S0.25 S0.53 are at most 2,000, looked at in parts', async () => {
    const list = (count: number) => Array.from({ length: count }, (_, n) => `N,n${n}@padaria.example`).join('\n');
    const page = await openList(list(450));
    await eventually(() => expect(page.called('POST invitations/batch/check')).toHaveLength(3));
    expect(page.text()).toContain('e mais 250 linhas sem problema');
    await page.type('Lista', list(2_001));
    await settle();
    expect(page.text()).toContain('São 2.001 pessoas; o máximo é 2.000 de cada vez.');
    expect(page.button('Enviar 2001 convites').hasAttribute('disabled')).toBe(true);
  });

  it('S0.25 need a customer and a list', async () => {
    const page = await openConsole('/console/invitations/many', { api: working() });
    await page.click('Enviar convites');
    expect(page.errorOf('Cliente')).toContain('Escolha o cliente.');
    expect(page.errorOf('Lista')).toContain('Cole a lista ou escolha um arquivo.');
  });
});

describe('a list that was sent', () => {
  const half = { line: 7, name: '=cmd', email: 'ivo@', role: '', code: 'isEmail', message: 'Falta algo neste e-mail.' };
  const finished = { status: 'finished', invited: 1, known: 1, refused: 1 };

  it('S0.53 shows what became of it, and hands out the lines with a problem, which no spreadsheet computes', async () => {
    const files: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file as Blob)}`);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const page = await openConsole('/console/invitations/lists/l-1', { api: working(sending(finished, [half])) });
    expect(page.text()).toContain('Pronto: 1 convidado.');
    expect(page.text()).toContain('Falta algo neste e-mail.');
    await page.click('Baixar as linhas com problema');
    await eventually(() => expect(files).toHaveLength(1));
    expect(await files[0]!.text()).toBe(
      '\ufeffLinha;Nome;E-mail;Papel;Motivo\r\n7;"\'=cmd";ivo@;;Falta algo neste e-mail.',
    );
  });

  it('S0.53 is stopped after a question', async () => {
    const page = await openConsole('/console/invitations/lists/l-1', {
      api: working({
        ...sending(),
        'POST invitation-imports/l-1/stop': () => json({ import: list({ status: 'stopped' }) }),
      }),
    });
    await page.click('Parar o envio');
    await page.click('Parar');
    expect(page.called('POST invitation-imports/l-1/stop')).toHaveLength(1);
  });

  it('S0.53 is told of above the invitations, while it is sent and for a day', async () => {
    const page = await openConsole('/console/invitations', { api: working(sending()) });
    expect(page.text()).toContain('Enviando 1 de 3 convites para Padaria Estrela');
    const later = await openConsole('/console/invitations', { api: working(sending(finished)) });
    expect(later.text()).toContain('Lista para Padaria Estrela: 1 de 3 convidados');
    const old = { ...finished, createdAt: new Date(Date.now() - 2 * 86_400_000).toISOString() };
    const next = await openConsole('/console/invitations', { api: working(sending(old)) });
    expect(next.text()).not.toContain('Lista para Padaria Estrela');
  });
});
