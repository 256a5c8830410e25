import { describe, expect, it } from 'vitest';
import { branding, eventually, json, openPortal, problem, settle, signedIn, textsThatShow } from './harness.js';

const invitation = {
  email: 'ivo@padaria.example',
  name: 'Ivo Prado',
  organizationName: 'Aurora Telecom',
  billingAccountName: 'Padaria Estrela',
  hasOthers: false,
  expiresAt: '2026-12-01T15:00:00Z',
};

describe('an invitation', () => {
  const open = (accept: () => Response, hasOthers = false) =>
    openPortal('/accept-invitation#token=id.mac', {
      session: false,
      api: {
        'POST auth/invitation': () => json({ invitation: { ...invitation, hasOthers } }),
        'POST auth/accept-invitation': accept,
      },
    });

  it('says who invites, to what and until when', async () => {
    const portal = await open(() => json({}));
    expect(portal.heading()).toBe('Aurora Telecom convidou você');
    expect(portal.text()).toContain('Padaria Estrela. O convite vale até 01/12/2026');
    expect(portal.field('E-mail').value).toBe('ivo@padaria.example');
    expect(portal.called('POST auth/invitation')[0]?.body).toEqual({ token: 'id.mac' });
  });

  it.each([[true], [false]])('says whether it is one more access of its own: %s', async (hasOthers) => {
    const portal = await open(() => json({}), hasOthers);
    expect(portal.text().includes('já abre outros acessos a Aurora Telecom')).toBe(hasOthers);
  });

  it('sets the password and signs in, and says nothing of the session that begins', async () => {
    const said = textsThatShow();
    const portal = await open(() => {
      signedIn(true);
      return json({ user: {} });
    });
    await portal.type('Crie uma senha', 'pão quente cedo');
    await portal.click('Aceitar e entrar');
    expect(portal.called('POST auth/accept-invitation')[0]?.body).toEqual({
      token: 'id.mac',
      name: 'Ivo Prado',
      password: 'pão quente cedo',
    });
    expect(portal.path()).toBe('/');
    expect(said()).not.toContain('está com a sessão aberta');
  });

  it.each([
    ['curta', 'A senha precisa de pelo menos 8 caracteres.'],
    ['ã'.repeat(37), 'A senha é longa demais. Use no máximo 72 caracteres.'],
  ])('refuses the password %s before sending it', async (password, text) => {
    const portal = await open(() => json({}));
    await portal.type('Crie uma senha', password);
    await portal.click('Aceitar e entrar');
    expect(portal.errorOf('Crie uma senha')).toBe(text);
    expect(portal.called('POST auth/accept-invitation')).toHaveLength(0);
  });

  it('puts the refusal of a common password beside the field', async () => {
    const portal = await open(() =>
      problem(400, 'password_too_common', { detail: 'Esta senha é fácil de adivinhar.' }),
    );
    await portal.type('Crie uma senha', '12345678');
    await portal.click('Aceitar e entrar');
    expect(portal.errorOf('Crie uma senha')).toBe('Esta senha é fácil de adivinhar.');
    expect(portal.alert()).toBeUndefined();
  });

  it('S0.53 that was not answered in time offers to ask for another, once', async () => {
    const page = await openPortal('/accept-invitation#token=t', {
      session: false,
      api: {
        'POST auth/invitation': () => problem(400, 'invitation_expired'),
        'POST auth/invitation/ask-again': () => json({ success: true }),
      },
    });
    expect(page.text()).toContain('Este convite passou do prazo.');
    await page.click('Pedir um convite novo');
    expect(page.called('POST auth/invitation/ask-again').map(({ body }) => body)).toEqual([{ token: 't' }]);
    expect(page.text()).toContain('Pedido enviado.');
    expect(() => page.button('Pedir um convite novo')).toThrow();
  });

  it('of a newer message that is opened in the same tab takes the place of the one before', async () => {
    const of = (name: string) => ({ ...invitation, name, email: `${name}@padaria.example` });
    let late = (_answer: Response) => {};
    const portal = await openPortal('/accept-invitation#token=old', {
      session: false,
      api: {
        'POST auth/invitation': ({ body }) => {
          const { token } = body as { token: string };
          if (token === 'slow') return new Promise<Response>((answer) => (late = answer));
          return token === 'old' ? problem(400, 'token_invalid') : json({ invitation: of(token) });
        },
      },
    });
    expect(portal.alert()).toContain('Este convite não vale aqui');
    const follow = async (hash: string) => {
      await portal.router.push(`/accept-invitation${hash}`);
      await settle();
    };
    await follow('#token=ana');
    expect(portal.alert()).toBeUndefined();
    expect(portal.field('Seu nome').value).toBe('ana');
    await portal.type('Crie uma senha', 'uma frase curta');
    await follow('#content');
    expect(portal.field('Crie uma senha').value).toBe('uma frase curta');
    const waiting = follow('#token=slow');
    await eventually(() => expect(() => portal.field('Seu nome')).toThrow());
    await portal.router.push('/accept-invitation#token=bia');
    late(json({ invitation: of('cid') }));
    await waiting;
    await eventually(() => expect(portal.field('Seu nome').value).toBe('bia'));
    expect(portal.field('Crie uma senha').value).toBe('');
  });

  it('says what to do with a dead link', async () => {
    const portal = await openPortal('/accept-invitation#token=old', {
      session: false,
      api: { 'POST auth/invitation': () => problem(400, 'token_invalid') },
    });
    expect(portal.alert()).toContain('Este convite não vale aqui');
    // Nobody is told which: another organization's is no more than one that is none.
    expect(portal.alert()).toContain('Confira o endereço da mensagem');
  });

  const linkTo = (name: string) =>
    [...document.querySelectorAll('a')].find(({ textContent }) => textContent.includes(name))?.href;
  const elsewhere = { name: 'Gestão Aurora', address: 'https://gestao.aurora.example/portal/' };
  it.each([
    ['does not let the role in', 403, 'portal_role_not_allowed', 'Este portal não é para o seu acesso'],
    ['is archived', 404, 'not_found', 'Este portal não atende mais aqui'],
    ['has lost its domain', 421, 'misdirected_request', 'Este portal não atende mais aqui'],
  ])('S2.6 leads, with its link, to where it is good for: the portal %s', async (_what, status, code, heading) => {
    const refused = () => problem(status, code, { portals: [elsewhere] });
    const way = `${elsewhere.address}accept-invitation#token=id.mac`;
    const opened = await openPortal('/accept-invitation#token=id.mac', {
      session: false,
      api: { 'POST auth/invitation': refused },
    });
    expect(opened.heading()).toBe(heading);
    expect(linkTo('Gestão Aurora')).toBe(way);
    expect(opened.text()).not.toContain('a mesma senha');
    // The same where it happened while the page was open.
    const answered = await open(refused);
    await answered.type('Crie uma senha', 'pão quente cedo');
    await answered.click('Aceitar e entrar');
    expect(answered.heading()).toBe(heading);
    expect(linkTo('Gestão Aurora')).toBe(way);
  });

  it('stays good while the portal takes nobody in by invitation, before and behind the form', async () => {
    const refused = () => problem(403, 'PORTAL_INVITATIONS_DISABLED');
    const opened = await openPortal('/accept-invitation#token=id.mac', {
      session: false,
      api: { 'POST auth/invitation': refused },
    });
    const answered = await open(refused);
    await answered.type('Crie uma senha', 'pão quente cedo');
    await answered.click('Aceitar e entrar');
    for (const page of [opened, answered]) expect(page.alert()).toContain('O convite continua valendo');
  });

  it.each([[false], [true]])('leads on whoever has accepted it: signed in %s', async (session) => {
    const portal = await openPortal('/accept-invitation#token=used', {
      session,
      api: { 'POST auth/invitation': () => problem(400, 'token_used') },
    });
    expect(portal.alert()).toContain('Este convite já foi aceito');
    await portal.click('Entrar');
    expect(portal.path()).toBe(session ? '/' : '/login');
  });
});

const access = { organizationName: 'Aurora Telecom', billingAccountName: 'Padaria Estrela', hasOthers: false };
const usable = { 'POST auth/reset-link': () => json({ success: true, ...access }) };

describe('a forgotten password', () => {
  it('answers the same whether or not the address is known', async () => {
    const portal = await openPortal('/forgot-password', {
      session: false,
      api: { 'POST auth/forgot-password': () => json({ message: 'x' }, 202) },
    });
    await portal.type('E-mail', 'quem@padaria.example');
    await portal.click('Enviar link');
    expect(portal.text()).toContain('Se quem@padaria.example tiver acesso,');
  });

  it('is replaced by a new one, which then signs in', async () => {
    const portal = await openPortal('/reset-password#token=id.mac', {
      session: false,
      api: { ...usable, 'POST auth/reset-password': () => json({ message: 'x' }) },
    });
    await portal.type('Nova senha', 'pão quente cedo');
    await portal.click('Salvar nova senha');
    expect(portal.called('POST auth/reset-password')[0]?.body).toEqual({
      token: 'id.mac',
      password: 'pão quente cedo',
    });
    expect(portal.path()).toBe('/login?reason=reset');
    expect(portal.text()).toContain('Senha nova salva.');
  });

  it('by the link of a newer message, opened in the same tab', async () => {
    const portal = await openPortal('/reset-password#token=old', {
      session: false,
      api: {
        ...usable,
        'POST auth/reset-link': ({ body }) =>
          (body as { token: string }).token === 'old'
            ? problem(400, 'token_invalid')
            : usable['POST auth/reset-link'](),
        'POST auth/reset-password': () => json({ message: 'x' }),
      },
    });
    expect(() => portal.field('Nova senha')).toThrow();
    await portal.router.push('/reset-password#token=new');
    await settle();
    await portal.type('Nova senha', 'pão quente cedo');
    await portal.click('Salvar nova senha');
    expect(portal.called('POST auth/reset-password')[0]?.body).toMatchObject({ token: 'new' });
  });

  it.each([
    [true, 'Senha nova salva. Ela abre Padaria Estrela; seus outros acessos continuam com as senhas deles.'],
    [false, 'Senha nova salva. Entre com ela.'],
  ])('says what its link is for, before and after; the address opens more: %s', async (hasOthers, told) => {
    const portal = await openPortal('/reset-password#token=id.mac', {
      session: false,
      api: {
        'POST auth/reset-link': () => json({ success: true, ...access, hasOthers }),
        'POST auth/reset-password': () => json({ message: 'x' }),
      },
    });
    expect(portal.text()).toContain('Para o acesso a Padaria Estrela.');
    expect(portal.text().includes('Seus outros acessos a Aurora Telecom continuam')).toBe(hasOthers);
    await portal.type('Nova senha', 'pão quente cedo');
    await portal.click('Salvar nova senha');
    expect(portal.path()).toBe('/login?reason=reset');
    expect(portal.text()).toContain(told);
  });

  it('leads to the sign-in with the address that the link was asked for, once', async () => {
    const api = {
      ...usable,
      'POST auth/forgot-password': () => json({ message: 'x' }, 202),
      'POST auth/reset-password': () => json({ message: 'x' }),
    };
    const asking = await openPortal('/forgot-password', { session: false, api });
    await asking.type('E-mail', 'ana@padaria.example');
    await asking.click('Enviar link');
    for (const address of ['ana@padaria.example', '']) {
      const portal = await openPortal('/reset-password#token=id.mac', { session: false, api });
      await portal.type('Nova senha', 'pão quente cedo');
      await portal.click('Salvar nova senha');
      expect(portal.field('E-mail').value).toBe(address);
    }
  });

  it.each([['when it is opened'], ['meanwhile']])(
    'S3.8 says that passwords are set no more by link, before anything is typed: %s',
    async (when) => {
      const refused = () => problem(403, 'PORTAL_PASSWORD_RESET_DISABLED');
      const portal = await openPortal('/reset-password#token=id.mac', {
        session: false,
        api:
          when === 'meanwhile'
            ? { ...usable, 'POST auth/reset-password': refused }
            : { 'POST auth/reset-link': refused },
      });
      if (when === 'meanwhile') {
        await portal.type('Nova senha', 'pão quente cedo');
        await portal.click('Salvar nova senha');
      }
      expect(portal.alert()).toContain('Aqui não se criam senhas por link agora');
      expect(() => portal.field('Nova senha')).toThrow();
    },
  );

  it('S3.8 is asked for nowhere while no link would come', async () => {
    const { features, ...rest } = branding();
    const portal = await openPortal('/forgot-password', {
      session: false,
      api: { 'GET branding': () => json({ branding: { ...rest, features: { ...features, passwordReset: false } } }) },
    });
    expect(portal.alert()).toContain('Aqui não se criam senhas por link agora');
    expect(() => portal.field('E-mail')).toThrow();
  });

  it.each([['when it is opened'], ['meanwhile']])('offers another link for one that is too old: %s', async (when) => {
    const dead = () => problem(400, 'token_invalid');
    const portal = await openPortal('/reset-password#token=old', {
      session: false,
      api: when === 'meanwhile' ? { ...usable, 'POST auth/reset-password': dead } : { 'POST auth/reset-link': dead },
    });
    expect(portal.called('POST auth/reset-link')[0]?.body).toEqual({ token: 'old' });
    if (when === 'meanwhile') {
      await portal.type('Nova senha', 'pão quente cedo');
      await portal.click('Salvar nova senha');
    }
    expect(portal.alert()).toContain('Este link não vale mais');
    await portal.click('Pedir outro link');
    expect(portal.path()).toBe('/forgot-password');
  });
});

describe('confirming an e-mail', () => {
  it('asks by itself once the page is open', async () => {
    const portal = await openPortal('/verify-email#token=id.mac', {
      session: false,
      api: { 'POST auth/verify-email': () => json({ message: 'x' }) },
    });
    await settle();
    expect(portal.called('POST auth/verify-email')).toHaveLength(1);
    expect(portal.text()).toContain('E-mail confirmado.');
  });

  it('sends another link in place of a dead one', async () => {
    const portal = await openPortal('/verify-email#token=old', {
      session: false,
      api: {
        'POST auth/verify-email': () => problem(400, 'token_invalid'),
        'POST auth/resend-verification': () => json({ message: 'x' }, 202),
      },
    });
    await portal.type('E-mail', 'ana@padaria.example');
    await portal.click('Enviar outro link');
    expect(portal.called('POST auth/resend-verification')[0]?.body).toEqual({ email: 'ana@padaria.example' });
    expect(portal.text()).toContain('um novo link chega');
  });

  it('says of a link that was used that it was, and leads to the sign-in', async () => {
    const portal = await openPortal('/reset-password#token=used', {
      session: false,
      api: { 'POST auth/reset-link': () => problem(400, 'token_used') },
    });
    expect(portal.alert()).toContain('Este link já foi usado para criar uma senha');
    await portal.click('Entrar');
    expect(portal.path()).toBe('/login');
  });

  it('can be set although looking at the link failed', async () => {
    const portal = await openPortal('/reset-password#token=id.mac', {
      session: false,
      api: { 'POST auth/reset-link': () => problem(500, 'internal'), 'POST auth/reset-password': () => json({}) },
    });
    await portal.type('Nova senha', 'pão quente cedo');
    await portal.click('Salvar nova senha');
    expect(portal.path()).toBe('/login?reason=reset');
  });
});

describe('an address', () => {
  it.each([
    ['ana', 'O e-mail está incompleto.'],
    ['joão@padaria.example', 'Antes do @, um e-mail não tem acentos nem ç.'],
    ['conceiçao@', 'Antes do @, um e-mail não tem acentos nem ç.'],
    ['ana @padaria.example', 'Escreva um só e-mail, sem espaços'],
    ['ana@padaria.example, rui@padaria.example', 'Escreva um só e-mail, sem espaços'],
  ])('that is none says what is wrong with it: %s', async (typed, told) => {
    const portal = await openPortal('/forgot-password', { session: false });
    await portal.type('E-mail', typed);
    await portal.click('Enviar link');
    expect(portal.errorOf('E-mail')).toContain(told);
  });
});
