import { describe, expect, it } from 'vitest';
import type { Role } from '../src/data/types.js';
import { json, me, openConsole, problem, type Api } from './harness.js';

const role: Role = {
  id: 'r-1',
  name: 'Financeiro',
  permissions: ['tickets:create', 'kb:read'],
  isDefault: false,
  grantableRoleIds: [],
};
const working = (more: Api = {}): Api => ({
  'GET roles': () => json({ data: [role] }),
  ...more,
});

describe('roles', () => {
  it('show what the portal offers, and keep what else they allow', async () => {
    const page = await openConsole('/console/roles/r-1', {
      api: working({ 'PATCH roles/r-1': () => json({ role }) }),
    });
    expect(page.text()).toContain('Abrir chamados');
    expect(page.text()).not.toContain('equipamento');
    await page.type('Nome', 'Contas');
    await page.click('Salvar');
    expect(page.called('PATCH roles/r-1')[0]!.body).toEqual({ name: 'Contas' });
    expect(document.title).toContain('Financeiro');
  });

  it('keep what was typed when somebody deletes them meanwhile, as every page of one thing does', async () => {
    let known = [role];
    const page = await openConsole('/console/roles/r-1', {
      api: working({ 'GET roles': () => json({ data: known }), 'PATCH roles/r-1': () => problem(404, 'not_found') }),
    });
    await page.type('Nome', 'Contas');
    known = [];
    await page.click('Salvar');
    expect(page.text()).toContain('Isto não existe mais');
    expect(page.field('Nome').value).toBe('Contas');
  });

  it('are changed by what they allow', async () => {
    const page = await openConsole('/console/roles/r-1', {
      api: working({ 'PATCH roles/r-1': () => json({ role }) }),
    });
    expect(page.field('Abrir chamados').getAttribute('aria-checked')).toBe('true');
    await page.click('Ver os próprios chamados');
    await page.click('Ler artigos');
    expect(page.text()).toContain('A mudança vale na hora');
    await page.click('Salvar');
    expect(page.called('PATCH roles/r-1')[0]!.body).toEqual({
      permissions: ['tickets:create', 'tickets:read_own'],
    });
  });

  it('S2.30 that invite or manage people say which roles they may give', async () => {
    const other = { ...role, id: 'r-2', name: 'Colaboração' };
    const page = await openConsole('/console/roles/r-1', {
      api: working({ 'GET roles': () => json({ data: [role, other] }), 'PATCH roles/r-1': () => json({ role }) }),
    });
    expect(page.text()).not.toContain('Papéis que pode dar');
    await page.click('Convidar colegas');
    await page.click('Colaboração');
    await page.click('Financeiro (este papel)');
    await page.click('Salvar');
    expect(page.called('PATCH roles/r-1')[0]!.body).toMatchObject({ grantableRoleIds: ['r-1', 'r-2'] });
  });

  it('are unchanged again when a permission is switched off and on', async () => {
    const page = await openConsole('/console/roles/r-1', { api: working() });
    await page.click('Ler artigos');
    expect(page.text()).toContain('Alterações não salvas');
    await page.click('Ler artigos');
    expect(page.text()).not.toContain('Alterações não salvas');
  });

  it('need a name of their own', async () => {
    const page = await openConsole('/console/roles/new', {
      api: working({ 'POST roles': () => problem(409, 'name_taken', { detail: 'Este nome já está em uso.' }) }),
    });
    await page.type('Nome', 'Financeiro');
    await page.click('Criar papel');
    expect(page.errorOf('Nome')).toContain('já está em uso');
  });

  it('that do not exist say so', async () => {
    const page = await openConsole('/console/roles/zzz', { api: working() });
    expect(page.heading()).toBe('Não encontrado');
  });

  it('are only read without the permission', async () => {
    const page = await openConsole('/console/roles/r-1', {
      api: working({ 'GET auth/me': () => json(me('agent')) }),
    });
    expect(page.field('Nome').disabled).toBe(true);
  });
});
