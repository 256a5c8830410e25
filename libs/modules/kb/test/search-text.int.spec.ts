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

  const written = [
    '(11) 98765-4321',
    '+55 (11) 98765-4321',
    '+55 11 9 8765-4321',
    '011 98765.4321',
    '11987654321',
    '5511987654321',
    '+55 11987654321',
  ];
  it.each(['pt-BR', 'en-US'])('a phone is found however it is written, in %s', async (locale) => {
    for (const number of written)
      for (const q of [...written, '98765-4321', '987654321', '1198765', '0055 11 98765-4321'])
        expect({ number, q, found: await finds(locale, `Ligue para ${number}, ramal 12.`, q) }).toEqual({
          number,
          q,
          found: true,
        });
  });

  it.each([
    ['Call (555) 123-4567', '+1 555 123 4567', true],
    ['Call +1 (555) 123-4567', '5551234567', true],
    ['Call +1 (555) 123-4567', '1234567', true],
    ['Ligue (11) 3456-7890', '1134567890', true],
    ['Ligue 1134567890', '3456-7890', true],
    ['Ligue +351 912 345 678', '912345678', true],
    ['Ligue (11) 98765-4321', '21987654321', false],
    ['Ligue (11) 98765-4321', '11987654322', false],
    ['De 10 a 12 de 2026', '10 12 2026', true],
    ['Os pedidos 123 45678 9012', '45678', true],
    ['Os pedidos 2024 e 2025', '2025 2024', true],
    ['CNPJ 12.345.678/0001-90', '0001-90', true],
  ])('%j by %j: %j', async (text, q, found) => expect(await finds('pt-BR', text, q)).toBe(found));

  it.each(['(11) 98765-4321 ou ', '12 345 6789 ', '100 ', '1.1 '])('a long text of %j is cut at once', async (part) => {
    await test.owner.query("set statement_timeout = '5s'");
    const words = await test.owner.query("select search_vector('pt-BR', left(repeat($1, 66000), 65536)) <> '' as any", [
      part,
    ]);
    await test.owner.query('reset statement_timeout');
    expect(words.rows).toEqual([{ any: true }]);
  });

  it('what says nothing is left out, unless it is all that was asked', async () => {
    const { rows } = await test.owner.query("select spellings from search_terms('O e-mail da Boreal, das 10h às 12h')");
    expect(rows.map(({ spellings }) => spellings)).toEqual([['email'], ['boreal'], ['10h'], ['12h']]);
  });
});
