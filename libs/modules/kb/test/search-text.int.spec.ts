import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

/** Whether a text that is stored in a language is found by every word of `q`. */
async function finds(locale: string, text: string, q: string): Promise<boolean> {
  const { rows } = await test.owner.query('select search_vector($1, $2) @@ search_query($3) as found', [
    locale,
    text,
    q,
  ]);
  return rows[0].found;
}

describe('words are cut and dropped alike where they are stored and where they are asked for', () => {
  it.each([
    ['A zebra da montanha', 'zebra da montanha'],
    ['A zebra montanha', 'zebra da montanha'],
    ['Seu e-mail chega', 'e-mail'],
    ['Seu e-mail chega', 'email'],
    ['Seu email chega', 'e-mail'],
    ['Seus e-mails chegam', 'email'],
    ['Erro E-4711 no visor', 'E-4711'],
    ['Erro E-4711 no visor', 'E4711'],
    ['Erro E-4711 no visor', '4711'],
    ['O DNS é 10.77.88.99.', '10.77.88.99'],
    ['O DNS é 10.77.88.99.', '10.77'],
    ['Chamado T-2026-000052', '#T-2026-000052'],
    ['Chamado T-2026-000052', '52'],
    ['Chamado T-2026-000052', '000052'],
    ['Rede Wi-Fi', 'wifi'],
    ['Rede Wi-Fi', 'wi fi'],
    ['Rede Wi-Fi/Bluetooth', 'wifi'],
    ['Rede wifi', 'Wi-Fi'],
    ['CNPJ 12.345.678/0001-90', '12345678000190'],
    ['CNPJ 12.345.678/0001-90', '12.345.678/0001-90'],
    ['Ligação (interna)', 'LIGACAO'],
    ['Ligação'.normalize('NFD'), 'ligação'],
    ['ligação', 'ligação'.normalize('NFD')],
    ['Garrafa d’água', 'agua'],
    ['rotea\u00addor', 'roteador'],
    ['Configuração avançada', 'configuraçã'],
    ['Configuração avançada', 'config'],
    ['As ligações', 'ligação'],
    ['A ligação', 'ligações'],
    ['O papel', 'papéis'],
    ['É fácil', 'fáceis'],
    ['As imagens', 'imagem'],
    ['Os sinais', 'sinal'],
    ['Os links', 'link'],
    ['Os modens', 'modem'],
    ['Os tokens', 'token'],
    ['Veja a demora', 'de'],
  ])('%j is found by %j', async (text, q) => expect(await finds('pt-BR', text, q)).toBe(true));

  it.each([
    ['Reset the router', 'the router', true],
    ['Refunds take a week', 'refund', true],
    ['Your invoices', 'invoice', true],
    ['Sign-in codes', 'sign in code', true],
    ['Sign-in codes', 'signin', true],
    ['Error 0x1F', '0x1f', true],
    ['Router', 'router password', false],
  ])('%j in English, %j', async (text, q, found) => expect(await finds('en-US', text, q)).toBe(found));

  it.each([
    ['Um mail', 'e-mail'],
    ['Modo avião', 'modem'],
    ['Isto é de hoje', 'de'],
    ['O 4712', 'E-4711'],
    ['O 10.77.88.98', '10.77.88.99'],
    ['palavra', '…'],
    ['palavra', "' \\ & | ! ( :*"],
  ])('%j is not found by %j', async (text, q) => expect(await finds('pt-BR', text, q)).toBe(false));

  it('what says nothing is left out, unless it is all that was asked', async () => {
    const { rows } = await test.owner.query("select spellings from search_terms('O e-mail da Boreal, das 10h às 12h')");
    expect(rows.map(({ spellings }) => spellings)).toEqual([['email'], ['boreal'], ['10h'], ['12h']]);
  });
});
