import type { PortalDomain } from '@balcao/api-client';
import { describe, expect, it, vi } from 'vitest';
import { eventually, json, openConsole, problem, type Api } from './harness.js';
import { domain, working } from './portals.js';

const open = (known: PortalDomain | null, api: Api = {}) =>
  openConsole('/console/portal/domain', {
    api: working({ 'GET portals/p-1/domain': () => json({ domain: known }), ...api }),
  });
const text = () => document.querySelector('main')!.textContent;

describe('S3.39 the domain of a portal', () => {
  it('is claimed without what people paste around it', async () => {
    const page = await open(null, { 'PUT portals/p-1/domain': () => json({ domain: domain() }) });
    await page.type('Domínio', 'https://Portal.Aurora.com.br/entrar');
    // Seen before it is sent.
    expect(page.field('Domínio').value).toBe('portal.aurora.com.br');
    await page.click('Continuar');
    expect(page.called('PUT portals/p-1/domain')[0]!.body).toEqual({ domain: 'portal.aurora.com.br' });
  });

  it('that is none keeps what was typed, with the reason beside it', async () => {
    const errors = [{ path: 'domain', code: 'isPublicSuffix', message: 'Este final de endereço é de todos.' }];
    const page = await open(null, { 'PUT portals/p-1/domain': () => problem(400, 'validation_failed', { errors }) });
    await page.type('Domínio', 'com.br');
    await page.click('Continuar');
    await eventually(() => expect(text()).toContain('Este final de endereço é de todos.'));
    expect(page.field('Domínio').value).toBe('com.br');
  });

  it.each([
    [
      domain(),
      ['Aguardando o registro', 'o registro ainda não apareceu', 'não aponta para lugar nenhum', '_balcao.portal'],
    ],
    [domain({ status: 'taken', finding: 'taken' }), ['Em uso por outro portal', 'já é de outro portal']],
    [domain({ finding: 'different', found: ['x=1'] }), ['Há outro valor no lugar do registro', 'x=1']],
    [domain({ finding: 'different', found: ['balcao-verify=old'] }), ['Cada pedido tem um valor novo']],
    [domain({ finding: 'unprefixed', found: ['abc'] }), ['sem o começo balcao-verify=', 'abc']],
    [
      domain({ finding: 'misplaced', found: ['_balcao.portal.aurora.example.aurora.example'] }),
      ['o registro está em _balcao.portal.aurora.example.aurora.example', 'só a parte antes do domínio'],
    ],
    [domain({ status: 'failing', verifiedAt: '2026-11-01T12:00:00Z' }), ['O registro sumiu', 'ainda responde em']],
    [
      domain({ status: 'astray', finding: 'found', verifiedAt: '2026-11-01T12:00:00Z' }),
      ['Falta apontar para cá', 'O que criar no DNS', 'usam o endereço de antes'],
    ],
    [
      domain({
        status: 'astray',
        finding: 'found',
        verifiedAt: '2026-11-01T12:00:00Z',
        targetFinding: 'partly',
        targetFound: ['2001:db8::8'],
      }),
      ['Aponta também para outro lugar', 'O que criar no DNS', 'não são daqui: 2001:db8::8'],
    ],
    [domain({ status: 'lost' }), ['Retirado', 'não responde mais']],
    [domain({ status: 'given_up', nextCheckAt: null, endsAt: null }), ['Parado', 'paramos de conferir']],
    [domain({ targetFinding: 'elsewhere', targetFound: ['192.0.2.8'] }), ['aponta para outro lugar: 192.0.2.8']],
  ] as [PortalDomain, string[]][])('S3.40 says how it stands: %#', async (known, words) => {
    await open(known);
    for (const word of words) await eventually(() => expect(text()).toContain(word));
  });

  it('S3.40 asks for nothing more where it is confirmed and points here', async () => {
    await open(
      domain({ status: 'verified', verifiedAt: '2026-11-01T12:00:00Z', targetFinding: 'here', finding: 'found' }),
    );
    await eventually(() => expect(text()).toContain('Confirmado'));
    expect(text()).not.toContain('O que criar no DNS');
  });

  const apex = { type: 'CNAME' as const, name: 'aurora.com.br', relativeName: '@', value: 'portais.balcao.example' };
  it.each([
    [domain().target, /2\. Tipo: CNAME\nNome: portal\.aurora\.com\.br\nValor: portais\.balcao\.example/],
    [apex, /2\. Tipo: ALIAS ou ANAME[^]*Nome: aurora\.com\.br\nValor: portais[^]*registros A/],
  ])('asks for what the domain can have, in the letter too: $relativeName', async (target, words) => {
    const letters: string[] = [];
    const clipboard = vi.spyOn(navigator, 'clipboard', 'get');
    clipboard.mockReturnValue({ writeText: async (text: string) => void letters.push(text) } as Clipboard);
    const page = await open(domain({ target }));
    await page.click('Copiar o texto');
    expect(letters[0]).toMatch(words);
    await eventually(() => expect(document.body.textContent).toContain('Copiado'));
    const asks = (type: string) => [...document.querySelectorAll('dd')].some(({ textContent }) => textContent === type);
    expect([asks('CNAME'), asks('ALIAS ou ANAME')]).toEqual([target !== apex, target === apex]);
    // As in a page without TLS.
    clipboard.mockReturnValue(undefined as never);
    await page.click('Copiar o texto');
    await eventually(() => expect(document.body.textContent).toContain('Selecione o texto e copie'));
    clipboard.mockRestore();
  });

  it('is looked at and removed on demand', async () => {
    const page = await open(domain(), {
      'POST portals/p-1/domain/check': () => json({ domain: domain() }),
      'DELETE portals/p-1/domain': () => new Response(null, { status: 204 }),
    });
    await page.click('Conferir agora');
    expect(page.called('POST portals/p-1/domain/check')).toHaveLength(1);
    await page.click('Remover domínio');
    expect(document.body.textContent).toContain('Remover portal.aurora.com.br?');
    expect(page.called('DELETE portals/p-1/domain')).toHaveLength(0);
  });
});
