import { describe, expect, it } from 'vitest';
import type { Role } from '../src/api/types.js';
import { json, me, openConsole, problem, type Api } from './harness.js';

const role: Role = {
  id: 'r-1',
  name: 'Financeiro',
  permissions: ['invoices:read', 'kb:read'],
  isDefault: false,
  grantableRoleIds: [],
};
const working = (more: Api = {}): Api => ({
  'GET roles': () => json({ data: [role] }),
  ...more,
});

describe('roles', () => {
  it('are changed by what they allow', async () => {
    const page = await openConsole('/console/people/roles/r-1', {
      api: working({ 'PATCH roles/r-1': () => json({ role }) }),
    });
    expect(page.field('Ver faturas').getAttribute('aria-checked')).toBe('true');
    await page.click('Pagar faturas');
    await page.click('Ler artigos');
    expect(page.text()).toContain('A mudança vale na hora');
    await page.click('Salvar');
    expect(page.called('PATCH roles/r-1')[0]!.body).toEqual({
      name: 'Financeiro',
      permissions: ['invoices:read', 'invoices:pay'],
      isDefault: false,
      grantableRoleIds: [],
    });
  });

  it('S2.30 that invite or manage people say which roles they may give', async () => {
    const other = { ...role, id: 'r-2', name: 'Colaboração' };
    const page = await openConsole('/console/people/roles/r-1', {
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
    const page = await openConsole('/console/people/roles/r-1', { api: working() });
    await page.click('Ver faturas');
    expect(page.text()).toContain('Alterações não salvas');
    await page.click('Ver faturas');
    expect(page.text()).not.toContain('Alterações não salvas');
  });

  it('need a name of their own', async () => {
    const page = await openConsole('/console/people/roles/new', {
      api: working({ 'POST roles': () => problem(409, 'name_taken', { detail: 'Este nome já está em uso.' }) }),
    });
    await page.type('Nome', 'Financeiro');
    await page.click('Criar papel');
    expect(page.errorOf('Nome')).toContain('já está em uso');
  });

  it('that do not exist say so', async () => {
    const page = await openConsole('/console/people/roles/zzz', { api: working() });
    expect(page.heading()).toBe('Não encontrado');
  });

  it('are only read without the permission', async () => {
    const page = await openConsole('/console/people/roles/r-1', {
      api: working({ 'GET auth/me': () => json(me('agent')) }),
    });
    expect(page.field('Nome').disabled).toBe(true);
  });
});
