import { describe, expect, it } from 'vitest';
import type { Me, TeamInvitation, TeamMember } from '../src/api/types.js';
import { eventually, json, listOf, me, openPortal, problem, type Api } from './harness.js';

const FULL = { id: 'r-1', name: 'Administração' };
const LIMITED = { id: 'r-2', name: 'Colaboração' };
const member = (more: Partial<TeamMember> = {}): TeamMember => ({
  id: 'u-2',
  name: 'Bruno Teles',
  email: 'bruno@padaria.example',
  status: 'active',
  lastLoginAt: '2026-11-18T12:00:00Z',
  role: LIMITED,
  ...more,
});
const ana = member({ id: 'u-1', name: 'Ana Ribeiro', email: 'ana@padaria.example', role: FULL });
const invitation = (more: Partial<TeamInvitation> = {}): TeamInvitation => ({
  id: 'i-1',
  name: 'Ivo Sales',
  email: 'ivo@padaria.example',
  status: 'pending',
  invitedByName: 'Ana Ribeiro',
  expiresAt: '2026-11-25T12:00:00Z',
  createdAt: '2026-11-18T12:00:00Z',
  acceptedAt: null,
  sentCount: 1,
  role: LIMITED,
  mailStatus: 'sent',
  mailProblem: null,
  ...more,
});

const ALL: Me['permissions'] = ['users:read', 'users:invite', 'users:manage'];
const working = (more: Api = {}, permissions = ALL): Api => ({
  'GET auth/me': () => json(me({ permissions })),
  'GET team': () => json(listOf([ana, member()])),
  'GET team/roles': () => json({ data: [FULL, LIMITED] }),
  'GET invitations': () => json(listOf([invitation()])),
  ...more,
});
const open = (path = 'team', more: Api = {}, permissions = ALL) =>
  openPortal(`/${path}`, { api: working(more, permissions) });

describe('the team', () => {
  it('S2.31 shows who has access, and nothing to do to oneself', async () => {
    const page = await open();
    expect(page.text()).toContain('Bruno Teles');
    expect(page.text()).toContain('Ana Ribeiro (você)');
    expect(() => page.button('Ações para Ana Ribeiro')).toThrow();
    page.button('Ações para Bruno Teles');
  });

  it('S2.30 offers nothing for somebody whose role one may not give', async () => {
    const page = await open('team', { 'GET team/roles': () => json({ data: [FULL] }) });
    expect(() => page.button('Ações para Bruno Teles')).toThrow();
  });

  it('S0.18 suspends after a question that names the person and what follows', async () => {
    const page = await open('team', {
      'PATCH team/u-2': () => json({ member: member({ status: 'suspended' }) }),
    });
    await page.click('Ações para Bruno Teles');
    await page.click('Suspender acesso');
    expect(await page.dialog()).toContain('Bruno Teles sai do portal agora');
    await page.click('Suspender acesso');
    expect(page.called('PATCH team/u-2')[0]!.body).toEqual({ status: 'suspended' });
    expect(page.text()).toContain('O acesso de Bruno Teles está suspenso');
  });

  it('S2.31 says why the last person who manages the team stays', async () => {
    const page = await open('team', {
      'GET team': () => json(listOf([ana, member({ status: 'suspended' })])),
      'PATCH team/u-2': () => problem(409, 'last_user_manager', { detail: 'A conta ficaria sem ninguém.' }),
    });
    await page.click('Ações para Bruno Teles');
    await page.click('Restaurar acesso');
    expect(page.text()).toContain('A conta ficaria sem ninguém.');
  });

  it('S2.30 gives another role', async () => {
    const page = await open('team', { 'PATCH team/u-2': () => json({ member: member({ role: FULL }) }) });
    await page.click('Ações para Bruno Teles');
    await page.click('Mudar papel');
    await page.choose('Papel', FULL.id);
    await page.click('Salvar papel');
    expect(page.called('PATCH team/u-2')[0]!.body).toEqual({ roleId: 'r-1' });
    expect(page.text()).toContain('Bruno Teles agora tem o papel Administração');
  });

  it('tells no match from a failure', async () => {
    const page = await open('team?q=zzz', { 'GET team': () => json(listOf([])) });
    expect(page.text()).toContain('Ninguém com esses filtros');
    const failed = await open('team', { 'GET team': () => problem(403, 'permission_denied') });
    expect(failed.text()).toContain('A equipe não carregou');
  });
});

describe('invitations', () => {
  it('S0.25 say how they stand and what became of their mail', async () => {
    const page = await open('team/invitations', {
      'GET invitations': () => json(listOf([invitation({ mailStatus: 'failed', mailProblem: 'recipient_refused' })])),
    });
    expect(page.text()).toContain('Aguarda resposta');
    expect(page.text()).toContain('O endereço não existe ou recusou a mensagem.');
    expect(page.text()).toContain('Colaboração, por Ana Ribeiro');
  });

  it('S0.53 are narrowed to the mails that did not arrive', async () => {
    const page = await open('team/invitations?mailStatus=nonsense', {
      'GET invitations': ({ query }) => json(listOf(query.get('mailStatus') === 'failed' ? [] : [invitation()])),
    });
    await page.choose('Qualquer entrega', 'failed');
    expect(page.text()).toContain('Nenhum convite com esses filtros');
    expect(page.path()).toBe('/team/invitations?mailStatus=failed');
    const asked = page.called('GET invitations').map(({ query }) => query.get('mailStatus'));
    expect(asked).toEqual([null, 'failed']);
  });

  it('S0.25 are sent, with a role that one may give', async () => {
    const page = await open('team', { 'POST invitations': () => json({ invitation: invitation() }, 201) });
    await page.click('Convidar');
    await page.type('Nome da pessoa', 'Ivo Sales');
    await page.type('E-mail', 'ivo@padaria.example');
    await page.choose('Papel', LIMITED.id);
    await page.click('Enviar convite');
    expect(page.called('POST invitations')[0]!.body).toEqual({
      name: 'Ivo Sales',
      email: 'ivo@padaria.example',
      roleId: 'r-2',
    });
    expect(page.text()).toContain('Convite enviado para ivo@padaria.example');
  });

  it('S0.11 S0.54 keep what was typed when the e-mail is refused', async () => {
    const page = await open('team', {
      'GET team/roles': () => json({ data: [LIMITED] }),
      'POST invitations': () => problem(409, 'email_taken', { detail: 'Este e-mail já tem acesso a esta conta.' }),
    });
    await page.click('Convidar');
    await page.type('Nome da pessoa', 'Ivo Sales');
    await page.type('E-mail', 'ivo@padaria.example');
    await page.click('Enviar convite');
    expect(page.errorOf('E-mail')).toContain('já tem acesso');
    expect((page.field('Nome da pessoa') as HTMLInputElement).value).toBe('Ivo Sales');
  });

  it('S0.11 S0.29 offer to send the one again that awaits an answer', async () => {
    const page = await open('team', {
      'GET team/roles': () => json({ data: [LIMITED] }),
      'POST invitations': () => problem(409, 'invitation_waiting', { invitationId: 'i-7' }),
      'POST invitations/i-7/resend': () => json({ invitation: invitation() }),
    });
    const ask = async (answer: string) => {
      await page.click('Enviar convite');
      expect(page.text()).toContain('ivo@padaria.example já tem um convite à espera de resposta.');
      await page.click(answer);
    };
    await page.click('Convidar');
    await page.type('Nome da pessoa', 'Ivo Sales');
    await page.type('E-mail', 'ivo@padaria.example');
    await ask('Agora não');
    expect(page.called('POST invitations/i-7/resend')).toHaveLength(0);
    await ask('Reenviar');
    expect(page.called('POST invitations/i-7/resend')).toHaveLength(1);
    expect(page.text()).toContain('Convite reenviado para ivo@padaria.example');
  });

  it('S0.29 S0.30 are sent again, and taken back after a question', async () => {
    const page = await open('team/invitations', {
      'POST invitations/i-1/resend': () => json({ invitation: invitation() }),
      'POST invitations/i-1/cancel': () => json({ invitation: invitation({ status: 'cancelled' }) }),
    });
    await page.click('Reenviar o convite de Ivo Sales');
    expect(page.called('POST invitations/i-1/resend')).toHaveLength(1);
    await page.click('Cancelar o convite de Ivo Sales');
    expect(await page.dialog()).toContain('ivo@padaria.example deixa de valer agora');
    await page.click('Cancelar convite');
    expect(page.called('POST invitations/i-1/cancel')).toHaveLength(1);
  });
});

describe('whoever may not', () => {
  it('S2.31 has no such page in the menu, nor at its address', async () => {
    const page = await open('team', {}, ['kb:read']);
    expect(page.heading()).toBe('Sem acesso');
    expect(page.links()).not.toContain('Equipe');
  });

  it('S2.31 read the team, but only look', async () => {
    const page = await open('team', {}, ['users:read']);
    expect(page.text()).toContain('Bruno Teles');
    expect(() => page.button('Convidar')).toThrow();
    expect(() => page.button('Ações para Bruno Teles')).toThrow();
    expect(page.called('GET team/roles')).toHaveLength(0);
  });

  it('S2.31 only invite, and see the invitations alone', async () => {
    const page = await open('team', {}, ['users:invite']);
    expect(page.text()).toContain('Ivo Sales');
    expect(page.called('GET team')).toHaveLength(0);
  });

  it('S0.53 invite where the portal has that switched off', async () => {
    const off = { 'GET auth/me': () => json(me({ permissions: ALL, features: { invitations: false } })) };
    const page = await open('team', off);
    expect(() => page.button('Convidar')).toThrow();
    expect(page.text()).not.toContain('Convites');
  });
});

describe('several people at once', () => {
  const rules = (allowedDomains: string[] = []): Api => ({
    'GET invitations/rules': () => json({ rules: { allowedDomains, mostAtOnce: 50 } }),
    'POST invitations/batch/check': () => new Response(null, { status: 204 }),
  });
  const openMany = async (more: Api = {}) => {
    const page = await open('team/invitations', {
      'GET team/roles': () => json({ data: [LIMITED] }),
      ...rules(),
      ...more,
    });
    await page.click('Convidar várias');
    return page;
  };

  it('S0.53 are invited from pasted addresses, all with one role', async () => {
    const page = await openMany({
      'POST invitations/batch': () => json({ invitations: [invitation(), invitation()] }, 201),
    });
    await page.type('Pessoas', 'Rita Melo <rita@padaria.example>\nivo.sales@padaria.example');
    await eventually(() => page.button('Enviar 2 convites'));
    await page.click('Enviar 2 convites');
    expect(page.called('POST invitations/batch')[0]!.body).toEqual({
      roleId: LIMITED.id,
      invitations: [
        { name: 'Rita Melo', email: 'rita@padaria.example' },
        { name: 'Ivo Sales', email: 'ivo.sales@padaria.example' },
      ],
    });
    expect(page.text()).toContain('2 convites enviados');
  });

  it('S0.53 S0.54 have what is wrong beside their line, and nothing that was typed is lost', async () => {
    const errors = [{ path: 'invitations.0.email', code: 'domain', message: 'O portal não aceita este domínio.' }];
    const page = await openMany({
      ...rules(['padaria.example']),
      'POST invitations/batch/check': () => problem(400, 'validation_failed', { errors }),
    });
    await page.type('Pessoas', 'rita@elsewhere.example\nmeio@');
    await eventually(() => expect(page.text()).toContain('Linha 1: O portal não aceita este domínio.'));
    expect(page.text()).toContain('Só endereços de padaria.example.');
    expect(page.text()).toContain('Linha 2: O e-mail está incompleto.');
    expect(page.button('Enviar convites').hasAttribute('disabled')).toBe(true);
    expect(page.field('Pessoas').value).toContain('meio@');
    await page.click('Cancelar');
    await page.click('Continuar editando');
    expect(page.field('Pessoas').value).toContain('meio@');
  });

  it('S0.54 one alone is told of the allowed domains while it is typed', async () => {
    const page = await open('team/invitations', rules(['padaria.example']));
    await page.click('Convidar');
    await page.type('E-mail', 'rita@elsewhere.example');
    expect(page.errorOf('E-mail')).toContain('O portal só aceita convites para padaria.example.');
    await page.type('E-mail', 'rita@padaria.example');
    expect(page.errorOf('E-mail')).toBeFalsy();
  });
});
