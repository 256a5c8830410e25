import type { SignupFacts, SignupPageFacts } from '@balcao/api-client';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import {
  branding,
  eventually,
  json,
  me,
  openPortal,
  problem,
  settle,
  signedIn,
  textsThatShow,
  type Api,
} from './harness.js';

const ID = '0199d0c2-0000-7000-8000-000000000001';
const CNPJ = '12ABC34501DE35';
/** Of the browser that began it, and of the link in a mail. */
const TOKEN = 'b.token';
const LINK = 'm.token';

const page = (more: Partial<SignupPageFacts> = {}): SignupPageFacts => ({
  slug: 'aurora',
  portalName: 'Aurora',
  origin: 'http://portal.example/o/aurora',
  open: true,
  acceptsCpf: false,
  refusesPersonalEmail: false,
  termsUrl: null,
  privacyUrl: null,
  termsVersion: null,
  challenge: { salt: 'salt', target: bytesToHex(sha256(utf8ToBytes('salt7'))), most: 10, token: 'challenge' },
  ...more,
});
const lookup = (more: Partial<SignupFacts['lookup']> = {}): SignupFacts['lookup'] => ({
  state: 'waiting',
  attempt: 1,
  attempts: 4,
  nextAttemptAt: null,
  answeredAt: null,
  ...more,
});
const company: NonNullable<SignupFacts['company']> = {
  legalName: 'Confeitaria Alvorada Ltda',
  tradeName: 'Doces Alvorada',
  situation: 2,
  situationSince: '2026-08-06',
  situationReason: null,
  openedOn: '2026-08-06',
  mainActivity: 'Padaria e confeitaria',
  legalNature: null,
  size: 'Microempresa',
  phone: '1935550142',
  email: null,
  address: null,
};
const signup = (more: Partial<SignupFacts> = {}): SignupFacts => ({
  id: ID,
  version: 1,
  number: null,
  kind: 'cnpj',
  taxId: CNPJ,
  status: 'started',
  lookup: lookup(),
  company: null,
  corrections: null,
  legalName: null,
  administrator: null,
  refusal: null,
  actions: ['submit', 'withdraw'],
  mailHeldUntil: null,
  askedAt: null,
  expiresAt: '2026-12-26T12:00:00Z',
  createdAt: '2026-11-26T12:00:00Z',
  submittedAt: null,
  ...more,
});
const found = signup({ version: 2, lookup: lookup({ state: 'active', answeredAt: '2026-11-26T12:00:01Z' }), company });
const inactive = (code: 'closed' | 'suspended' | 'unfit' | 'null', situation: number) =>
  signup({
    version: 2,
    status: 'refused',
    lookup: lookup({ state: 'inactive', answeredAt: '2026-11-26T12:00:01Z' }),
    company: { ...company, situation, situationSince: '2025-03-14' },
    refusal: { code, reason: 'Extinção', since: '2025-03-14' },
    actions: ['dispute'],
  });
const sent = (more: Partial<SignupFacts>) =>
  signup({
    version: 9,
    number: 'C-2026-000418',
    submittedAt: '2026-11-26T12:01:00Z',
    administrator: { name: 'Carolina Sampaio', email: 'carolina@alvorada.example', phone: null },
    company,
    legalName: company.legalName,
    ...more,
  });

/** The API of a signup that says these things one after the other, each once it was seen; then it waits. */
function apiOf(...answers: SignupFacts[]): Api {
  return {
    'GET signup/aurora': () => json({ signupPage: page() }),
    'POST signup/aurora': () => json({ signup: signup(), token: TOKEN }, 201),
    [`GET signups/${ID}`]: ({ query, headers }) => {
      if (![TOKEN, LINK].includes(headers.get('x-balcao-signup') ?? '')) return problem(404, 'not_found');
      const next = answers.find(({ version }) => version > Number(query.get('seen')));
      return next ? json({ signup: next }) : new Promise(() => {});
    },
  };
}
const NO_PERSONAL = 'Use o e-mail da empresa, não um pessoal.';
const open = (api: Api, path = '/signup/aurora') => openPortal(path, { api, session: false });
const main = () => document.querySelector('main')!.textContent!.replace(/\s+/g, ' ');

it('S0.33 whose portal was renamed meanwhile goes on at the same step of it, and reads of nothing that a stranger has not', async () => {
  const renamed = { name: 'Aurora', address: 'http://portal.example/o/aurora-pj/portal/' };
  const portal = await open({
    ...apiOf(found),
    [`POST signups/${ID}/submit`]: () => problem(404, 'not_found', { portals: [renamed] }),
  });
  await portal.type('CNPJ', CNPJ);
  await portal.click('Continuar com esta empresa');
  await portal.type('Seu nome', 'Carolina Sampaio');
  await portal.type('E-mail', 'carolina@alvorada.example');
  await portal.type('Crie uma senha', 'pão quente cedo');
  await portal.click('Criar cadastro');
  expect(document.querySelector('main a')!.getAttribute('href')).toBe(`${renamed.address}signup/aurora/administrator`);
  expect(main()).not.toContain('chamados');
});

describe('the first step of a signup', () => {
  it('S0.33 S0.35 asks by itself once the number fits, shows the company, and goes on with it', async () => {
    const portal = await open(apiOf(found));
    await portal.type('CNPJ', '12abc34501de3');
    expect(portal.called('POST signup/aurora')).toHaveLength(0);
    await portal.type('CNPJ', '12abc34501de35');
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    expect(portal.called('POST signup/aurora')[0]!.body).toEqual({
      taxId: CNPJ,
      proof: { token: 'challenge', number: 7 },
    });
    expect(portal.field('CNPJ').value).toBe('12.ABC.345/01DE-35');
    expect(main()).toContain('Ativa');
    await portal.click('Continuar com esta empresa');
    expect(portal.heading()).toBe('Quem administra');
  });

  it.each([
    ['12.ABC.345/01DE-36', 'Os dois últimos números não conferem'],
    ['11.111.111/1111-11', 'É o mesmo número repetido'],
    ['12.ABC', 'O CNPJ tem 14 letras ou números'],
    ['', 'Digite o CNPJ.'],
  ])('S0.33 judges %s as typed: %s', async (typed, said) => {
    const portal = await open(apiOf());
    await portal.type('CNPJ', typed);
    await portal.click('Continuar');
    expect(portal.errorOf('CNPJ')).toContain(said);
    expect(portal.called('POST signup/aurora')).toHaveLength(0);
  });

  describe('of a number that a keyboard composes', () => {
    /** Writes as a keyboard does that suggests words; the field is not left. */
    const compose = async (portal: Awaited<ReturnType<typeof open>>, text: string) => {
      const input = portal.field('CNPJ');
      input.focus();
      input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
      await settle();
      return async () => {
        input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        await settle();
      };
    };

    it('S0.33 writes it with its marks as soon as that is done, and asks', async () => {
      const portal = await open(apiOf(found));
      const end = await compose(portal, '12abc34501de35x');
      expect(portal.field('CNPJ').value).toBe('12abc34501de35x');
      await end();
      expect(portal.field('CNPJ').value).toBe('12.ABC.345/01DE-35');
      await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    });

    it.each([
      ['12abc34501de3', 'Confira se falta algum.'],
      ['12abc34501de355', 'Confira se sobra algum.'],
    ])('S0.33 says of %s: %s', async (text, said) => {
      const portal = await open(apiOf());
      await compose(portal, text);
      await portal.click('Continuar');
      expect(portal.errorOf('CNPJ')).toContain(said);
    });
  });

  it('S0.35 corrections are judged before it goes on, and are there, marked, for whoever comes back', async () => {
    const portal = await open(apiOf(found));
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    await portal.click('Corrigir dados');
    await portal.type('CEP', '123');
    await portal.type('UF', 'XX');
    await portal.type('Telefone da empresa', '19998');
    await portal.click('Continuar com esta empresa');
    expect(portal.heading()).toBe('Sua empresa');
    expect(portal.errorOf('CEP')).toContain('O CEP tem 8 números');
    expect(portal.errorOf('UF')).toContain('sigla do estado');
    expect(portal.errorOf('Telefone da empresa')).toContain('Confira o telefone');
    const again = await open(apiOf(found));
    await eventually(() => expect(again.errorOf('CEP')).toContain('O CEP tem 8 números'));
    await again.type('CEP', '13.015002');
    expect(again.field('CEP').value).toBe('13015-002');
    await again.type('UF', 'sp');
    await again.type('Telefone da empresa', '(19) 3555-0142');
    await again.click('Continuar com esta empresa');
    expect(again.heading()).toBe('Quem administra');
  });

  it('S0.35 what was corrected is in sight for whoever comes back', async () => {
    const portal = await open(apiOf(found));
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    await portal.click('Corrigir dados');
    await portal.type('Número', '1500');
    await portal.click('Continuar com esta empresa');
    await portal.click('Voltar');
    expect(portal.field('Número').value).toBe('1500');
  });

  /** Where what the register says of a company can be corrected. */
  const atCorrections = async (known: SignupFacts) => {
    const portal = await open({
      ...apiOf(known),
      [`POST signups/${ID}/submit`]: () => json({ signup: sent({ status: 'in_review' }) }),
    });
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    await portal.click('Corrigir dados');
    return portal;
  };
  /** Types who administers the access, and sends it all. */
  const send = async (portal: Awaited<ReturnType<typeof atCorrections>>) => {
    await portal.type('Seu nome', 'Carolina Sampaio');
    await portal.type('E-mail', 'carolina@alvorada.example');
    await portal.type('Crie uma senha', 'pão de queijo às dez');
    await portal.click('Criar cadastro');
    await eventually(() => expect(portal.called(`POST signups/${ID}/submit`)).toHaveLength(1));
    return portal.called(`POST signups/${ID}/submit`);
  };

  it('S0.35 what was cleared is sent as cleared, and is empty for whoever comes back; the rest is as the register has it', async () => {
    const address = { street: 'Rua Barão de Jaguara', number: '1481', complement: 'Loja 3', district: null };
    const place = { ...address, city: 'Campinas', state: 'SP', postalCode: '13015002' };
    const known = { ...found, company: { ...company, email: 'contato@alvorada.example', address: place } };
    const portal = await atCorrections(known);
    const cleared = ['Nome fantasia', 'Telefone da empresa', 'Complemento'];
    for (const label of cleared) await portal.type(label, '');
    await portal.click('Continuar com esta empresa');
    await portal.click('Voltar');
    expect(cleared.map((label) => portal.field(label).value)).toEqual(['', '', '']);
    expect(portal.field('E-mail da empresa').value).toBe('contato@alvorada.example');
    await portal.click('Continuar com esta empresa');
    const [submitted] = await send(portal);
    expect(submitted!.body).toHaveProperty('company', {
      tradeName: null,
      phone: null,
      address: { ...place, complement: null },
    });
  });

  it('S0.35 whoever only looks at what can be corrected corrects nothing', async () => {
    const portal = await atCorrections(found);
    await portal.click('Continuar com esta empresa');
    const [submitted] = await send(portal);
    expect(submitted!.body).not.toHaveProperty('company');
  });

  describe('of which the number is typed over', () => {
    const OTHER = '33683111000280';
    /** One signup for each number; the register knows both companies, or neither. */
    const ofTwo = (knows = true): Api => {
      const facts = (taxId: string) => ({
        ...(knows ? found : signup({ version: 2, lookup: lookup({ state: 'not_found', attempt: 4 }) })),
        id: taxId,
        taxId,
        company: knows
          ? { ...company, legalName: taxId === CNPJ ? 'Mercearia Central Ltda' : 'Papelaria Horizonte Ltda' }
          : null,
      });
      const waits = ({ query }: { query: URLSearchParams }, taxId: string) =>
        Number(query.get('seen')) < 2 ? json({ signup: facts(taxId) }) : new Promise<Response>(() => {});
      return {
        ...apiOf(),
        'POST signup/aurora': ({ body }) =>
          json({ signup: facts((body as { taxId: string }).taxId), token: TOKEN }, 201),
        [`GET signups/${CNPJ}`]: (call) => waits(call, CNPJ),
        [`GET signups/${OTHER}`]: (call) => waits(call, OTHER),
        [`POST signups/${CNPJ}/submit`]: () => json({ signup: sent({ id: CNPJ, status: 'in_review' }) }),
        [`POST signups/${OTHER}/submit`]: () => json({ signup: sent({ id: OTHER, status: 'in_review' }) }),
      };
    };
    const finish = async (portal: Awaited<ReturnType<typeof open>>) => {
      await portal.type('Crie uma senha', 'pão de queijo às dez');
      await portal.click('Criar cadastro');
    };
    const corrected = async () => {
      const portal = await open(ofTwo());
      await portal.type('CNPJ', CNPJ);
      await eventually(() => expect(main()).toContain('Mercearia Central Ltda'));
      await portal.click('Corrigir dados');
      await portal.type('Nome fantasia', 'Mercearia da Vila');
      await portal.type('Cidade', 'Campinas');
      await portal.click('Continuar com esta empresa');
      await portal.type('Seu nome', 'Carolina Sampaio');
      await portal.type('E-mail', 'carolina@alvorada.example');
      await portal.click('Voltar');
      return portal;
    };

    it('S0.35 nothing that was corrected of the one is sent for the other; whoever signs up stays the same', async () => {
      const portal = await corrected();
      await portal.type('CNPJ', OTHER);
      await eventually(() => expect(main()).toContain('Papelaria Horizonte Ltda'));
      expect(() => portal.field('Nome fantasia')).toThrow();
      await portal.click('Continuar com esta empresa');
      expect(portal.field('Seu nome').value).toBe('Carolina Sampaio');
      await finish(portal);
      await eventually(() => expect(portal.called(`POST signups/${OTHER}/submit`)).toHaveLength(1));
      const { body } = portal.called(`POST signups/${OTHER}/submit`)[0]!;
      expect(body).not.toHaveProperty('company');
      expect(body).toMatchObject({ administrator: { email: 'carolina@alvorada.example' } });
    });

    it('S0.35 the same number typed again keeps what was corrected', async () => {
      const portal = await corrected();
      await portal.click('Não é esta empresa');
      await portal.type('CNPJ', CNPJ);
      await eventually(() => expect(main()).toContain('Mercearia Central Ltda'));
      expect(portal.field('Nome fantasia').value).toBe('Mercearia da Vila');
      await portal.click('Continuar com esta empresa');
      await finish(portal);
      await eventually(() => expect(portal.called(`POST signups/${CNPJ}/submit`)).toHaveLength(1));
      expect(portal.called(`POST signups/${CNPJ}/submit`)[0]!.body).toMatchObject({
        company: { tradeName: 'Mercearia da Vila', address: { city: 'Campinas' } },
      });
    });

    it('S0.35 the name that was typed of a company which the register does not know is not the next one’s', async () => {
      const portal = await open(ofTwo(false));
      await portal.type('CNPJ', CNPJ);
      await portal.click('Preencher meus dados');
      await portal.type('Razão social', 'Mercearia Central Ltda');
      await portal.click('Voltar');
      await portal.type('CNPJ', OTHER);
      await portal.click('Preencher meus dados');
      expect(portal.field('Razão social').value).toBe('');
    });
  });

  it.each([
    ['closed', 8, 'Esta empresa está baixada desde 14/03/2025'],
    ['suspended', 3, 'Esta empresa está suspensa desde 14/03/2025'],
    ['unfit', 4, 'Esta empresa está inapta desde 14/03/2025'],
    ['null', 1, 'Esta empresa está com a inscrição nula desde 14/03/2025'],
  ] as const)('S0.39 S0.41 refuses what is %s, with the date and what one can do', async (code, situation, said) => {
    const portal = await open(apiOf(inactive(code, situation)));
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(portal.errorOf('CNPJ')).toContain(said));
    await portal.click('Pedir que uma pessoa confira');
    expect(portal.heading()).toBe('Quem administra');
    expect(main()).toContain('Uma pessoa confere os dados da empresa');
  });

  it.each([
    [{ attempt: 2, nextAttemptAt: null }, 'Tentando agora', 'Tentativa 2 de 4'],
    [{ attempt: 2, nextAttemptAt: '2999-01-01T00:00:00Z' }, 'Nova tentativa em', 'Tentativa 2 de 4'],
  ])('S0.34 says how far a slow look-up is, and lets nobody wait', async (how, now, which) => {
    const portal = await open(apiOf(signup({ version: 2, lookup: lookup(how) })));
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('O registro público está lento hoje'));
    expect(main()).toContain(now);
    expect(main()).toContain(which);
    await portal.click('Preencher meus dados');
    expect(portal.heading()).toBe('Quem administra');
    expect(portal.field('Razão social').value).toBe('');
  });

  it.each([
    ['unavailable', 'O registro público não respondeu'],
    ['not_found', 'O registro ainda não tem este CNPJ'],
  ] as const)('S0.34 goes on with own data where the registry says %s', async (state, said) => {
    const portal = await open(
      apiOf(signup({ version: 2, lookup: lookup({ state, attempt: 4 }), actions: ['submit', 'retry', 'withdraw'] })),
    );
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain(said));
    expect(portal.button('Consultar de novo')).toBeTruthy();
    await portal.click('Preencher meus dados');
    await portal.click('Criar cadastro');
    expect(portal.errorOf('Razão social')).toBe('Escreva a razão social da empresa.');
  });

  const registered = signup({
    status: 'refused',
    lookup: lookup({ state: 'none', attempt: 0 }),
    refusal: { code: 'already_registered', reason: null, since: null },
    actions: ['ask_administrator'],
  });
  const asked = { ...registered, version: 2, actions: [], askedAt: '2026-11-26T12:03:00Z' };
  const ofRegistered = (...answers: SignupFacts[]): Api => ({
    ...apiOf(...answers),
    'POST signup/aurora': () => json({ signup: registered, token: TOKEN }, 201),
    [`POST signups/${ID}/ask-administrator`]: () => json({ signup: asked }),
  });

  it('S0.40 tells that a company is registered without telling who, and asks its administrators for whoever says who asks', async () => {
    const portal = await open(ofRegistered(registered));
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Este CNPJ já tem cadastro'));
    expect(() => portal.button('Continuar')).toThrow();
    await portal.click('Pedir acesso a quem administra');
    expect(portal.errorOf('Seu nome')).toBe('Escreva seu nome.');
    await portal.type('Seu nome', ' Rui Dias ');
    await portal.type('E-mail', 'rui');
    await portal.click('Pedir acesso a quem administra');
    expect(portal.errorOf('E-mail')).toContain('incompleto');
    expect(portal.called(`POST signups/${ID}/ask-administrator`)).toHaveLength(0);
    await portal.type('E-mail', 'rui@estrela.example');
    await portal.click('Pedir acesso a quem administra');
    await eventually(() => expect(main()).toContain('Pedido enviado'));
    expect(portal.called(`POST signups/${ID}/ask-administrator`)[0]!.body).toEqual({
      name: 'Rui Dias',
      email: 'rui@estrela.example',
    });
    expect(() => portal.button('Pedir acesso a quem administra')).toThrow();
  });

  it('S0.40 whoever comes back after asking reads that they have, and begins with another number', async () => {
    const before = await open(ofRegistered(registered));
    await before.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Este CNPJ já tem cadastro'));
    // A bar would lie upon the form's own button.
    expect(document.querySelector('main form .sticky')).toBeNull();
    expect(before.button('Pedir acesso a quem administra')).toBeTruthy();
    const again = await open(ofRegistered(asked));
    await eventually(() => expect(main()).toContain('Pedido enviado'));
    expect(() => again.button('Pedir acesso a quem administra')).toThrow();
    await again.click('Usar outro CNPJ');
    expect(again.field('CNPJ').value).toBe('');
    expect(main()).not.toContain('Pedido enviado');
  });

  it('S0.40 is told that too many have asked today, and may try again', async () => {
    let answer = problem(429, 'access_requests_spent', {}, { 'retry-after': '80000' });
    const portal = await open({
      ...ofRegistered(registered),
      [`POST signups/${ID}/ask-administrator`]: () => answer,
    });
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Este CNPJ já tem cadastro'));
    await portal.type('Seu nome', 'Rui Dias');
    await portal.type('E-mail', 'rui@estrela.example');
    await portal.click('Pedir acesso a quem administra');
    await eventually(() => expect(main()).toContain('Hoje já foram enviados pedidos demais.'));
    expect(main()).toContain('Este não foi enviado. Tente amanhã');
    answer = problem(429, 'rate_limited', {}, { 'retry-after': '600' });
    await portal.click('Pedir acesso a quem administra');
    await eventually(() => expect(main()).toContain('Foi muita coisa em pouco tempo.'));
    expect(main()).not.toContain('Pedido enviado');
    expect(main()).not.toContain('pedidos demais');
  });

  it('S0.40 one that was sent while another company took the number asks from where its mail leads', async () => {
    const facts = sent({
      status: 'refused',
      refusal: { code: 'already_registered', reason: null, since: null },
      actions: ['ask_administrator'],
    });
    const portal = await open(
      {
        ...apiOf(facts),
        [`POST signups/${ID}/ask-administrator`]: () => json({ signup: { ...facts, ...asked, version: 10 } }),
      },
      `/signup/aurora/${ID}#token=${LINK}`,
    );
    await eventually(() => expect(portal.field('Seu nome').value).toBe('Carolina Sampaio'));
    await portal.click('Pedir acesso a quem administra');
    await eventually(() => expect(main()).toContain('Pedido enviado'));
  });

  it('S0.33 a later number is not overwritten by what is answered about an earlier one', async () => {
    const answers: (() => void)[] = [];
    const portal = await open({
      ...apiOf(),
      'GET signup/aurora': () => json({ signupPage: page() }),
      'POST signup/aurora': ({ body }) =>
        new Promise((resolve) => {
          const { taxId } = body as { taxId: string };
          answers.push(() =>
            resolve(
              json({ signup: { ...found, taxId, company: { ...company, legalName: taxId } }, token: TOKEN }, 201),
            ),
          );
        }),
    });
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(answers).toHaveLength(1));
    await portal.type('CNPJ', '33683111000280');
    await eventually(() => expect(answers).toHaveLength(2));
    answers[1]!();
    await eventually(() => expect(main()).toContain('33683111000280'));
    answers[0]!();
    await settle();
    expect(main()).not.toContain(CNPJ);
    expect(main()).toContain('33683111000280');
  });

  it('a proof that came too late is found anew, once', async () => {
    let times = 0;
    const portal = await open({
      ...apiOf(found),
      'POST signup/aurora': () =>
        times++ === 0 ? problem(400, 'proof_invalid') : json({ signup: found, token: TOKEN }, 201),
    });
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    expect(portal.called('GET signup/aurora')).toHaveLength(2);
  });

  it('what failed is said and asked again; what was typed stays', async () => {
    let times = 0;
    const portal = await open({
      ...apiOf(found),
      'POST signup/aurora': () =>
        times++ === 0 ? problem(500, 'internal_error') : json({ signup: found, token: TOKEN }, 201),
    });
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(portal.alert()).toBeTruthy());
    expect(portal.field('CNPJ').value).toBe('12.ABC.345/01DE-35');
    await portal.click('Tentar de novo');
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
  });

  it('a person signs up by CPF where the portal takes it; nothing is looked up', async () => {
    const person = signup({ kind: 'cpf', taxId: '52998224725', lookup: lookup({ state: 'none', attempt: 0 }) });
    const portal = await open({
      ...apiOf(),
      'GET signup/aurora': () => json({ signupPage: page({ acceptsCpf: true, refusesPersonalEmail: true }) }),
      'POST signup/aurora': () => json({ signup: person, token: TOKEN }, 201),
    });
    (document.querySelector('[role="radio"][value="cpf"]') as HTMLElement).click();
    await settle();
    await portal.type('CPF', '52998224725');
    await eventually(() => expect(portal.called(`GET signups/${ID}`).length).toBeGreaterThan(0));
    expect(portal.field('CPF').value).toBe('529.982.247-25');
    expect(main()).toContain('Nome e e-mail você escreve no próximo passo.');
    await portal.click('Continuar');
    expect(portal.heading()).toBe('Seus dados');
    expect(main()).not.toContain('Empresa');
    expect(main()).not.toContain(NO_PERSONAL);
    // Before the API has answered, too.
    const again = await open({
      ...apiOf(),
      'GET signup/aurora': () => json({ signupPage: page({ acceptsCpf: true }) }),
    });
    expect(again.heading()).toBe('Seus dados');
    expect(() => portal.field('Razão social')).toThrow();
  });

  it('a CPF in the field of the CNPJ makes the signup that of a person, where the portal takes people', async () => {
    const person = signup({ kind: 'cpf', taxId: '52998224725', lookup: lookup({ state: 'none', attempt: 0 }) });
    const portal = await open({
      ...apiOf(),
      'GET signup/aurora': () => json({ signupPage: page({ acceptsCpf: true }) }),
      'POST signup/aurora': () => json({ signup: person, token: TOKEN }, 201),
    });
    await portal.type('CNPJ', '52998224725');
    await eventually(() => expect(main()).toContain('Este é um CPF: o cadastro agora é de uma pessoa.'));
    expect(portal.field('CPF').value).toBe('529.982.247-25');
    await eventually(() => expect(portal.called('POST signup/aurora')).toHaveLength(1));
  });

  it.each(['33.683.111/0002-80', '12abc34501de35', 'CNPJ: 33683111000280'])(
    'a CNPJ in the field of the CPF makes the signup that of a company: %s',
    async (pasted) => {
      const portal = await open({
        ...apiOf(found),
        'GET signup/aurora': () => json({ signupPage: page({ acceptsCpf: true }) }),
      });
      (document.querySelector('[role="radio"][value="cpf"]') as HTMLElement).click();
      await settle();
      await portal.type('CPF', pasted);
      await eventually(() => expect(main()).toContain('Este é um CNPJ: o cadastro agora é de uma empresa.'));
      expect(portal.field('CNPJ').value).toHaveLength(18);
      expect(main()).not.toContain('dois números trocados? Se for um CNPJ');
    },
  );

  it('while the proof of a person’s signup is worked out, it says so', async () => {
    let answer = (_: Response) => {};
    const portal = await open({
      ...apiOf(),
      'GET signup/aurora': () => json({ signupPage: page({ acceptsCpf: true }) }),
      'POST signup/aurora': () => new Promise<Response>((resolve) => (answer = resolve)),
    });
    (document.querySelector('[role="radio"][value="cpf"]') as HTMLElement).click();
    await settle();
    await portal.type('CPF', '52998224725');
    await eventually(() => expect(main()).toContain('Preparando o cadastro'));
    expect(main()).not.toContain('registro público');
    const person = signup({ kind: 'cpf', taxId: '52998224725', lookup: lookup({ state: 'none', attempt: 0 }) });
    await eventually(() => expect(portal.called('POST signup/aurora')).toHaveLength(1));
    answer(json({ signup: person, token: TOKEN }, 201));
    await eventually(() => expect(main()).not.toContain('Preparando o cadastro'));
  });

  it('a CPF is said to be none of a company where the portal takes companies alone', async () => {
    const portal = await open(apiOf());
    await portal.type('CNPJ', '52998224725');
    await eventually(() => expect(main()).toContain('Este é um CPF. Aqui só empresas se cadastram'));
    expect(portal.called('POST signup/aurora')).toHaveLength(0);
    // No more than the start of a CNPJ.
    await portal.type('CNPJ', '5299822472500');
    await eventually(() => expect(main()).not.toContain('Este é um CPF'));
  });

  it.each([
    ['a slug that is none', problem(404, 'not_found'), 'Este endereço não tem cadastro'],
    ['one that is shut', json({ signupPage: page({ open: false, challenge: null }) }), 'O cadastro está fechado'],
  ])('S0.31 S0.32 %s has a page of its own', async (_what, answer, title) => {
    const portal = await open({ 'GET signup/aurora': () => answer });
    expect(portal.heading()).toBe(title);
    expect(portal.button('Entrar')).toBeTruthy();
  });
});

describe('while the register is asked', () => {
  it('S0.34 whoever wants to go on by hand does at once, and is told what happens', async () => {
    const portal = await open(apiOf(signup({ version: 2 })));
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Continue com seus dados.'));
    await portal.click('Preencher meus dados');
    await eventually(() => expect(portal.heading()).toBe('Quem administra'));
    expect(main()).toContain('O registro público ainda não respondeu. Continue à mão');
    expect(portal.field('Razão social').value).toBe('');
  });
});

describe('the second step of a signup', () => {
  const atAdministrator = async (api: Api = {}, facts = found) => {
    const portal = await open({ ...apiOf(facts), ...api });
    await portal.type('CNPJ', CNPJ);
    await eventually(() => expect(main()).toContain('Confeitaria Alvorada Ltda'));
    await portal.click('Continuar com esta empresa');
    await portal.type('Seu nome', 'Carolina Sampaio');
    await portal.type('E-mail', 'carolina@alvorada.example');
    await portal.type('Crie uma senha', 'pão de queijo às dez');
    return portal;
  };
  const confirming = sent({ status: 'awaiting_confirmation', actions: ['correct_email', 'resend', 'withdraw'] });

  it('S0.38 where signups were switched off meanwhile it says whom to talk to', async () => {
    const shut = () => problem(403, 'PORTAL_SIGNUP_DISABLED');
    const portal = await atAdministrator({ [`POST signups/${ID}/submit`]: shut });
    await portal.click('Criar cadastro');
    expect(document.querySelector('main [role="alert"] a[href="mailto:suporte@aurora.example"]')).not.toBeNull();
  });

  it('S0.36 S0.37 sends the data and says where the mail went; nothing of the password stays on the device', async () => {
    const portal = await atAdministrator({ [`POST signups/${ID}/submit`]: () => json({ signup: confirming }) });
    await portal.type('Telefone', '98765');
    await portal.click('Criar cadastro');
    expect(portal.errorOf('Telefone')).toContain('Confira o telefone');
    await portal.type('Telefone', '');
    await portal.click('Criar cadastro');
    await eventually(() => expect(portal.heading()).toBe('Confirme seu e-mail'));
    expect(portal.path()).toBe(`/signup/aurora/${ID}`);
    expect(portal.called(`POST signups/${ID}/submit`)[0]!.body).toMatchObject({
      administrator: { name: 'Carolina Sampaio', email: 'carolina@alvorada.example', phone: null },
      disputes: false,
    });
    expect(main()).toContain('carolina@alvorada.example');
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('queijo');
  });

  it('S0.36 asks about an address that looks mistyped, and takes the other one only when told to', async () => {
    const portal = await atAdministrator({ [`POST signups/${ID}/submit`]: () => json({ signup: confirming }) });
    await portal.type('E-mail', 'carolina@gmial.com');
    await eventually(() => expect(main()).toContain('Você quis dizer'));
    await portal.click('carolina@gmail.com');
    expect(document.activeElement).toBe(portal.field('E-mail'));
    expect(main()).not.toContain('Você quis dizer');
    await portal.type('E-mail', 'carolina@gmial.com');
    await portal.click('Criar cadastro');
    await eventually(() => expect(portal.called(`POST signups/${ID}/submit`)).toHaveLength(1));
    expect(portal.called(`POST signups/${ID}/submit`)[0]!.body).toMatchObject({
      administrator: { email: 'carolina@gmial.com' },
    });
  });

  it.each([true, false])('S0.36 tells companies beforehand that no personal address is taken: %s', async (refuses) => {
    await atAdministrator({
      'GET signup/aurora': () => json({ signupPage: page({ refusesPersonalEmail: refuses }) }),
    });
    expect(main().includes(NO_PERSONAL)).toBe(refuses);
  });

  it('S0.36 what the API refuses stands beside its field', async () => {
    const errors = [{ path: 'administrator.email', code: 'isDisposableEmail', message: 'Use um e-mail permanente.' }];
    const portal = await atAdministrator({
      [`POST signups/${ID}/submit`]: () => problem(422, 'validation_failed', { errors }),
    });
    await portal.click('Criar cadastro');
    expect(portal.errorOf('E-mail')).toBe('Use um e-mail permanente.');
  });

  it('asks for both consents, each by a box of its own, and names their version', async () => {
    const legal = page({ termsUrl: 'https://a.example/t', privacyUrl: 'https://a.example/p', termsVersion: '2026-11' });
    const portal = await atAdministrator({
      'GET signup/aurora': () => json({ signupPage: legal }),
      [`POST signups/${ID}/submit`]: () => json({ signup: confirming }),
    });
    await portal.click('Criar cadastro');
    expect(portal.called(`POST signups/${ID}/submit`)).toHaveLength(0);
    expect(main()).toContain('Versão 2026-11');
    for (const url of [legal.termsUrl, legal.privacyUrl])
      expect(document.querySelectorAll(`main a[href="${url}"]`)).toHaveLength(1);
    for (const box of document.querySelectorAll<HTMLElement>('[role="checkbox"]')) {
      expect(box.getAttribute('aria-checked')).toBe('false');
      box.click();
      await settle();
    }
    await portal.click('Criar cadastro');
    await eventually(() => expect(portal.called(`POST signups/${ID}/submit`)).toHaveLength(1));
    expect(portal.called(`POST signups/${ID}/submit`)[0]!.body).toMatchObject({
      consents: {
        ...{ terms: true, privacy: true, version: '2026-11' },
        ...{ termsUrl: legal.termsUrl, privacyUrl: legal.privacyUrl },
      },
    });
  });

  const [OLD, NEW] = [
    { termsUrl: 'https://a.example/t', privacyUrl: null },
    { termsUrl: 'https://a.example/t', privacyUrl: 'https://a.example/p' },
  ];
  const missing = () =>
    problem(400, 'validation_failed', {
      errors: [{ path: 'consents.privacy', code: 'mustAgree', message: 'É preciso concordar.' }],
    });
  const others = () => problem(409, 'conflict');

  it.each([
    ['one more is asked', OLD, NEW, missing, ['true', 'false']],
    ['one of them is at another address', NEW, { ...NEW, termsUrl: 'https://a.example/t2' }, others, ['false', 'true']],
    ['they are another version', NEW, { ...NEW, termsVersion: '2' }, others, ['false', 'false']],
  ])('where %s meanwhile it shows it, says why and leads to its box', async (_what, before, after, answer, ticked) => {
    let shown: Partial<SignupPageFacts> = before;
    const portal = await atAdministrator({
      'GET signup/aurora': () => json({ signupPage: page(shown) }),
      [`POST signups/${ID}/submit`]: answer,
    });
    const boxes = () => [...document.querySelectorAll<HTMLElement>('[role="checkbox"]')];
    for (const box of boxes()) box.click();
    await settle();
    shown = after;
    await portal.click('Criar cadastro');
    await eventually(() => expect(boxes().map((box) => box.getAttribute('aria-checked'))).toEqual(ticked));
    expect(main()).toContain('mudou enquanto você preenchia');
    await eventually(() => expect(document.activeElement).toBe(boxes()[ticked.indexOf('false')]));
    expect(main()).toContain('Para continuar, marque esta caixa.');
    expect(portal.field('Crie uma senha').value).toBe('pão de queijo às dez');
  });

  it('S0.37 whoever comes back by the first link is where they were, and goes back from there', async () => {
    await atAdministrator();
    const again = await open(apiOf(found));
    await eventually(() => expect(again.heading()).toBe('Quem administra'));
    expect(again.field('Seu nome').value).toBe('Carolina Sampaio');
    await again.click('Voltar');
    await eventually(() => expect(again.heading()).toBe('Sua empresa'));
    const once = await open(apiOf(found));
    await eventually(() => expect(once.heading()).toBe('Sua empresa'));
  });

  it('S0.37 another tab that begins another signup leaves it as it is, with the password that was typed', async () => {
    const portal = await atAdministrator();
    const before = { ...mine() };
    const other = { ...before, id: 'other', token: 'b.other', taxId: '33.683.111/0002-80', of: '33683111000280' };
    for (const now of [{ ...other, id: '', token: '' }, other]) {
      localStorage.setItem('balcao-signup:p-1', JSON.stringify(now));
      const [oldValue, newValue] = [before, now].map((draft) => JSON.stringify(draft));
      dispatchEvent(new StorageEvent('storage', { key: 'balcao-signup:p-1', oldValue, newValue }));
      await settle();
    }
    expect(portal.heading()).toBe('Quem administra');
    expect(portal.field('Crie uma senha').value).toBe('pão de queijo às dez');
    const again = await open(apiOf(found), '/signup/aurora/administrator');
    expect(again.heading()).toBe('Quem administra');
    expect(main()).toContain('Confeitaria Alvorada Ltda');
  });

  it('S0.35 what was typed is there again after a reload, but for the password', async () => {
    await atAdministrator();
    const kept = { ...localStorage };
    const again = await open(apiOf(found), '/signup/aurora/administrator');
    expect(Object.keys(kept).length).toBeGreaterThan(0);
    expect(again.field('Seu nome').value).toBe('Carolina Sampaio');
    expect(again.field('E-mail').value).toBe('carolina@alvorada.example');
    expect(again.field('Crie uma senha').value).toBe('');
    await again.click('Voltar');
    expect(again.field('CNPJ').value).toBe('12.ABC.345/01DE-35');
  });

  it('leads back to the number where there is none, and where the registry refuses it meanwhile', async () => {
    const portal = await open(apiOf(), '/signup/aurora/administrator');
    expect(portal.path()).toBe('/signup/aurora');
  });
});

describe('the third step of a signup', () => {
  it('shows an address with letters of its own as people read it', async () => {
    const administrator = { name: 'Carolina Sampaio', email: 'contato@xn--podoce-3ta.example', phone: null };
    await open(
      apiOf(sent({ status: 'awaiting_confirmation', actions: ['resend'], administrator })),
      `/signup/aurora/${ID}#token=${LINK}`,
    );
    await eventually(() => expect(main().split('contato@pãodoce.example')).toHaveLength(2));
    expect(main()).not.toContain('xn--');
  });

  const at = (facts: SignupFacts, api: Api = {}) =>
    open({ ...apiOf(facts), ...api }, `/signup/aurora/${ID}#token=${LINK}`);

  it.each([
    ['submitted', {}, 'Recebemos seus dados'],
    ['in_review', { actions: ['correct_email', 'withdraw'] }, 'Recebemos seu cadastro'],
    ['awaiting_confirmation', { actions: ['correct_email', 'resend', 'withdraw'] }, 'Confirme seu e-mail'],
    ['completed', { actions: [], taxId: null, company: null, administrator: null }, 'E-mail confirmado'],
    [
      'refused',
      { refusal: { code: 'staff', reason: 'Só atendemos Campinas.', since: null }, actions: [] },
      'O cadastro não foi aceito',
    ],
    ['withdrawn', { administrator: null, actions: [] }, 'Você desistiu deste cadastro'],
    ['expired', { administrator: null, actions: [] }, 'Este cadastro passou do prazo'],
  ] as const)('S0.37 the link of the mail opens one that is %s', async (status, more, title) => {
    const portal = await at(sent({ status, ...more } as Partial<SignupFacts>));
    expect(portal.heading()).toBe(title);
    if (status === 'refused') expect(main()).toContain('Só atendemos Campinas.');
    if (status === 'in_review') expect(main()).toContain('C-2026-000418');
    // One that waited for its e-mail to be confirmed had three days, any other thirty.
    if (status === 'expired') expect(main()).toMatch(/Ele não terminou a tempo(?!.*\bdias\b)/);
  });

  it.each([
    ['in review', () => sent({ status: 'in_review', actions: ['withdraw'] }), 'Com pressa?'],
    ['not active', () => ({ ...inactive('closed', 8), number: 'C-2026-000418' }), 'Prefere falar?'],
  ])('of one that is %s names whom to talk to in one line', async (_standing, facts, lead) => {
    const supportHours = { 'pt-BR': 'Seg. a sáb.', 'en-US': null };
    const { texts } = branding();
    const reachable = branding({ supportPhone: '0800 765 4321', texts: { ...texts, supportHours } });
    await at(facts(), { 'GET branding': () => json({ branding: reachable }) });
    await eventually(() => expect(main()).toContain(`${lead} 0800 765 4321 · Seg. a sáb.`));
  });

  it('keeps the postal code of a company in one piece', async () => {
    const facts = inactive('closed', 8);
    const address = {
      street: 'Rua Barão de Jaguara',
      number: '1481',
      city: 'Campinas',
      state: 'SP',
      postalCode: '13015002',
    };
    facts.company = { ...company, ...facts.company, address: { ...address, complement: null, district: null } };
    await at(facts);
    await eventually(() => expect(main()).toContain('SP, 13015-002'));
    expect(document.querySelector('dd .whitespace-nowrap')!.textContent).toBe('13015-002');
  });

  it('says until when no mail goes out, and what can be done meanwhile', async () => {
    const held = sent({
      status: 'awaiting_confirmation',
      actions: ['correct_email', 'resend', 'withdraw'],
      mailHeldUntil: '2026-11-27T12:00:00Z',
    });
    const portal = await at(held);
    expect(main()).toContain('Por hoje, nenhum outro e-mail');
    expect(main()).toContain('A partir de 27/11/2026');
    expect(main()).not.toContain('Enviamos um link');
    const again = [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent!.includes('Enviar de novo'),
    );
    expect(again!.disabled).toBe(true);
    await portal.click('Corrigir o e-mail');
    expect(portal.field('E-mail').value).toBe('carolina@alvorada.example');
  });

  it('goes on by itself once the address is confirmed elsewhere', async () => {
    const waiting = sent({ status: 'awaiting_confirmation', actions: ['resend'] });
    const portal = await open(
      apiOf(waiting, sent({ version: 10, status: 'completed', actions: [] })),
      `/signup/aurora/${ID}#token=${LINK}`,
    );
    await eventually(() => expect(portal.heading()).toBe('E-mail confirmado'));
    expect(main()).toContain('Entre com o e-mail que você confirmou');
  });

  it.each([
    ['of the signup', 'carolina@alvorada.example', 'Ir para o portal'],
    ['of somebody else', 'ana@padaria.example', 'Entrar'],
  ])('confirmed in another tab, a session %s is heard of: %s leads by “%s”', async (_whose, email, button) => {
    const waiting = sent({ status: 'awaiting_confirmation', actions: ['resend'] });
    const mine = me();
    const portal = await at(waiting, {
      'GET auth/me': () => json({ ...mine, user: { ...mine.user, email } }),
      [`GET signups/${ID}`]: ({ query }) => {
        if (Number(query.get('seen')) < waiting.version) return json({ signup: waiting });
        // The other tab has come in by then.
        signedIn(true);
        return json({ signup: sent({ version: 10, status: 'completed', actions: [] }) });
      },
    });
    await eventually(() => expect(portal.heading()).toBe('E-mail confirmado'));
    await eventually(() =>
      expect([...document.querySelectorAll('main a')].map((a) => a.textContent!.trim())).toEqual([button]),
    );
    expect(main().includes('você já entrou como carolina@alvorada.example')).toBe(button === 'Ir para o portal');
    expect(main().includes('Entre com o e-mail')).toBe(button === 'Entrar');
  });

  it.each(['submitted', 'in_review', 'awaiting_confirmation'] as const)(
    'S0.37 whoever has one that is %s makes another, once they have read that the device forgets this one; its mail leads to it',
    async (status) => {
      const waiting = sent({ status, actions: ['correct_email', 'resend', 'withdraw'] });
      const portal = await at(waiting);
      await portal.click('Fazer outro cadastro');
      await portal.click('Continuar neste');
      expect(mine()).toMatchObject({ id: ID, token: LINK });
      await portal.click('Fazer outro cadastro');
      expect(document.body.textContent).toContain('este aparelho o esquece');
      await portal.click('Fazer outro');
      await eventually(() => expect(portal.heading()).toBe('Sua empresa'));
      expect(portal.field('CNPJ').value).toBe('');
      expect(portal.called(`POST signups/${ID}/withdraw`)).toHaveLength(0);
      expect(localStorage.getItem('balcao-signup:p-1')).toBeNull();
      const mailed = await at(waiting);
      await eventually(() => expect(mailed.text()).toContain('Confeitaria Alvorada Ltda'));
    },
  );

  it('the address is corrected no more once it is confirmed elsewhere', async () => {
    const waiting = sent({ status: 'awaiting_confirmation', actions: ['correct_email', 'resend', 'withdraw'] });
    let confirm = () => {};
    const portal = await at(waiting, {
      [`GET signups/${ID}`]: ({ query }) =>
        Number(query.get('seen')) < waiting.version
          ? json({ signup: waiting })
          : new Promise((resolve) => {
              confirm = () => resolve(json({ signup: sent({ version: 10, status: 'completed', actions: [] }) }));
            }),
    });
    await portal.click('Corrigir o e-mail');
    expect(portal.field('E-mail').value).toBe('carolina@alvorada.example');
    confirm();
    await eventually(() => expect(portal.heading()).toBe('E-mail confirmado'));
    expect(() => portal.button('Salvar e enviar')).toThrow();
  });

  it('the address is corrected, the mail sent again, and the signup given up, each once it was asked for', async () => {
    const waiting = sent({ status: 'awaiting_confirmation', actions: ['correct_email', 'resend', 'withdraw'] });
    const administrator = { name: 'Carolina Sampaio', email: 'carol@alvorada.example', phone: null };
    const portal = await at(waiting, {
      [`POST signups/${ID}/email`]: () => json({ signup: { ...waiting, version: 10, administrator } }),
      [`POST signups/${ID}/resend`]: () => json({ signup: { ...waiting, version: 11, administrator } }),
      [`POST signups/${ID}/withdraw`]: () =>
        json({ signup: { ...waiting, version: 12, status: 'withdrawn', administrator: null, actions: [] } }),
    });
    await portal.click('Corrigir o e-mail');
    await portal.type('E-mail', 'carol@alvorada.example');
    await portal.click('Salvar e enviar');
    expect(main()).toContain('Enviamos um link para carol@alvorada.example');
    await portal.click('Enviar de novo');
    expect(main()).toMatch(/Enviar de novo em \d+ s/);
    await portal.click('Desistir do cadastro');
    expect(portal.called(`POST signups/${ID}/withdraw`)).toHaveLength(0);
    await portal.click('Desistir');
    expect(portal.heading()).toBe('Você desistiu deste cadastro');
  });

  it.each([
    ['another token', `/signup/aurora/${ID}#token=m.wrong`],
    ['a browser’s token in a link, which only somebody else can have made', `/signup/aurora/${ID}#token=${TOKEN}`],
    ['none', `/signup/aurora/${ID}`],
  ])('shows nothing to %s', async (_what, path) => {
    const portal = await open(apiOf(sent({ status: 'in_review' })), path);
    await eventually(() => expect(portal.heading()).toBe('Não encontramos este cadastro'));
    await portal.click('Fazer outro cadastro');
    expect(portal.heading()).toBe('Sua empresa');
  });
});

const mine = () => ({ ...JSON.parse(localStorage.getItem('balcao-signup:p-1')!) }) as Record<string, unknown>;

describe('the link of a signup where another is under way', () => {
  const openLinked = () => {
    const under = { id: 'mine', token: TOKEN, of: '12ABC34501DE35', taxId: '12.ABC.345/01DE-35', savedAt: Date.now() };
    localStorage.setItem('balcao-signup:p-1', JSON.stringify(under));
    return open(
      {
        ...apiOf(sent({ status: 'in_review' })),
        'GET signups/mine': ({ query }) =>
          Number(query.get('seen')) > 0 ? new Promise(() => {}) : json({ signup: { ...found, id: 'mine' } }),
      },
      `/signup/aurora/${ID}#token=${LINK}`,
    );
  };

  it('asks before it takes the place of that', async () => {
    const portal = await openLinked();
    expect(portal.heading()).toBe('Abrir outro cadastro aqui?');
    expect(main()).toContain('em andamento, de 12.ABC.345/01DE-35');
    expect(portal.called(`GET signups/${ID}`)).toHaveLength(0);
    await portal.click('Continuar o meu');
    expect(portal.heading()).toBe('Sua empresa');
    expect(mine()).toMatchObject({ id: 'mine', token: TOKEN });
  });

  it('takes it once somebody says so, with nothing of what was typed before', async () => {
    const portal = await openLinked();
    await portal.click('Abrir o do link');
    await eventually(() => expect(portal.heading()).toBe('Recebemos seu cadastro'));
    expect(mine()).toMatchObject({ id: ID, token: LINK, taxId: '', of: '' });
  });
});

describe('the link of the signup that is under way', () => {
  it.each([
    ['what the device has stays, where that opens it', TOKEN, TOKEN],
    ['it takes the place of what the device has, where that opens nothing any more', 'b.dead', LINK],
  ])('%s', async (_what, token, kept) => {
    localStorage.setItem('balcao-signup:p-1', JSON.stringify({ id: ID, token, of: CNPJ, savedAt: Date.now() }));
    const portal = await open(apiOf(sent({ status: 'in_review' })), `/signup/aurora/${ID}#token=${LINK}`);
    await eventually(() => expect(portal.heading()).toBe('Recebemos seu cadastro'));
    expect(mine()).toMatchObject({ id: ID, token: kept });
  });

  it('is not needed where the signup began on this device, at a portal that is archived since', async () => {
    const began = JSON.stringify({ id: ID, token: TOKEN, of: CNPJ, savedAt: Date.now() });
    localStorage.setItem('balcao-signup:archived', began);
    const portal = await open(apiOf(sent({ status: 'in_review' })), `/signup/aurora/${ID}`);
    await eventually(() => expect(portal.heading()).toBe('Recebemos seu cadastro'));
    expect(mine()).toMatchObject({ id: ID, token: TOKEN });
    // Another organization's, on the same host: whose it is says the API, and nothing is lost.
    expect(localStorage.getItem('balcao-signup:archived')).toBe(began);
  });

  it('of a newer mail opens it in the tab where the former one opened nothing', async () => {
    const portal = await open(apiOf(sent({ status: 'in_review' })), `/signup/aurora/${ID}#token=m.wrong`);
    await eventually(() => expect(portal.heading()).toBe('Não encontramos este cadastro'));
    await portal.router.push(`/signup/aurora/${ID}#token=${LINK}`);
    await eventually(() => expect(portal.heading()).toBe('Recebemos seu cadastro'));
  });

  it('S0.38 whoever sends the data by it goes on with what that answers, since no other token opens it then', async () => {
    const review = sent({ status: 'in_review', actions: ['correct_email', 'resend', 'withdraw'], version: 10 });
    let opens = LINK;
    const refused = inactive('suspended', 3);
    const portal = await open(
      {
        ...apiOf(),
        [`GET signups/${ID}`]: ({ query, headers }) => {
          if (headers.get('x-balcao-signup') !== opens) return problem(404, 'not_found');
          const now = opens === LINK ? refused : review;
          return now.version > Number(query.get('seen')) ? json({ signup: now }) : new Promise(() => {});
        },
        [`POST signups/${ID}/submit`]: () => json({ signup: review, token: (opens = 'b.new') }),
      },
      `/signup/aurora/${ID}#token=${LINK}`,
    );
    await portal.click('Pedir que uma pessoa confira');
    await portal.type('Seu nome', 'Carolina Sampaio');
    await portal.type('E-mail', 'carolina@alvorada.example');
    await portal.type('Crie uma senha', 'pão de queijo às dez');
    await portal.click('Criar cadastro');
    await eventually(() => expect(portal.heading()).toBe('Recebemos seu cadastro'));
    expect(mine()).toMatchObject({ id: ID, token: 'b.new' });
    const last = () => portal.called(`GET signups/${ID}`).at(-1)!.headers.get('x-balcao-signup');
    await eventually(() => expect(last()).toBe('b.new'));
    expect(portal.heading()).toBe('Recebemos seu cadastro');
  });
});

describe('the link that confirms a signup', () => {
  const confirmation = {
    email: 'carolina@alvorada.example',
    name: 'Carolina Sampaio',
    organizationName: 'Aurora',
    billingAccountName: 'Doces Alvorada',
    hasOthers: false,
    asksPassword: true,
  };

  it('says nothing of a session of somebody else’s to whoever has just come in by it', async () => {
    const said = textsThatShow();
    const portal = await open(
      {
        'POST signups/confirmation': () => json({ confirmation }),
        'POST signups/confirm': () => {
          signedIn(true);
          return json({ user: {} });
        },
      },
      '/confirm-signup#token=id.mac',
    );
    await portal.type('Crie uma senha', 'pão de queijo às dez');
    await portal.click('Confirmar e entrar');
    await eventually(() => expect(portal.path()).toBe('/'));
    expect(said()).not.toContain('está com a sessão aberta');
  });

  it('S0.37 leaves what is typed of another signup on this device', async () => {
    const another = { id: 'other', token: 'b.other', savedAt: Date.now(), administrator: { name: 'Bruna' } };
    localStorage.setItem('balcao-signup:p-1', JSON.stringify(another));
    const portal = await open(
      {
        'POST signups/confirmation': () => json({ confirmation }),
        'POST signups/confirm': () => json({ user: {} }),
      },
      '/confirm-signup#token=id.mac',
    );
    await portal.type('Crie uma senha', 'pão de queijo às dez');
    await portal.click('Confirmar e entrar');
    await eventually(() => expect(portal.path()).not.toContain('confirm'));
    expect(localStorage.getItem('balcao-signup:p-1')).toContain('Bruna');
  });

  it('whoever opens the page of signups again reads that theirs is done, and goes on from there', async () => {
    const own = { id: ID, token: TOKEN, of: CNPJ, taxId: CNPJ, step: 'status', savedAt: Date.now() };
    localStorage.setItem('balcao-signup:p-1', JSON.stringify(own));
    const confirmed = await open(
      {
        'POST signups/confirmation': () => json({ confirmation: { ...confirmation, asksPassword: false } }),
        'POST signups/confirm': () => json({ user: {} }),
      },
      '/confirm-signup#token=id.mac',
    );
    await eventually(() => expect(confirmed.path()).not.toContain('confirm'));
    expect(localStorage.getItem('balcao-signup:p-1')).not.toContain(CNPJ);
    const done = sent({ status: 'completed', actions: [], taxId: null, company: null, administrator: null });
    const again = await open(apiOf(done));
    await eventually(() => expect(again.heading()).toBe('E-mail confirmado'));
    expect([...document.querySelectorAll('main a')].map((a) => a.textContent!.trim())).toContain('Entrar');
    await again.click('Fazer outro cadastro');
    await eventually(() => expect(again.heading()).toBe('Sua empresa'));
    expect(again.field('CNPJ').value).toBe('');
  });

  it('of a newer message that is opened in the same tab takes the place of the one before', async () => {
    const portal = await open(
      {
        'POST signups/confirmation': ({ body }) =>
          (body as { token: string }).token === 'old' ? problem(400, 'token_invalid') : json({ confirmation }),
      },
      '/confirm-signup#token=old',
    );
    await eventually(() => expect(main()).toContain('Este link não vale mais'));
    await portal.router.push('/confirm-signup#token=new');
    await eventually(() => expect(main()).toContain('fora do navegador em que o cadastro foi feito'));
    expect(main()).not.toContain('Este link não vale mais');
  });

  it('says elsewhere why it asks for a password', async () => {
    await open({ 'POST signups/confirmation': () => json({ confirmation }) }, '/confirm-signup#token=id.mac');
    await eventually(() => expect(main()).toContain('fora do navegador em que o cadastro foi feito'));
    expect(main()).toContain('portal de Aurora');
  });

  it.each([
    [true, 'você já entrou como ana@padaria.example', 'Ir para o portal', '/'],
    [false, 'é só entrar', 'Entrar', '/login'],
  ])('that was used leads on; with a session: %s', async (session, text, button, path) => {
    const portal = await openPortal('/confirm-signup#token=id.mac', {
      api: { 'POST signups/confirmation': () => problem(400, 'token_used') },
      session,
    });
    await eventually(() => expect(main()).toContain(text));
    await portal.click(button);
    await eventually(() => expect(portal.path()).toBe(path));
  });

  it('that was replaced leads to where another one is asked for, on any device', async () => {
    const portal = await open(
      {
        'POST signups/confirmation': () => problem(400, 'token_invalid'),
        'POST auth/resend-verification': () => json({ message: 'x' }, 202),
      },
      '/confirm-signup#token=id.mac',
    );
    await eventually(() => expect(main()).toContain('Este link não vale mais'));
    await portal.click('Pedir outro link');
    expect(portal.path()).toBe('/verify-email');
    await portal.type('E-mail', 'carolina@alvorada.example');
    await portal.click('Enviar outro link');
    expect(portal.called('POST auth/resend-verification')[0]?.body).toEqual({ email: 'carolina@alvorada.example' });
    expect(portal.text()).toContain('poucos e-mails por dia');
  });

  it.each([
    ['in the browser where it was made', false],
    ['elsewhere, once a password is chosen', true],
  ])(
    'S0.40 whose company became a customer meanwhile, opened %s: says so, and asks its administrators',
    async (_where, asksPassword) => {
      const confirmation = {
        email: 'carolina@alvorada.example',
        name: 'Carolina Sampaio',
        organizationName: 'Aurora',
        billingAccountName: 'Doces Alvorada',
        hasOthers: false,
        asksPassword,
      };
      const portal = await open(
        {
          'POST signups/confirmation': () => json({ confirmation }),
          'POST signups/confirm': () =>
            problem(409, 'signup_already_registered', { signup: { id: ID, token: 'm.mac' } }),
          [`POST signups/${ID}/ask-administrator`]: () => json({ success: true }),
        },
        '/confirm-signup#token=id.mac',
      );
      if (asksPassword) {
        await portal.type('Crie uma senha', 'quatro palavras sem nexo');
        await portal.click('Confirmar e entrar');
      }
      await eventually(() => expect(main()).toContain('a empresa se tornou cliente de'));
      await portal.click('Pedir acesso a quem administra');
      expect(main()).toContain('Pedido enviado');
      const [asked] = portal.called(`POST signups/${ID}/ask-administrator`);
      expect(asked!.headers.get('x-balcao-signup')).toBe('m.mac');
      expect(asked!.body).toEqual({ name: 'Carolina Sampaio', email: 'carolina@alvorada.example' });
      await portal.click('Entrar');
      expect(portal.path()).toBe('/login');
    },
  );
});
