import { describe, expect, it } from 'vitest';
import type { StaffMember } from '../src/data/types.js';
import { eventually, inboxOf, json, listOf, me, openConsole, problem, settle, signedIn, type Api } from './harness.js';

const member = (more: Partial<StaffMember> = {}): StaffMember => ({
  id: 's-2',
  name: 'Marina Duarte',
  email: 'marina@aurora.example',
  role: 'agent',
  status: 'active',
  lockedUntil: null,
  lastLoginAt: '2026-11-20T12:00:00Z',
  createdAt: '2026-01-01T12:00:00Z',
  invitation: null,
  ...more,
});
const waiting = member({
  status: 'pending_invitation',
  lastLoginAt: null,
  invitation: {
    invitedByName: 'Helena Prado',
    expiresAt: '2026-11-28T12:00:00Z',
    expired: false,
    sentCount: 1,
    mailStatus: 'failed',
  },
});
const one = (who: StaffMember, role: 'owner' | 'admin' | 'agent' = 'owner', more: Api = {}): Api => ({
  'GET auth/me': () => json(me(role)),
  [`GET staff/${who.id}`]: () => json({ staff: who }),
  ...more,
});

/** Answers the question that stands before the page. */
async function answer(label: string): Promise<void> {
  const buttons = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')];
  buttons.find((one) => one.textContent?.trim() === label)!.click();
  await settle();
}

describe('the team', () => {
  it('is listed with role, status and last sign-in, and narrowed by the address', async () => {
    const page = await openConsole('/console/team?q=mar&role=agent&status=suspended', {
      api: { 'GET staff': () => json(listOf([member({ status: 'suspended' }), waiting])) },
    });
    expect(page.text()).toContain('Marina Duarte');
    expect(page.text()).toContain('nunca');
    const [call] = page.called('GET staff');
    expect(Object.fromEntries(call!.query)).toMatchObject({ q: 'mar', role: 'agent', status: 'suspended' });
  });

  it('is invited by those who may', async () => {
    const api: Api = { 'GET auth/me': () => json(me('owner')), 'POST staff': () => json({ staff: waiting }, 201) };
    const page = await openConsole('/console/team/new', { api });
    await page.click('Enviar convite');
    expect(page.errorOf('Nome')).toContain('Escreva o nome');
    await page.type('Nome', ' Marina Duarte ');
    await page.type('E-mail', ' marina@aurora.example ');
    await page.click('Enviar convite');
    expect(page.called('POST staff')[0]!.body).toEqual({
      name: 'Marina Duarte',
      email: 'marina@aurora.example',
      role: 'agent',
    });
    expect(page.path()).toBe('/console/team');
    expect(page.text()).toContain('Convite enviado para marina@aurora.example');
  });

  it('an e-mail that is taken is said beside it', async () => {
    const taken = () => problem(409, 'email_taken', { detail: 'Este e-mail já tem acesso a esta conta.' });
    const page = await openConsole('/console/team/new', { api: { 'POST staff': taken } });
    await page.type('Nome', 'Marina');
    await page.type('E-mail', 'marina@aurora.example');
    await page.click('Enviar convite');
    expect(page.errorOf('E-mail')).toContain('já tem acesso');
  });

  it('an invitation that awaits an answer is sent again', async () => {
    const page = await openConsole('/console/team/new', {
      api: {
        'POST staff': () => problem(409, 'invitation_waiting', { invitationId: 's-7' }),
        'POST staff/s-7/resend-invitation': () => json({}),
      },
    });
    await page.type('Nome', 'Marina');
    await page.type('E-mail', 'marina@aurora.example');
    await page.click('Enviar convite');
    await page.click('Reenviar');
    expect(page.called('POST staff/s-7/resend-invitation')).toHaveLength(1);
    expect(page.path()).toBe('/console/team');
    expect(page.text()).toContain('Convite reenviado para marina@aurora.example');
  });

  it.each([
    ['owner', true],
    ['admin', false],
  ] as const)('an %s is offered the role of owner: %s', async (role, offered) => {
    const page = await openConsole('/console/team/new', { api: { 'GET auth/me': () => json(me(role)) } });
    expect(page.text().includes('Titular')).toBe(offered);
  });

  it('is closed to agents', async () => {
    const page = await openConsole('/console/team/new', { api: { 'GET auth/me': () => json(me('agent')) } });
    expect(page.heading()).toBe('Sem acesso');
  });
});

describe('a colleague', () => {
  it('is renamed and gets another role', async () => {
    const page = await openConsole('/console/team/s-2', {
      api: one(member(), 'owner', { 'PATCH staff/s-2': () => json({ staff: member() }) }),
    });
    await page.type('Nome', 'Marina Lima');
    await page.click('Salvar');
    expect(page.called('PATCH staff/s-2')[0]!.body).toEqual({ name: 'Marina Lima' });
  });

  it('is suspended after a question that says what happens', async () => {
    const page = await openConsole('/console/team/s-2', {
      api: one(member(), 'admin', { 'PATCH staff/s-2': () => json({ staff: member({ status: 'suspended' }) }) }),
    });
    await page.click('Suspender acesso');
    expect(await page.dialog()).toContain('sai do console agora mesmo');
    await answer('Suspender acesso');
    expect(page.called('PATCH staff/s-2')[0]!.body).toEqual({ status: 'suspended' });
  });

  it('is counted what they have before, and it is handed over after they are suspended', async () => {
    let [now, left, waited] = [member(), 150, false];
    const bia = member({ id: 's-3', name: 'Bia Lima' });
    const pagination = () => ({ ...listOf([]).pagination, total: left, totalExact: true });
    const page = await openConsole('/console/team/s-2', {
      api: one(now, 'admin', {
        'GET staff/s-2': () => json({ staff: now }),
        'GET staff': () => json(listOf([bia])),
        'GET tickets': () => json({ ...inboxOf([]), pagination: pagination() }),
        'PATCH staff/s-2': () => {
          now = member({ status: 'suspended' });
          return json({ staff: now });
        },
        'POST tickets/hand-over': () => {
          // The minute's budget is used up half-way.
          if (left === 50 && !waited) {
            waited = true;
            return problem(429, 'rate_limited', {}, { 'retry-after': '1' });
          }
          const changed = Math.min(100, left);
          left -= changed;
          return json({ changed, finished: left === 0 });
        },
      }),
    });
    expect(page.text()).not.toContain('Chamados em aberto');
    await page.click('Suspender acesso');
    expect(await page.dialog()).toContain('150 chamados abertos estão com Marina Duarte');
    await answer('Suspender acesso');
    expect(Object.fromEntries(page.called('GET tickets')[0]!.query)).toMatchObject({ view: 'open', assigneeId: 's-2' });
    const select = page.field('Com quem ficam') as unknown as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual(['Deixar sem responsável', 'Bia Lima']);
    select.value = select.options[1]!.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await page.click('Passar adiante');
    expect(page.called('POST tickets/hand-over').map(({ body }) => body)).toEqual([
      { from: 's-2', to: 's-3' },
      { from: 's-2', to: 's-3' },
    ]);
    expect(page.text()).not.toContain('passaram');
    await eventually(() => expect(left).toBe(0));
    await settle();
    expect(page.called('POST tickets/hand-over')).toHaveLength(3);
    expect(page.text()).toContain('150 chamados passaram para Bia Lima');
    expect(page.text()).not.toContain('Chamados em aberto');
  });

  it('who is locked is let in again', async () => {
    const page = await openConsole('/console/team/s-2', {
      api: one(member({ status: 'locked', lockedUntil: '2026-11-21T12:30:00Z' }), 'owner', {
        'POST staff/s-2/unlock': () => json({ staff: member() }),
      }),
    });
    await page.click('Desbloquear');
    await page.dialog();
    await answer('Desbloquear');
    expect(page.called('POST staff/s-2/unlock')).toHaveLength(1);
  });

  it('who is an owner is not for admins to change', async () => {
    const page = await openConsole('/console/team/s-2', { api: one(member({ role: 'owner' }), 'admin') });
    expect(page.field('Nome').closest('fieldset')!.disabled).toBe(true);
    expect(page.text()).toContain('Só titulares mudam');
    expect(page.text()).not.toContain('Suspender acesso');
  });

  it('who is oneself has no own role to change, and cannot be suspended', async () => {
    const page = await openConsole('/console/team/s-1', { api: one(member({ id: 's-1', role: 'owner' })) });
    expect(page.field('Papel').disabled).toBe(true);
    expect(page.text()).toContain('Ninguém muda o próprio papel');
    expect(page.text()).not.toContain('Suspender acesso');
  });

  it('in waiting shows what became of the mail, and is invited again or not at all', async () => {
    const page = await openConsole('/console/team/s-2', {
      api: one(waiting, 'owner', {
        'POST staff/s-2/resend-invitation': () => json({ staff: waiting }),
        'POST staff/s-2/cancel-invitation': () => json(null, 204),
      }),
    });
    expect(page.text()).toContain('Convite de Helena Prado');
    expect(page.text()).toContain('O e-mail não saiu');
    await page.click('Reenviar convite');
    expect(page.text()).toContain('O link anterior não vale mais');
    await page.click('Cancelar convite');
    expect(await page.dialog()).toContain('deixa de valer agora');
    await answer('Cancelar convite');
    expect(page.called('POST staff/s-2/cancel-invitation')).toHaveLength(1);
    expect(page.path()).toBe('/console/team');
  });
});

describe('accepting an invitation', () => {
  const invitation = {
    email: 'marina@aurora.example',
    name: 'Marina Duarte',
    role: 'agent',
    organizationName: 'Aurora Telecom',
    invitedByName: 'Helena Prado',
    expiresAt: '2026-11-28T12:00:00Z',
  };
  const open = (more: Api = {}, hash = '#token=abc') =>
    openConsole(`/console/accept-invitation${hash}`, {
      session: 'none',
      api: { 'POST auth/invitation': () => json({ invitation }), ...more },
    });

  it('sets name and password, and lets in', async () => {
    const page = await open({
      'POST auth/accept-invitation': () => {
        signedIn('staff');
        return json(me('agent'));
      },
    });
    expect(page.heading()).toBe('Equipe de Aurora Telecom');
    expect(page.text()).toContain('Helena Prado convidou você');
    expect(page.text()).toContain('Agente');
    await page.type('Seu nome', 'Marina D.');
    await page.type('Crie uma senha', 'uma frase curta');
    await page.click('Aceitar e entrar');
    expect(page.called('POST auth/accept-invitation')[0]!.body).toEqual({
      token: 'abc',
      name: 'Marina D.',
      password: 'uma frase curta',
    });
    expect(page.path()).toBe('/console/inbox');
  });

  it('shows nothing of an invitation once the link of another is opened in the same tab', async () => {
    const page = await open({
      'POST auth/invitation': ({ body }) => {
        const { token } = body as { token: string };
        return token === 'abc' ? json({ invitation }) : json({ invitation: { ...invitation, name: 'Rui' } });
      },
    });
    await page.type('Crie uma senha', 'uma frase curta');
    await page.router.push('/console/accept-invitation#token=def');
    await eventually(() => expect(page.field('Seu nome').value).toBe('Rui'));
    expect(page.field('Crie uma senha').value).toBe('');
  });

  it('greets the first owner', async () => {
    const first = { ...invitation, role: 'owner', invitedByName: null };
    const page = await open({ 'POST auth/invitation': () => json({ invitation: first }) });
    expect(page.text()).toContain('Você vai ser titular');
  });

  it('says when the link is dead, from the beginning or meanwhile', async () => {
    const dead = () => problem(400, 'token_invalid');
    expect((await open({}, '')).text()).toContain('não vale aqui');
    expect((await open({ 'POST auth/invitation': dead })).text()).toContain('não vale aqui');
    const page = await open({ 'POST auth/accept-invitation': dead });
    await page.type('Crie uma senha', 'uma frase curta');
    await page.click('Aceitar e entrar');
    expect(page.text()).toContain('não vale aqui');
  });

  it('says why else it cannot be', async () => {
    const suspended = () => problem(403, 'organization_suspended', { detail: 'Este portal está suspenso.' });
    expect((await open({ 'POST auth/invitation': suspended })).text()).toContain('suspenso');
  });
});

describe('my profile', () => {
  it('changes the name, and leaves alone what may have been changed elsewhere', async () => {
    const user = { ...me().user, name: 'Rafa', locale: 'pt-BR' as const };
    const page = await openConsole('/console/profile', {
      api: { 'PATCH profile': () => json({ ...me(), user }) },
    });
    await page.type('Nome', ' Rafa ');
    await page.click('Salvar');
    expect(page.called('PATCH profile')[0]!.body).toEqual({ name: 'Rafa' });
    expect(page.text()).toContain('Alterações salvas');
    expect(page.field('Nome').value).toBe('Rafa');
  });

  it('sets a new password and stays signed in', async () => {
    const page = await openConsole('/console/profile', { api: { 'POST profile/password': () => json(me()) } });
    await page.type('Senha atual', 'balcao-demo-2026');
    await page.type('Nova senha', 'uma frase curta');
    await page.click('Mudar senha');
    expect(page.called('POST profile/password')[0]!.body).toEqual({
      currentPassword: 'balcao-demo-2026',
      newPassword: 'uma frase curta',
    });
    expect(page.text()).toContain('Senha mudada. As outras sessões foram encerradas');
    expect(page.field('Senha atual').value).toBe('');
    expect(page.path()).toBe('/console/profile');
  });

  it('says beside it that the current password does not match', async () => {
    const wrong = () => problem(403, 'wrong_current_password', { detail: 'A senha atual não confere.' });
    const page = await openConsole('/console/profile', { api: { 'POST profile/password': wrong } });
    await page.type('Senha atual', 'errada');
    await page.type('Nova senha', 'uma frase curta');
    await page.click('Mudar senha');
    expect(page.errorOf('Senha atual')).toContain('não confere');
  });
});
