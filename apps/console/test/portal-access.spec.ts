import { MOST_SHUT_OUT } from '@balcao/contracts';
import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, openConsole, problem, settle, type Api } from './harness.js';
import { hearLive, tell } from './live.js';
import { portal, working } from './portals.js';

const ROLES = ['Gestão', 'Leitura'].map((name, index) => ({
  id: `r-${index + 1}`,
  name,
  permissions: ['tickets:read'],
  isDefault: index === 1,
  members: 1,
}));
const BRANCH = { isDefault: false, name: 'Aurora Empresas', slug: 'aurora-empresas' };

/** The tab of an organization's second portal, which answers as it was told last. */
async function open(more: Partial<ReturnType<typeof portal>> = {}, api: Api = {}) {
  let now = portal({ ...BRANCH, ...more });
  const told = (change: Partial<typeof now>) => () => json({ portal: (now = { ...now, ...change }) });
  return openConsole('/console/portal/access', {
    api: working({
      'GET portals': () => json({ data: [now] }),
      'GET portals/p-1': () => json({ portal: now }),
      'GET roles': () => json(listOf(ROLES)),
      'POST portals/slug/check': ({ body }) => json({ ...(body as object), isFree: true }),
      'POST portals/p-1/roles/check': () => json({ total: 0, people: [] }),
      'PATCH portals/p-1/slug': ({ body }) => told({ slug: (body as { slug: string }).slug, version: 5 })(),
      'PATCH portals/p-1/roles': ({ body }) => told({ roleIds: (body as { roleIds: string[] }).roleIds, version: 5 })(),
      'POST portals/p-1/make-default': told({ isDefault: true }),
      'POST portals/p-1/archive': told({ status: 'archived' }),
      'POST portals/p-1/unarchive': told({ status: 'active' }),
      ...api,
    }),
  });
}
type Page = Awaited<ReturnType<typeof open>>;
const main = () => document.querySelector('main')!.textContent;
const says = (words: string) => eventually(() => expect(document.body.textContent).toContain(words));
/** A button asks first; only the dialog's own does it. */
async function confirmed(page: Page, action: string, confirm: string, call: string): Promise<void> {
  await page.click(action);
  await page.dialog();
  expect(page.called(call)).toHaveLength(0);
  await answered(confirm);
  await eventually(() => expect(page.called(call)).toHaveLength(1));
}
async function answered(label: string): Promise<void> {
  const buttons = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')];
  buttons.find(({ textContent }) => textContent?.trim() === label)!.click();
  await settle();
}

describe('S0.1 the place of a portal', () => {
  it('is another address once it was said that everybody signs in again, with the version that was read', async () => {
    const page = await open();
    await page.type('Nome no endereço', 'aurora-pj');
    await page.click('Salvar');
    await page.dialog();
    expect(document.querySelector('[role="dialog"]')!.textContent).toContain('entra de novo em …/o/aurora-pj/portal');
    await answered('Cancelar');
    expect(page.field('Nome no endereço').value).toBe('aurora-pj');
    await confirmed(page, 'Salvar', 'Mudar endereço', 'PATCH portals/p-1/slug');
    expect(page.called('PATCH portals/p-1/slug')[0]!.body).toEqual({ slug: 'aurora-pj', version: 4 });
    await says('O endereço do portal mudou');
  });

  it.each([
    ['taken', 'slug_taken', 'Este endereço já está em uso.'],
    ['one too many', 'tooManyAddresses', 'Este portal já teve cinco endereços.'],
  ])('keeps what was typed where it is %s, with the reason beside it', async (_what, code, message) => {
    const errors = [{ path: 'slug', code, message }];
    const page = await open({}, { 'PATCH portals/p-1/slug': () => problem(400, 'validation_failed', { errors }) });
    await page.type('Nome no endereço', 'boreal');
    await confirmed(page, 'Salvar', 'Mudar endereço', 'PATCH portals/p-1/slug');
    await says(message);
    expect(page.field('Nome no endereço').value).toBe('boreal');
  });

  it('takes those who named no portal, once that was confirmed, and is never archived then', async () => {
    const page = await open();
    await confirmed(page, 'Tornar padrão', 'Tornar padrão', 'POST portals/p-1/make-default');
    await says('É o portal padrão');
    expect(main()).not.toContain('Arquivar');
  });

  it('tells before it is archived how many signups go on elsewhere', async () => {
    const pagination = { page: 1, limit: 1, total: 3, totalPages: 3 };
    const page = await open({}, { 'GET signups': () => json({ data: [], pagination }) });
    await page.click('Arquivar');
    await page.dialog();
    const asked = () => page.called('GET signups').map(({ query }) => query.get('portalId'));
    expect(asked()).toContain('p-1');
    expect(document.querySelector('[role="dialog"]')!.textContent).toContain(
      '3 cadastros daqui estão em andamento e seguem no portal padrão.',
    );
  });

  it('is archived once that was confirmed, and nothing of it can be changed until it is back', async () => {
    const page = await open();
    await confirmed(page, 'Arquivar', 'Arquivar portal', 'POST portals/p-1/archive');
    await says('Este portal está arquivado');
    expect(page.field('Nome no endereço').disabled).toBe(true);
    await confirmed(page, 'Reativar', 'Reativar portal', 'POST portals/p-1/unarchive');
    await says('voltou ao ar');
    await eventually(() => expect(page.field('Nome no endereço').disabled).toBe(false));
  });
});

describe('what somebody else changes of it meanwhile', () => {
  /** A portal that others change, told of or not. */
  async function shared() {
    hearLive();
    let now = portal({ ...BRANCH, roleIds: [] });
    const save: Api[string] = ({ body }) => {
      const { version, ...change } = body as { version: number };
      if (version < now.version) return problem(409, 'conflict');
      return json({ portal: (now = { ...now, ...change, version: version + 1 }) });
    };
    const page = await open(
      {},
      {
        'GET portals': () => json({ data: [now] }),
        'GET portals/p-1': () => json({ portal: now }),
        'PATCH portals/p-1/slug': save,
        'PATCH portals/p-1/roles': save,
      },
    );
    const change = async (more: Partial<typeof now>, tells: boolean) => {
      now = { ...now, ...more, version: now.version + 1 };
      const read = page.called('GET portals/p-1').length;
      if (!tells) return;
      tell({ name: 'portal.changed', ids: { portalId: 'p-1' } });
      await eventually(() => expect(page.called('GET portals/p-1').length).toBeGreaterThan(read));
      await says('Há uma versão nova. O que você digitou continua aqui.');
    };
    return { page, change };
  }
  const role = (name: string) =>
    [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.includes(name))!;

  it.each([true, false])('is not written over by roles that are saved, told of it or not: %s', async (tells) => {
    const { page, change } = await shared();
    role('Gestão').click();
    await eventually(() => expect(page.button('Salvar')).toBeTruthy());
    await change({ roleIds: ['r-2'] }, tells);
    await page.click('Salvar');
    await says('Outra pessoa mudou esta página');
    await eventually(() =>
      expect(page.called('PATCH portals/p-1/roles').map(({ body }) => body)).toEqual([
        { roleIds: ['r-1'], version: 4 },
      ]),
    );
    await eventually(() => expect(page.button('Salvar a minha')).toBeTruthy());
    await page.click('Ver a versão atual');
    await page.dialog();
    await answered('Descartar e ver a versão atual');
    await eventually(() => expect(main()).not.toContain('Outra pessoa mudou esta página'));
    role('Gestão').click();
    await eventually(() => expect(page.button('Salvar')).toBeTruthy());
    await page.click('Salvar');
    await eventually(() =>
      expect(page.called('PATCH portals/p-1/roles').at(-1)!.body).toEqual({ roleIds: ['r-1', 'r-2'], version: 5 }),
    );
  });

  it.each([true, false])('is not written over by an address that is saved, told of it or not: %s', async (tells) => {
    const { page, change } = await shared();
    await page.type('Nome no endereço', 'aurora-pj');
    await change({ slug: 'aurora-mei' }, tells);
    await page.click('Salvar');
    await page.dialog();
    const asked = () => document.querySelector('[role="dialog"]')!.textContent;
    expect(asked()).toContain('aurora-empresas');
    expect(asked()).not.toContain('aurora-mei');
    await answered('Mudar endereço');
    await eventually(() =>
      expect(page.called('PATCH portals/p-1/slug').map(({ body }) => body)).toEqual([
        { slug: 'aurora-pj', version: 4 },
      ]),
    );
    await eventually(() => expect(page.button('Salvar a minha')).toBeTruthy());
    await page.click('Salvar a minha');
    await page.dialog();
    expect(asked()).toContain('aurora-mei');
    await answered('Mudar endereço');
    await eventually(() =>
      expect(page.called('PATCH portals/p-1/slug').at(-1)!.body).toEqual({ slug: 'aurora-pj', version: 5 }),
    );
    await says('O endereço do portal mudou');
  });
});

describe('S2.6 whom a portal lets in', () => {
  const choose = async (page: Page, name: string) => {
    const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.includes(name))!;
    label.click();
    await eventually(() => expect(page.button('Salvar')).toBeTruthy());
  };
  const person = (name: string) => ({ id: name, name, accountName: 'Padaria Estrela', roleName: 'Leitura' });

  it('are the roles that are chosen, after it was told who is shut out', async () => {
    const page = await open(
      {},
      { 'POST portals/p-1/roles/check': () => json({ total: 7, people: ['Ana', 'Bia'].map(person) }) },
    );
    await choose(page, 'Gestão');
    await says('7 pessoas deixam de entrar aqui: Ana (Padaria Estrela), Bia (Padaria Estrela), e mais 5.');
    expect(page.called('POST portals/p-1/roles/check').at(-1)!.body).toEqual({ roleIds: ['r-1'] });
    await page.click('Salvar');
    await eventually(() =>
      expect(page.called('PATCH portals/p-1/roles')[0]!.body).toEqual({ roleIds: ['r-1'], version: 4 }),
    );
    await says('Os papéis do portal mudaram');
  });

  it('tells of more than are counted that there are as many or more', async () => {
    const page = await open(
      {},
      { 'POST portals/p-1/roles/check': () => json({ total: MOST_SHUT_OUT, people: [person('Ana')] }) },
    );
    await choose(page, 'Gestão');
    await says('1.000 pessoas ou mais deixam de entrar aqui, entre elas Ana (Padaria Estrela).');
  });

  it('says what stands against it', async () => {
    const page = await open({}, { 'PATCH portals/p-1/roles': () => problem(409, 'conflict') });
    await choose(page, 'Gestão');
    await page.click('Salvar');
    await eventually(() => expect(page.called('PATCH portals/p-1/roles')).toHaveLength(1));
    await eventually(() => expect(document.querySelector('main [role="alert"]')).not.toBeNull());
  });
});
