import { describe, expect, it } from 'vitest';
import { json, listOf, openConsole, problem } from './harness.js';

const account = { id: 'b-1', name: 'Padaria Estrela', createdAt: '2026-03-01T12:00:00Z' };
const gate = () => document.querySelector<HTMLDialogElement>('dialog')?.textContent;

describe('a form that is refused because its session has ended', () => {
  it.each([
    ['articles/new', 'POST kb/articles', 'Salvar', { Título: 'Modem', Texto: 'Uma hora de trabalho.' }],
    [
      'articles/categories',
      'POST kb/categories',
      'Salvar',
      { 'Nome em português': 'Contas', 'Nome em inglês': 'Bills' },
    ],
    ['customers/new', 'POST billing-accounts', 'Cadastrar cliente', { Nome: 'Padaria' }],
    [
      'invitations/new?account=b-1',
      'POST invitations',
      'Enviar convite',
      { 'Nome da': 'Ivo', 'E-mail': 'i@p.example' },
    ],
    [
      'invitations/many?account=b-1',
      'POST invitation-imports',
      'Enviar 1 convite',
      { Lista: 'Ivo;ivo@padaria.example' },
    ],
    ['profile', 'PATCH profile', 'Salvar', { Nome: 'Rafael' }],
    ['roles/new', 'POST roles', 'Criar papel', { Nome: 'Financeiro' }],
    ['team/new', 'POST staff', 'Enviar convite', { Nome: 'Marina', 'E-mail': 'marina@aurora.example' }],
  ])('keeps what was typed: %s', async (path, call, action, typed) => {
    const page = await openConsole(`/console/${path}`, {
      api: {
        'GET invitations': () => json(listOf([])),
        'GET billing-accounts/b-1': () => json({ billingAccount: account }),
        'POST invitations/batch/check': () => new Response(null, { status: 204 }),
        [call]: () => problem(401, 'unauthenticated'),
      },
    });
    if (path === 'articles/categories') await page.click('Criar categoria');
    for (const [label, text] of Object.entries(typed)) await page.type(label, text);
    await page.click(action);
    expect(page.called(call)).toHaveLength(1);
    expect(gate()).toContain('Nesta aba há alterações não salvas');
    expect(page.path()).toBe(`/console/${path}`);
    for (const [label, text] of Object.entries(typed)) expect(page.field(label).value).toBe(text);
  });
});
