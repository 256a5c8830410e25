import type { MailSenderIdentity } from '@balcao/api-client';
import { describe, expect, it } from 'vitest';
import { eventually, json, openConsole, problem, type Api } from './harness.js';
import { record, right, sender, waiting, working } from './portals.js';

const open = (known: MailSenderIdentity | null, api: Api = {}) =>
  openConsole('/console/portal/mail', {
    api: working({ 'GET mail-sender': () => json({ sender: known }), ...api }),
  });
const text = () => document.querySelector('main')!.textContent;

describe('the address that mails come from', () => {
  it('is named beside the name and the address of answers', async () => {
    const page = await open(null, { 'PUT mail-sender': () => json({ sender: sender(waiting) }) });
    await eventually(() => expect(text()).toContain('Respostas vão para'));
    await page.type('E-mail de quem envia', 'financeiro@aurora.com.br');
    await page.click('Continuar');
    expect(page.called('PUT mail-sender')[0]!.body).toEqual({ address: 'financeiro@aurora.com.br' });
  });

  it('of a service for everybody keeps what was typed, with the reason beside it', async () => {
    const errors = [{ path: 'address', code: 'isPersonalDomain', message: 'Este domínio é de um serviço de e-mail.' }];
    const page = await open(null, { 'PUT mail-sender': () => problem(400, 'validation_failed', { errors }) });
    await page.type('E-mail de quem envia', 'aurora@gmail.com');
    await page.click('Continuar');
    await eventually(() => expect(text()).toContain('Este domínio é de um serviço de e-mail.'));
    expect(page.field('E-mail de quem envia').value).toBe('aurora@gmail.com');
  });

  it.each([
    [
      sender({
        ...waiting,
        dkim: { ...right, state: 'missing', record: record('balcao-1a2b3c4d._domainkey', 'v=DKIM1; p=KEY') },
      }),
      ['Aguardando o registro', 'balcao-verify=x', 'balcao-1a2b3c4d._domainkey', 'v=DKIM1; p=KEY'],
    ],
    [sender(), ['Confirmado', 'Os e-mails saem de financeiro@aurora.com.br', 'saem assinados']],
    [sender({ sends: false }), ['Eles se perderiam']],
    [sender({ status: 'failing' }), ['O registro sumiu', 'ainda saem de']],
    [sender({ ...waiting, status: 'lost' }), ['volta sozinho']],
    [sender({ dkim: { ...right, state: 'cut', found: ['v=DKIM1; p=K'] } }), ['A chave foi cortada', 'v=DKIM1; p=K']],
    [
      sender({ spf: { ...right, state: 'several', found: ['v=spf1 a', 'v=spf1 mx'] } }),
      ['mais de um registro SPF', 'v=spf1 mx'],
    ],
    [sender({ dmarc: { ...right, state: 'watching', stale: true } }), ['Pode melhorar', 'só observa', 'diziam antes']],
    [sender({ ...waiting, spf: { ...right, state: null } }), ['A primeira conferência já começou', 'Não conferido']],
  ] as [MailSenderIdentity, string[]][])('says how it stands: %#', async (known, words) => {
    await open(known);
    for (const word of words) await eventually(() => expect(text()).toContain(word));
  });

  it('is looked at, tried and given up on demand', async () => {
    const page = await open(sender(), {
      'POST mail-sender/check': () => json({ sender: sender() }),
      'POST mail-sender/test': () => json({ success: true }),
    });
    await page.click('Conferir agora');
    await page.click('Enviar um teste para mim');
    await eventually(() => expect(document.body.textContent).toContain('O teste vai para rafael@aurora.example'));
    expect([page.called('POST mail-sender/check').length, page.called('POST mail-sender/test').length]).toEqual([1, 1]);
    await page.click('Remover endereço');
    expect(document.body.textContent).toContain('Remover financeiro@aurora.com.br?');
  });
});
