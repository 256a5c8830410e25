import { describe, expect, it } from 'vitest';
import type { Invitation } from '../src/data/types.js';
import { type Api, eventually, json, listOf, me, openConsole, pick, problem, settle } from './harness.js';

const invitation = (more: Partial<Invitation> = {}): Invitation => ({
  id: 'i-1',
  name: 'Paulo Rezende',
  email: 'paulo@padaria.example',
  status: 'pending',
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  role: { id: 'r-1', name: 'Padrão' },
  invitedByName: 'Rafael Nogueira',
  expiresAt: '2026-11-25T12:00:00Z',
  createdAt: '2026-11-18T12:00:00Z',
  mailStatus: 'failed',
  mailProblem: 'recipient_refused',
  acceptedAt: null,
  sentCount: 1,
  ...more,
});
const account = { id: 'b-1', name: 'Padaria Estrela', createdAt: '2026-03-01T12:00:00Z' };
const working = (more: Api = {}): Api => ({
  'GET invitations': () => json(listOf([invitation()])),
  'GET billing-accounts/b-1': () => json({ billingAccount: account }),
  'GET billing-accounts': () => json(listOf([account])),
  ...more,
});

describe('invitations', () => {
  it('say how they stand and what became of their mail', async () => {
    const page = await openConsole('/console/invitations?status=pending', { api: working() });
    expect(page.text()).toContain('Aguarda resposta');
    expect(page.text()).toContain('Não saiu');
    expect(page.text()).toContain('O endereço não existe ou recusou a mensagem.');
    expect(page.called('GET invitations')[0]!.query.get('status')).toBe('pending');
  });

  it('say that their mail has left while the page is open', async () => {
    let asked = 0;
    const mail = () => (asked++ === 0 ? 'queued' : 'sent');
    const page = await openConsole('/console/invitations', {
      api: working({
        'GET invitations': () => json(listOf([invitation({ mailStatus: mail(), mailProblem: null })])),
      }),
    });
    expect(page.text()).toContain('Na fila');
    // The filter names every state, so it is the asking that shows.
    await eventually(() => expect(asked).toBe(2));
  });

  it('are sent again', async () => {
    const page = await openConsole('/console/invitations', {
      api: working({ 'POST invitations/i-1/resend': () => json({ invitation: invitation() }) }),
    });
    await pick(page, 'Ações de Paulo Rezende', 'Reenviar');
    expect(page.called('POST invitations/i-1/resend')).toHaveLength(1);
    expect(page.text()).toContain('O link anterior não vale mais');
  });

  it('are taken back after a question', async () => {
    const page = await openConsole('/console/invitations', {
      api: working({ 'POST invitations/i-1/cancel': () => json({ invitation: invitation() }) }),
    });
    await pick(page, 'Ações de Paulo Rezende', 'Cancelar');
    expect(await page.dialog()).toContain('paulo@padaria.example deixa de valer agora');
    await page.click('Cancelar convite');
    expect(page.called('POST invitations/i-1/cancel')).toHaveLength(1);
  });

  it('offer nothing where they are over', async () => {
    const page = await openConsole('/console/invitations', {
      api: working({ 'GET invitations': () => json(listOf([invitation({ status: 'accepted' })])) }),
    });
    expect(() => page.button('Ações de Paulo Rezende')).toThrow();
  });

  it('are only looked at without the permission', async () => {
    const page = await openConsole('/console/invitations', {
      api: working({ 'GET auth/me': () => json(me('agent')) }),
    });
    expect(page.text()).toContain('Paulo Rezende');
    expect(() => page.button('Convidar pessoa')).toThrow();
    expect(() => page.button('Ações de Paulo Rezende')).toThrow();
  });
});

describe('inviting', () => {
  it('from a customer’s page knows the account and comes back to it', async () => {
    const page = await openConsole('/console/invitations/new?account=b-1', {
      api: working({
        'POST invitations': () => json({ invitation: invitation() }, 201),
        'GET portal-users': () => json(listOf([])),
      }),
    });
    await page.type('Nome da pessoa', 'Paulo Rezende');
    await page.type('E-mail', 'paulo@padaria.example');
    await page.click('Enviar convite');
    expect(page.called('POST invitations')[0]!.body).toEqual({
      billingAccountId: 'b-1',
      name: 'Paulo Rezende',
      email: 'paulo@padaria.example',
    });
    expect(page.path()).toBe('/console/customers/b-1');
    expect(page.text()).toContain('Convite enviado para paulo@padaria.example');
  });

  it('says what is missing before anything is sent', async () => {
    const page = await openConsole('/console/invitations/new', { api: working() });
    await page.click('Enviar convite');
    expect(page.text()).toContain('Escolha o cliente.');
    expect(page.errorOf('Nome da pessoa')).toContain('Escreva o nome da pessoa.');
    expect(page.called('POST invitations')).toHaveLength(0);
  });

  it('puts a domain that is not allowed beside the e-mail and keeps the rest', async () => {
    const page = await openConsole('/console/invitations/new?account=b-1', {
      api: working({
        'POST invitations': () => problem(400, 'invitation_domain_not_allowed', { detail: 'Domínio não permitido.' }),
      }),
    });
    await page.type('Nome da pessoa', 'Paulo Rezende');
    await page.type('E-mail', 'paulo@fora.example');
    await page.click('Enviar convite');
    await settle();
    expect(page.errorOf('E-mail')).toContain('Domínio não permitido.');
    expect(page.field('Nome da pessoa').value).toBe('Paulo Rezende');
  });
});
