import type { SignupListItem } from '@balcao/api-client';
import { describe, expect, it } from 'vitest';
import type { Signup } from '../src/data/signups.js';
import { factsOf } from '../src/features/signups/outcome.js';
import { eventually, json, listOf, me, openConsole, problem, settle, type Api } from './harness.js';
import { hearLive, tell } from './live.js';

const address = {
  street: 'Rua Barão de Jaguara',
  number: '1481',
  complement: null,
  district: null,
  postalCode: '13015002',
  city: 'Campinas',
  state: 'SP',
};
const company: NonNullable<Signup['company']> = {
  legalName: 'Confeitaria Alvorada Ltda',
  tradeName: 'Doces Alvorada',
  situation: 2,
  situationSince: null,
  situationReason: null,
  openedOn: null,
  mainActivity: null,
  legalNature: null,
  size: null,
  phone: '1935550142',
  email: null,
  address,
};
const signup = (more: Partial<Signup> = {}): Signup => ({
  legalName: more.corrections?.legalName ?? (more.company === undefined ? company : more.company)?.legalName ?? null,
  correctedFields: [],
  id: 'g-1',
  version: 4,
  number: 'C-2026-000418',
  kind: 'cnpj',
  taxId: '12ABC34501DE35',
  locale: 'pt-BR',
  status: 'in_review',
  lookup: { state: 'active', attempt: 1, attempts: 4, nextAttemptAt: null, answeredAt: '2026-11-26T12:00:01Z' },
  company,
  corrections: { phone: '(19) 3555-0199' },
  administrator: { name: 'Carolina Sampaio', email: 'carolina@alvorada.example', phone: null },
  refusal: null,
  expiresAt: '2026-12-26T12:00:00Z',
  createdAt: '2026-11-26T12:00:00Z',
  submittedAt: '2026-11-26T12:01:00Z',
  disputed: false,
  consents: [{ kind: 'terms', url: 'https://aurora.example/termos', version: '2026-11', at: '2026-11-26T12:01:00Z' }],
  typed: null,
  correctedByName: null,
  correctedAt: null,
  reviewedByName: null,
  reviewedAt: null,
  billingAccountId: null,
  taxIdCustomer: null,
  accessRequest: null,
  ...more,
});
const item: SignupListItem = {
  id: 'g-1',
  number: 'C-2026-000418',
  kind: 'cnpj',
  taxId: '12ABC34501DE35',
  companyName: 'Confeitaria Alvorada Ltda',
  status: 'in_review',
  lookup: 'active',
  refusal: null,
  administratorName: 'Carolina Sampaio',
  administratorEmail: 'carolina@alvorada.example',
  createdAt: '2026-11-26T12:00:00Z',
  submittedAt: '2026-11-26T12:01:00Z',
  taxIdCustomer: null,
};
const working = (start = signup(), more: Api = {}): Api => {
  let now = start;
  const answer = (change: Partial<Signup>) => () => json({ signup: (now = { ...now, ...change, version: 5 }) });
  return {
    'GET signups': () => json(listOf([item])),
    'GET signups/g-1': () => json({ signup: now }),
    'PATCH signups/g-1': answer({ corrections: { legalName: 'Alvorada' }, legalName: 'Alvorada' }),
    'POST signups/g-1/approve': answer({
      status: 'awaiting_confirmation',
      reviewedByName: 'Rafael',
      billingAccountId: 'b-1',
    }),
    'POST signups/g-1/refuse': answer({
      status: 'refused',
      refusal: { code: 'staff', reason: 'Só atendemos Campinas.', since: null },
    }),
    ...more,
  };
};
const open = (api: Api = working(), path = '/console/signups/g-1') => openConsole(path, { api });
const dialog = () => document.querySelector('[role="dialog"]')!;
async function inDialog(label: string): Promise<void> {
  const buttons = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')];
  buttons.find((one) => one.textContent?.trim() === label)!.click();
  await settle();
}

describe('what an approval makes of a signup', () => {
  const typed = { legalName: 'Outra Razão', tradeName: 'Alvorada' };
  it.each([
    ['the register names an active company', {}, 'legalName', 'Confeitaria Alvorada Ltda', false],
    [
      'and not what was typed',
      { corrections: typed, legalName: company.legalName },
      'legalName',
      'Confeitaria Alvorada Ltda',
      true,
    ],
    ['or what staff know better', { corrections: typed, legalName: 'Outra Razão' }, 'legalName', 'Outra Razão', true],
    ['what was typed comes first', { corrections: typed }, 'tradeName', 'Alvorada', true],
    ['what was removed goes to nobody', { corrections: { tradeName: null } }, 'tradeName', '', true],
    ['of an address, too', { corrections: { address: null } }, 'address', '', true],
    [
      'a name in the register stays',
      { corrections: { legalName: null } },
      'legalName',
      'Confeitaria Alvorada Ltda',
      false,
    ],
    ['what was not typed is as the register has it', {}, 'tradeName', 'Doces Alvorada', false],
    ['an e-mail that nobody has said is the administrator’s', {}, 'email', 'carolina@alvorada.example', false],
    [
      'marks and capitals are no difference',
      { corrections: { tradeName: 'DOCES  ALVORADA.' } },
      'tradeName',
      'DOCES  ALVORADA.',
      false,
    ],
    [
      'a telephone stands there as people write it',
      { corrections: { phone: '19987654321' } },
      'phone',
      '(19) 98765-4321',
      true,
    ],
    ['and other marks are no difference', { corrections: { phone: '19 3555 0142' } }, 'phone', '(19) 3555-0142', false],
    ['an address is one line', {}, 'address', 'Rua Barão de Jaguara, 1481, Campinas, SP, 13015-002', false],
    [
      'without a register it is what was typed',
      { company: null, corrections: typed },
      'legalName',
      'Outra Razão',
      false,
    ],
  ] as const)('%s', (_what, more, name, outcome, differs) => {
    const row = factsOf(signup(more as Partial<Signup>)).find((fact) => fact.name === name);
    expect(row).toMatchObject({ outcome, differs });
  });
});

describe('signups', () => {
  it('are listed by where they stand, and the menu counts those to review', async () => {
    const page = await open(working(), '/console/signups?status=in_review&q=alvorada');
    expect(page.text()).toContain('Confeitaria Alvorada Ltda');
    const asked = page.called('GET signups').map(({ query }) => Object.fromEntries(query));
    expect(asked).toContainEqual({ q: 'alvorada', status: 'in_review', page: '1', limit: '25' });
    expect(asked).toContainEqual({ status: 'in_review', limit: '1' });
    expect(page.links()).toContain('Cadastros (1 para conferir)');
  });

  it('begin with what waits for staff; all are one step away, and a search goes through all', async () => {
    const page = await open(working(), '/console/signups');
    const last = () => Object.fromEntries(page.called('GET signups').at(-1)!.query);
    const listed = () => page.called('GET signups').map(({ query }) => Object.fromEntries(query));
    expect(listed()).toContainEqual({ status: 'in_review', page: '1', limit: '25', sent: 'yes' });
    await page.click('Ver todos');
    // A number that was merely typed is nobody's signup.
    await eventually(() => expect(last()).toEqual({ page: '1', limit: '25', sent: 'yes' }));
    expect(page.button('Só os que esperam')).toBeTruthy();
    const searched = await open(working(), '/console/signups?q=alvorada');
    await eventually(() =>
      expect(searched.called('GET signups').map(({ query }) => Object.fromEntries(query))).toContainEqual({
        q: 'alvorada',
        page: '1',
        limit: '25',
      }),
    );
  });

  it('numbers that were merely typed are shown where they are asked for, and quietly', async () => {
    const typed = { ...item, status: 'refused' as const, refusal: 'closed' as const, submittedAt: null };
    const page = await open(
      { ...working(), 'GET signups': () => json(listOf([typed])) },
      '/console/signups?status=typed',
    );
    const asked = page.called('GET signups').map(({ query }) => Object.fromEntries(query));
    expect(asked).toContainEqual({ page: '1', limit: '25', sent: 'no' });
    const badge = [...document.querySelectorAll('td.pill span')].find(({ textContent }) => textContent === 'Recusado');
    expect(badge?.className).not.toContain('danger');
  });

  it('whose the number is stands in the list, with the way there', async () => {
    const taxIdCustomer = { id: 'b-2', name: 'Davi Prado' };
    const taken = { ...item, kind: 'cpf' as const, status: 'completed' as const, taxIdCustomer };
    await open({ ...working(), 'GET signups': () => json(listOf([taken])) }, '/console/signups?status=all');
    expect(document.querySelector('td a[href="/console/customers/b-2"]')?.textContent).toBe('Davi Prado');
  });

  it('a person is told of as one, and goes to the customer with their name', async () => {
    const page = await open(
      working(
        signup({
          kind: 'cpf',
          taxId: '39053344705',
          company: null,
          corrections: null,
          lookup: { ...signup().lookup, state: 'none' },
        }),
      ),
    );
    expect(page.text()).toContain('Dados da pessoa');
    expect(page.text()).not.toMatch(/Razão social|Nome fantasia|empresa/i);
    const [name] = [...document.querySelectorAll('tbody tr')];
    expect([...name!.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Carolina Sampaio'),
      expect.stringContaining('Carolina Sampaio'),
    ]);
    await page.click('Corrigir');
    expect(() => page.field('Razão social')).toThrow();
    await page.type('Telefone', '(19) 3555-0199');
    await inDialog('Salvar');
    expect(page.called('PATCH signups/g-1')[0]!.body).toMatchObject({ company: { phone: '(19) 3555-0199' } });
  });

  it('the customer bears one name before and while an approval is asked', async () => {
    const page = await open();
    expect(page.text()).toContain('Doces Alvorada vira cliente, com os dados');
    await page.click('Aprovar');
    expect(document.querySelector('[role="dialog"]')!.textContent).toContain('Doces Alvorada vira cliente, e um');
    expect(document.querySelector('[role="dialog"]')!.textContent).not.toContain('Ltda');
    await inDialog('Voltar');
  });

  it('an approval is asked first, and told', async () => {
    const page = await open();
    expect(page.text()).toContain('Este portal pede que alguém confira cada cadastro.');
    expect(page.text()).toContain('Diferente');
    await page.click('Aprovar');
    expect(page.called('POST signups/g-1/approve')).toHaveLength(0);
    await inDialog('Aprovar');
    expect(page.called('POST signups/g-1/approve')[0]!.body).toEqual({ version: 4 });
    expect(page.text()).toContain('Esperando o e-mail');
    expect(page.button('Abrir o cliente')).toBeTruthy();
  });

  it('a refusal shows its mail in the language of who reads it, and says so to staff of another', async () => {
    const page = await open(working(signup({ locale: 'en-US' })));
    await page.click('Recusar');
    await page.type('Motivo', 'We only serve Campinas.');
    expect(dialog().querySelector('[lang="en-US"]')!.textContent).toContain('went no further');
    expect(dialog().textContent).toContain('Reason: We only serve Campinas.');
    expect(dialog().textContent).toContain('A pessoa lê em English: escreva o motivo nessa língua.');
  });

  it('a refusal shows its reason as the mail will have it', async () => {
    const page = await open();
    await page.click('Recusar');
    await inDialog('Recusar e enviar');
    expect(page.errorOf('Motivo')).toBe('Escreva o motivo: ele vai no e-mail.');
    await page.type('Motivo', 'Só atendemos Campinas.');
    expect(page.text()).toContain('Motivo: Só atendemos Campinas.');
    expect(page.text()).not.toContain('A pessoa lê em');
    await inDialog('Recusar e enviar');
    expect(page.called('POST signups/g-1/refuse')[0]!.body).toEqual({ version: 4, reason: 'Só atendemos Campinas.' });
    expect(page.text()).toContain('Recusado pela equipe');
  });

  it('what nobody has named is corrected before it is approved', async () => {
    const page = await open(working(signup({ company: null, corrections: null })));
    expect(page.text()).toContain('Falta a razão social.');
    expect((page.button('Aprovar') as HTMLButtonElement).disabled).toBe(true);
    await page.click('Corrigir');
    await page.type('Telefone', '(20) 3555-0199');
    await inDialog('Salvar');
    expect(page.errorOf('Telefone')).toContain('Confira o telefone');
    expect(page.called('PATCH signups/g-1')).toHaveLength(0);
    await page.type('Telefone', '(19) 3555-0199');
    await page.type('Razão social', 'Alvorada');
    await page.type('Telefone de quem administra', '(20) 98765-4321');
    await inDialog('Salvar');
    expect(page.errorOf('Telefone de quem administra')).toContain('Confira o telefone');
    expect(page.called('PATCH signups/g-1')).toHaveLength(0);
    await page.type('Telefone de quem administra', '(19) 98765-4321');
    await inDialog('Salvar');
    // What was left as it is goes nowhere.
    expect(page.called('PATCH signups/g-1')[0]!.body).toEqual({
      version: 4,
      company: { legalName: 'Alvorada', phone: '(19) 3555-0199' },
      administrator: { phone: '(19) 98765-4321' },
    });
    await eventually(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
    expect((page.button('Aprovar') as HTMLButtonElement).disabled).toBe(false);
  });

  it('what was removed stands there as such; a correction sends what was changed and leaves the rest as it was', async () => {
    const page = await open(working(signup({ corrections: { tradeName: null } })));
    const row = [...document.querySelectorAll('tr')].find(({ textContent }) => textContent?.includes('Nome fantasia'))!;
    const shown = [...row.querySelectorAll('td bdi')].map(({ textContent }) => textContent);
    expect(shown).toEqual(['Doces Alvorada', 'Apagado', '—']);
    await page.click('Corrigir');
    expect(page.field('Nome fantasia').value).toBe('');
    expect(page.field('Telefone').value).toBe('(19) 3555-0142');
    expect(page.field('Cidade').value).toBe('Campinas');
    // What is short stands in pairs, also on a phone.
    const labels = [...dialog().querySelectorAll<HTMLElement>('label')];
    const halves = labels.filter((label) => !label.closest('.col-span-full')).map(({ textContent }) => textContent);
    expect(halves.map((text) => text.replace(/\s*\(opcional\)|\s+opcional/i, '').trim())).toEqual([
      'CEP',
      'UF',
      'Número',
      'Complemento',
    ]);
    await page.type('CEP', '123');
    await page.type('UF', 'XX');
    await inDialog('Salvar');
    expect(dialog().textContent).toContain('O CEP tem 8 números');
    expect(dialog().textContent).toContain('Escreva a sigla do estado');
    await page.type('CEP', '13.015-002');
    await page.type('UF', 'SP');
    await page.type('Telefone', '');
    await page.type('Número', '');
    await inDialog('Salvar');
    expect(page.called('PATCH signups/g-1')[0]!.body).toMatchObject({
      company: { phone: null, address: { ...address, number: null } },
    });
    expect((page.called('PATCH signups/g-1')[0]!.body as { company: object }).company).not.toHaveProperty('tradeName');
  });

  it('what was typed in a dialog is asked about before it is lost, and staying is the first choice', async () => {
    const page = await open();
    await page.click('Corrigir');
    const escape = async () => {
      const pressed = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
      page.field('Nome fantasia').dispatchEvent(pressed);
      await settle();
    };
    await page.type('Nome fantasia', 'Alvorada');
    await escape();
    await eventually(() => expect(document.body.textContent).toContain('Sair sem salvar?'));
    const looks = (label: string) =>
      [...document.querySelectorAll('[role="dialog"] button')].find(({ textContent }) => textContent?.trim() === label)!
        .className;
    expect(looks('Continuar editando')).toMatch(/ bg-brand( |$)/);
    expect(looks('Sair sem salvar')).not.toMatch(/ bg-brand( |$)/);
    await inDialog('Continuar editando');
    expect(page.field('Nome fantasia').value).toBe('Alvorada');
    await inDialog('Cancelar');
    await inDialog('Sair sem salvar');
    await eventually(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
    expect(page.called('PATCH signups/g-1')).toHaveLength(0);
    // What was not touched is closed at once.
    await page.click('Corrigir');
    await escape();
    await eventually(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
  });

  it('who asked for access to a customer stands there, with the day and the customer', async () => {
    const accessRequest = { name: 'Rui Dias', email: 'rui@estrela.example', at: '2026-11-26T12:01:30Z' };
    const page = await open(
      working(
        signup({
          status: 'refused',
          refusal: { code: 'already_registered', reason: null, since: null },
          administrator: null,
          accessRequest,
          taxIdCustomer: { id: 'b-2', name: 'Padaria Estrela' },
        }),
      ),
    );
    for (const part of ['Pedido de acesso', accessRequest.name, accessRequest.email, 'ninguém conferiu'])
      expect(page.text()).toContain(part);
    expect(document.querySelector(`time[datetime="${accessRequest.at}"]`)).not.toBeNull();
    expect(document.querySelector('a[href="/console/customers/b-2"]')?.textContent).toBe('Padaria Estrela');
  });

  it('what was agreed to stands there with its version and the day; a CPF that is another customer’s is told of', async () => {
    const refusal = { code: 'already_registered' as const, reason: null, since: null };
    const page = await open(
      working(
        signup({
          kind: 'cpf',
          status: 'completed',
          refusal,
          billingAccountId: 'b-1',
          taxIdCustomer: { id: 'b-2', name: 'Davi Prado' },
        }),
      ),
    );
    expect(page.text()).toContain('Termos aceitos');
    expect(page.text()).toContain('versão 2026-11');
    expect(document.querySelector('a[href="https://aurora.example/termos"]')?.textContent).toBe('Termos de uso');
    expect(document.querySelector('time[datetime="2026-11-26T12:01:00Z"]')).not.toBeNull();
    expect(page.text()).toContain('O CPF já é de outro cliente');
    expect(page.text()).toContain('O CPF é de Davi Prado');
    expect(page.text()).toContain('Não ponha o CPF aqui.');
    expect(document.querySelector('a[href="/console/customers/b-2"]')).not.toBeNull();
  });

  it('what the person wrote stays in sight after a correction, with who corrected it', async () => {
    await open(
      working(
        signup({
          corrections: { tradeName: 'Alvorada' },
          typed: {
            corrections: { tradeName: 'Alvrada' },
            administrator: { name: 'Carol', email: 'carolina@alvorada.example', phone: '1935550199' },
          },
          correctedByName: 'Rafael',
          correctedAt: '2026-11-26T13:00:00Z',
        }),
      ),
    );
    const row = [...document.querySelectorAll('tr')].find(({ textContent }) => textContent?.includes('Nome fantasia'))!;
    expect([...row.querySelectorAll('td bdi')].map(({ textContent }) => textContent)).toEqual([
      'Doces Alvorada',
      'Alvrada',
      'Alvorada',
    ]);
    const main = document.querySelector('main')!.textContent;
    expect(main).toContain('Corrigido por Rafael');
    expect(main).toContain('Digitado: Carol, (19) 3555-0199');
  });

  it('a legal name that staff corrected goes to the customer, and says who wrote it; the form begins with it', async () => {
    const opened = await open(
      working(
        signup({
          corrections: { legalName: 'Alvorada Alterada Ltda', tradeName: null },
          typed: { corrections: {}, administrator: null },
          correctedFields: [{ field: 'company.legalName', by: 'Rafael' }],
          correctedByName: 'Ana',
          correctedAt: '2026-11-26T13:00:00Z',
        }),
      ),
    );
    const row = [...document.querySelectorAll('tr')].find(({ textContent }) => textContent?.includes('Razão social'))!;
    const [registry, typed, outcome] = [...row.querySelectorAll('td')].map(({ textContent }) => textContent);
    expect([registry, typed]).toEqual([
      expect.stringContaining('Confeitaria Alvorada Ltda'),
      expect.stringContaining('—'),
    ]);
    expect(outcome).toMatch(/Alvorada Alterada Ltda.*Corrigido por Rafael/);
    expect(document.querySelector('h1')!.textContent).toContain('Alvorada Alterada Ltda');
    expect(document.body.textContent).toContain('Alvorada Alterada Ltda vira cliente');
    await opened.click('Corrigir');
    expect(opened.field('Razão social').value).toBe('Alvorada Alterada Ltda');
  });

  it('an answer of the register that was kept before stands after the beginning', async () => {
    const lookup = { ...signup().lookup, answeredAt: '2026-11-20T12:00:00Z' };
    const page = await open(working(signup({ lookup })));
    const text = page.text();
    expect(text.indexOf('Cadastro começado')).toBeLessThan(text.lastIndexOf('diz que a empresa está ativa'));
  });

  describe('that somebody else changes meanwhile', () => {
    const ELSEWHERE = { name: 'Carolina Sampaio', email: 'carol@alvorada.example', phone: null };
    /** The API as it refuses what was decided on another version, and a page that hears of changes. */
    async function shared() {
      hearLive();
      let now = signup();
      const decide: Api[string] = ({ body }) => {
        const { version } = body as { version: number };
        return version === now.version ? json({ signup: now }) : problem(409, 'conflict');
      };
      const page = await open({
        ...working(),
        'GET signups/g-1': () => json({ signup: now }),
        'PATCH signups/g-1': decide,
        'POST signups/g-1/approve': decide,
        'POST signups/g-1/refuse': decide,
      });
      const sent = (call: string) => page.called(call).map(({ body }) => body as { version: number });
      /** @param tells whether the page hears of it at once */
      const change = async (more: Partial<Signup>, tells = true) => {
        now = signup({ ...more, version: now.version + 1 });
        const read = page.called('GET signups/g-1').length;
        if (!tells) return;
        tell({ name: 'signup.changed', ids: { signupId: 'g-1' } });
        await eventually(() => expect(page.called('GET signups/g-1').length).toBeGreaterThan(read));
        await settle();
      };
      return { page, sent, change };
    }

    it.each([true, false])('is not written over by a correction, told of it or not: %s', async (tells) => {
      const { page, sent, change } = await shared();
      await page.click('Corrigir');
      await page.type('Nome fantasia', 'Alvorada');
      await change({ administrator: ELSEWHERE, corrections: { phone: '(19) 3555-0100' } }, tells);
      await inDialog('Salvar');
      expect(sent('PATCH signups/g-1')).toEqual([{ version: 4, company: { tradeName: 'Alvorada' } }]);
      expect(page.text()).toContain('Outra pessoa mudou esta página');
      expect(page.text()).toContain('O que mudou: Telefone, E-mail de acesso');
      await inDialog('Ver a versão atual');
      expect(page.field('E-mail de acesso').value).toBe('carol@alvorada.example');
      expect(page.field('Nome fantasia').value).toBe('Alvorada');
      await inDialog('Salvar');
      expect(sent('PATCH signups/g-1').at(-1)).toEqual({ version: 5, company: { tradeName: 'Alvorada' } });
    });

    it('stays beside what is saved over it', async () => {
      const { page, sent, change } = await shared();
      await page.click('Corrigir');
      await page.type('E-mail de acesso', 'caro@alvorada.example');
      await change({ administrator: ELSEWHERE });
      await inDialog('Salvar');
      await inDialog('Salvar a minha');
      expect(sent('PATCH signups/g-1').at(-1)).toEqual({
        version: 5,
        administrator: { email: 'caro@alvorada.example' },
      });
    });

    it.each([true, false])('is not what was approved, told of it or not: %s', async (tells) => {
      const { page, sent, change } = await shared();
      await page.click('Aprovar');
      expect(dialog().textContent).toContain('link para entrar vai para carolina@alvorada.example');
      await change({ administrator: ELSEWHERE }, tells);
      await inDialog('Aprovar');
      expect(sent('POST signups/g-1/approve')).toEqual([{ version: 4 }]);
      expect(page.text()).toContain('Outra pessoa mudou este cadastro enquanto você decidia: E-mail de acesso.');
      await page.click('Aprovar');
      expect(dialog().textContent).toContain('carol@alvorada.example');
      await inDialog('Aprovar');
      expect(sent('POST signups/g-1/approve').at(-1)).toEqual({ version: 5 });
    });

    it.each([true, false])('is not what was refused, told of it or not: %s', async (tells) => {
      const { page, sent, change } = await shared();
      await page.click('Recusar');
      await page.type('Motivo', 'Só atendemos Campinas.');
      await change({ administrator: ELSEWHERE }, tells);
      expect(dialog().textContent).toContain('carolina@alvorada.example');
      await inDialog('Recusar e enviar');
      expect(sent('POST signups/g-1/refuse')).toMatchObject([{ version: 4 }]);
      expect(dialog().textContent).toContain(
        'Outra pessoa mudou este cadastro enquanto você decidia: E-mail de acesso.',
      );
      expect(dialog().textContent).toContain('carol@alvorada.example');
      expect(page.field('Motivo').value).toBe('Só atendemos Campinas.');
      await inDialog('Recusar e enviar');
      expect(sent('POST signups/g-1/refuse').at(-1)).toMatchObject({ version: 5 });
    });

    const DECIDED = {
      status: 'awaiting_confirmation',
      reviewedByName: 'Rafael',
      reviewedAt: '2026-11-26T13:00:00Z',
    } as const;

    it.each([
      ['Recusar', 'Motivo', 'Recusar e enviar'],
      ['Corrigir', 'Nome fantasia', 'Salvar'],
    ])('by deciding, is told in the dialog of “%s”, which keeps what was written', async (opens, field, sends) => {
      const { page, change } = await shared();
      await page.click(opens);
      await page.type(field, 'Só atendemos Campinas.');
      await change(DECIDED);
      await eventually(() => expect(dialog().textContent).toContain('Rafael aprovou este cadastro'));
      expect(page.field(field).value).toBe('Só atendemos Campinas.');
      expect(() => page.button(sends)).toThrow();
    });

    it('by deciding, is told to whoever refuses just then', async () => {
      const { page, change, sent } = await shared();
      await page.click('Recusar');
      await page.type('Motivo', 'Só atendemos Campinas.');
      await change(DECIDED, false);
      await inDialog('Recusar e enviar');
      expect(sent('POST signups/g-1/refuse')).toHaveLength(1);
      await eventually(() => expect(dialog().textContent).toContain('Rafael aprovou este cadastro'));
      expect(dialog().textContent).toContain('Nada do que você fez aqui foi enviado');
      expect(page.field('Motivo').value).toBe('Só atendemos Campinas.');
    });

    it('by refusing, is told to whoever approves just then', async () => {
      const { page, change } = await shared();
      await page.click('Aprovar');
      await change({ ...DECIDED, status: 'refused', refusal: { code: 'staff', reason: 'Não.', since: null } }, false);
      await inDialog('Aprovar');
      await eventually(() => expect(page.text()).toContain('Rafael recusou este cadastro'));
      expect(page.text()).not.toContain('decida de novo');
    });

    it('may be nothing that is shown here', async () => {
      const { page, change } = await shared();
      await page.click('Aprovar');
      await change({}, false);
      await inDialog('Aprovar');
      expect(page.text()).toContain('Este cadastro mudou enquanto você decidia.');
    });
  });

  it('whoever may only read decides nothing', async () => {
    const page = await openConsole('/console/signups/g-1', {
      api: { ...working(), 'GET auth/me': () => json(me('agent')) },
    });
    expect(page.heading()).toBe('Confeitaria Alvorada Ltda');
    expect(() => page.button('Aprovar')).toThrow();
  });
});
