import { describe, expect, it, vi } from 'vitest';
import type { Account, AccountSummary, PortalUser } from '../src/data/types.js';
import { eventually, json, listOf, me, openConsole, problem, settle, type Api } from './harness.js';
import { portal } from './portals.js';

const account: Account = {
  id: 'b-1',
  name: 'Padaria Estrela',
  legalName: 'Padaria Estrela Ltda.',
  taxId: '12ABC34501DE35',
  externalId: 'padaria-estrela',
  email: null,
  phone: null,
  address: null,
  source: null,
  roleId: null,
  createdAt: '2026-03-01T12:00:00Z',
  updatedAt: '2026-03-01T12:00:00Z',
};
const summary: AccountSummary = { ...account, userCount: 2 };
const user = (more: Partial<PortalUser> = {}): PortalUser => ({
  id: 'u-1',
  name: 'Ana Ribeiro',
  email: 'ana@padaria.example',
  username: null,
  status: 'active',
  ssoOnly: false,
  receiveNotifications: true,
  lockedUntil: null,
  lastLoginAt: null,
  createdAt: '2026-03-01T12:00:00Z',
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  role: { id: 'r-1', name: 'Administração' },
  ...more,
});

function working(more: Api = {}, start = user()): Api {
  let now = start;
  return {
    'GET billing-accounts': () => json(listOf([summary])),
    'GET billing-accounts/b-1': () => json({ billingAccount: account }),
    'GET portal-users': () => json(listOf([now])),
    'GET portal-users/u-1': () => json({ user: now }),
    'GET roles': () => json({ data: [{ id: 'r-1', name: 'Administração', permissions: [], isDefault: true }] }),
    'PATCH portal-users/u-1': ({ body }) => {
      now = { ...now, ...(body as Partial<PortalUser>) };
      return json({ user: now });
    },
    'POST portal-users/u-1/unlock': () => {
      now = { ...now, status: 'active', lockedUntil: null };
      return json({ user: now });
    },
    ...more,
  };
}
async function answer(label: string): Promise<void> {
  const buttons = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')];
  buttons.find((one) => one.textContent?.trim() === label)!.click();
  await settle();
}

describe('customers', () => {
  it('who signed up by another customer’s CPF stands without it, with whose it is and what to do', async () => {
    const person = { ...account, name: 'Carolina Sampaio', legalName: 'Carolina Sampaio', taxId: null };
    const taken = { id: 'g-1', kind: 'cpf', taxIdCustomer: { id: 'b-2', name: 'Davi Prado' } };
    const page = await openConsole('/console/customers/b-1', {
      api: working({
        'GET billing-accounts/b-1': () => json({ billingAccount: person }),
        'GET signups': () => json(listOf([taken])),
      }),
    });
    expect(page.text()).toContain('Esta conta está sem CPF');
    expect(document.querySelector('a[href="/console/customers/b-2"]')?.textContent).toBe('Davi Prado');
    expect(document.querySelector('a[href="/console/signups/g-1"]')).not.toBeNull();
    expect(page.field('Nome completo').value).toBe('Carolina Sampaio');
  });

  it.each([
    ['39053344705', 'Nome completo', 'Razão social'],
    ['12ABC34501DE35', 'Razão social', 'Nome completo'],
  ])('one of %s has its %s', async (taxId, label, other) => {
    const page = await openConsole('/console/customers/b-1', {
      api: working({ 'GET billing-accounts/b-1': () => json({ billingAccount: { ...account, taxId } }) }),
    });
    expect(page.field(label).value).toBe('Padaria Estrela Ltda.');
    expect(() => page.field(other)).toThrow();
    expect(page.text()).not.toContain('E-mail da empresa');
    expect(page.text()).not.toContain('Esta conta está sem CPF');
  });

  it.each([
    [
      'its people’s roles',
      [user(), user({ id: 'u-2', status: 'suspended', role: { id: 'r-2', name: 'Colaboração' } })],
      'Gestão',
    ],
    ['the role of newcomers where it has no people', [], 'Parceiros'],
  ])('names the portals that are open to %s', async (_whose, people, open) => {
    const role = (id: string, name: string, isDefault: boolean) => ({ id, name, permissions: [], isDefault });
    const page = await openConsole('/console/customers/b-1', {
      api: working({
        'GET portal-users': () => json(listOf(people)),
        'GET roles': () => json({ data: [role('r-1', 'Administração', false), role('r-2', 'Colaboração', true)] }),
        'GET portals': () =>
          json({
            data: [
              portal({ id: 'p-2', name: 'Gestão', roleIds: ['r-1'] }),
              portal({ id: 'p-3', name: 'Parceiros', roleIds: ['r-2'] }),
            ],
          }),
      }),
    });
    const copied = [...document.querySelectorAll('[aria-label^="Copiar o endereço"]')];
    expect(copied.map((button) => button.getAttribute('aria-label'))).toEqual([`Copiar o endereço de ${open}`]);
    expect(page.text()).toContain(people.length ? 'Abertos pelos papéis das pessoas' : 'Abertos a pessoas novas');
  });

  it('B.5 are listed with their tax id as people write it', async () => {
    const page = await openConsole('/console/customers?q=padaria&page=2', { api: working() });
    expect(page.text()).toContain('12.ABC.345/01DE-35');
    expect(Object.fromEntries(page.called('GET billing-accounts')[0]!.query)).toEqual({
      q: 'padaria',
      page: '2',
      limit: '25',
    });
  });

  it('tell none yet from no match', async () => {
    expect((await openConsole('/console/customers')).text()).toContain('Nenhum cliente ainda');
    expect((await openConsole('/console/customers?q=zzz')).text()).toContain('Nada com esses filtros');
  });

  it('are saved whole, as a file in which nothing is computed', async () => {
    const all = Array.from({ length: 10_101 }, (_, place) => ({
      ...summary,
      id: `b-${place}`,
      name: `=Cliente;${place}`,
    }));
    const page = await openConsole('/console/customers?q=cliente', {
      api: working({
        'GET billing-accounts': ({ query }) => {
          const [number, limit] = [Number(query.get('page')), Number(query.get('limit'))];
          const data = all.slice((number - 1) * limit, number * limit);
          return json({ data, pagination: { page: number, limit, total: all.length, totalExact: true } });
        },
      }),
    });
    const files: Blob[] = [];
    const address = vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file as Blob)}`);
    // The page of the tests would follow the link.
    const follow = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await page.click('Exportar CSV');
    expect(follow).toHaveBeenCalledOnce();
    address.mockRestore();
    follow.mockRestore();
    const lines = (await eventually(() => files[0]!.text())).replace('\ufeff', '').split('\r\n');
    expect(lines).toHaveLength(10_102);
    expect(lines[0]).toBe('Nome;;CNPJ ou CPF;Identificador;Pessoas;Desde');
    expect(lines[10_101]).toBe(
      `"'=Cliente;10100";Padaria Estrela Ltda.;12.ABC.345/01DE-35;padaria-estrela;2;01/03/2026`,
    );
    expect(
      page
        .called('GET billing-accounts')
        .slice(-2)
        .map(({ query }) => `${query}`),
    ).toEqual(['q=cliente&page=101&limit=100', 'q=cliente&page=102&limit=100']);
  });

  it('are added, and what the API refuses stands beside its field', async () => {
    let taken = true;
    const page = await openConsole('/console/customers/new', {
      api: working({
        'POST billing-accounts': () =>
          taken
            ? problem(409, 'tax_id_taken', { detail: 'Este CNPJ ou CPF já está cadastrado.' })
            : json({ billingAccount: account }, 201),
      }),
    });
    await page.click('Cadastrar cliente');
    expect(page.errorOf('Nome')).toContain('Escreva o nome do cliente.');
    await page.type('Nome', 'Padaria Estrela');
    await page.type('CNPJ ou CPF', '12.ABC.345/01DE-35');
    await page.click('Cadastrar cliente');
    expect(page.errorOf('CNPJ ou CPF')).toContain('já está cadastrado');
    await eventually(() => expect(document.activeElement).toBe(page.field('CNPJ ou CPF')));
    taken = false;
    await page.click('Cadastrar cliente');
    expect(page.called('POST billing-accounts').at(-1)!.body).toMatchObject({
      name: 'Padaria Estrela',
      taxId: '12.ABC.345/01DE-35',
      legalName: null,
      roleId: null,
    });
    expect(page.path()).toBe('/console/customers/b-1');
  });

  it('a number and a telephone that are none are marked at once with what else is wrong', async () => {
    const page = await openConsole('/console/customers/new', { api: working() });
    await page.type('CNPJ ou CPF', '123');
    await page.type('Telefone', '3555-0142');
    await page.click('Cadastrar cliente');
    expect(page.errorOf('Nome')).toContain('Escreva o nome do cliente.');
    expect(page.errorOf('CNPJ ou CPF')).toContain('Confira o CNPJ ou CPF');
    expect(page.errorOf('Telefone')).toContain('Confira o telefone');
    await page.type('Telefone', '+351 21 123 4567');
    expect(page.errorOf('Telefone')).toBeUndefined();
    expect(page.called('POST billing-accounts')).toHaveLength(0);
  });

  it('are changed, and asked about before changes are lost', async () => {
    const page = await openConsole('/console/customers/b-1', {
      api: working({ 'PATCH billing-accounts/b-1': () => json({ billingAccount: account }) }),
    });
    await page.type('Telefone', '19 3232-4455');
    await page.click('Artigos');
    expect(await page.dialog()).toContain('Sair sem salvar?');
    await answer('Continuar editando');
    expect(page.path()).toBe('/console/customers/b-1');
    await page.click('Salvar');
    expect(page.called('PATCH billing-accounts/b-1')[0]!.body).toEqual({ phone: '19 3232-4455' });
    expect(page.text()).toContain('Alterações salvas');
    expect(page.text()).not.toContain('Alterações não salvas');
  });

  it('can be read but not written without the permission', async () => {
    const page = await openConsole('/console/customers/b-1', {
      api: working({ 'GET auth/me': () => json(me('agent')) }),
    });
    expect(page.heading()).toBe('Padaria Estrela');
    expect(page.field('Nome').closest('fieldset')!.disabled).toBe(true);
    expect(() => page.button('Convidar pessoa')).toThrow();
  });

  it.each([
    [
      'whose signup waits for its confirmation',
      { status: 'awaiting_confirmation' },
      'O e-mail do cadastro ainda não foi',
    ],
    [
      'whose number is another customer’s',
      { status: 'completed', refusal: 'already_registered' },
      'O CPF é de outro cliente',
    ],
    ['whose signup has nothing to say', { status: 'completed' }, undefined],
  ])('S0.40 one without a number %s leads to its signup, which has it', async (_which, standing, title) => {
    const signup = { id: 'g-1', kind: 'cpf', taxId: '39053344705', refusal: null, ...standing };
    const page = await openConsole('/console/customers/b-1', {
      api: working({
        'GET billing-accounts/b-1': () => json({ billingAccount: { ...account, taxId: null, source: 'signup' } }),
        'GET signups': () => json(listOf([signup])),
        'GET signups/g-1': () => problem(404, 'not_found'),
      }),
    });
    const asked = page.called('GET signups').map(({ query }) => Object.fromEntries(query));
    expect(asked).toContainEqual({ billingAccountId: 'b-1', limit: '1' });
    if (!title) return expect(() => page.button('Abrir o cadastro')).toThrow();
    expect(page.text()).toContain(title);
    expect(page.text()).toContain('390.533.447-05');
    await page.click('Abrir o cadastro');
    expect(page.path()).toBe('/console/signups/g-1');
  });

  it('lead to an invitation for the same account', async () => {
    const page = await openConsole('/console/customers/b-1', { api: working() });
    await page.click('Convidar pessoa');
    expect(page.path()).toBe('/console/invitations/new?account=b-1');
  });
});

describe('people of customers', () => {
  it('are filtered by status', async () => {
    const page = await openConsole('/console/users', { api: working() });
    await page.choose('Situação', 'locked');
    expect(page.path()).toBe('/console/users?status=locked');
    expect(page.called('GET portal-users').at(-1)!.query.get('status')).toBe('locked');
  });

  it('are suspended only after a question that names them and what follows', async () => {
    const page = await openConsole('/console/users/u-1', { api: working() });
    await page.click('Suspender acesso');
    expect(await page.dialog()).toContain('Suspender o acesso de Ana Ribeiro?');
    expect(await page.dialog()).toContain('sai do portal de Padaria Estrela agora mesmo');
    await answer('Cancelar');
    expect(page.called('PATCH portal-users/u-1')).toHaveLength(0);
    await page.click('Suspender acesso');
    await answer('Suspender acesso');
    expect(page.called('PATCH portal-users/u-1')[0]!.body).toEqual({ status: 'suspended' });
    expect(page.button('Restaurar acesso')).toBeTruthy();
  });

  it('are unlocked', async () => {
    const locked = user({ status: 'locked', lockedUntil: '2026-11-18T12:00:00Z' });
    const page = await openConsole('/console/users/u-1', { api: working({}, locked) });
    expect(page.text()).toContain('O bloqueio termina sozinho');
    await page.click('Desbloquear');
    await answer('Desbloquear');
    expect(page.called('POST portal-users/u-1/unlock')).toHaveLength(1);
    expect(page.text()).toContain('Ana Ribeiro pode entrar de novo');
  });

  it('get another address unless it is taken', async () => {
    const page = await openConsole('/console/users/u-1', {
      api: working({
        'PATCH portal-users/u-1': () =>
          problem(409, 'email_taken', { detail: 'Este e-mail já tem acesso a esta conta.' }),
      }),
    });
    await page.type('E-mail', 'bruno@padaria.example');
    await page.click('Salvar');
    expect(page.errorOf('E-mail')).toContain('já tem acesso');
    expect(page.field('E-mail').value).toBe('bruno@padaria.example');
  });
});
