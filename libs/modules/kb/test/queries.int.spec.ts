import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locale } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { CategoryService } from '../src/category.service.js';
import { ArticleEntity } from '../src/persistence/article.entity.js';
import { CategoryEntity } from '../src/persistence/category.entity.js';
import { KbReaderService } from '../src/kb-reader.service.js';
import { asReader, createArticle } from './factories.js';

/** Help as companies write it: name of the category, slug, language, title, tags, text. */
const ARTICLES: [string, string, Locale, string, string[], string][] = [
  [
    'Internet e Wi-Fi',
    'wifi-fraco',
    'pt-BR',
    'Wi-Fi fraco: onde pôr o roteador',
    ['modem', 'sinal'],
    'Deixe o roteador no alto, no meio da casa e longe do forno. As paredes seguram o sinal.',
  ],
  [
    'Internet e Wi-Fi',
    'lenta',
    'pt-BR',
    'Minha conexão está lenta',
    ['velocidade'],
    'Reinicie o equipamento, ligue o cabo e meça de novo. Os papéis da instalação dizem a velocidade contratada.',
  ],
  [
    'Internet e Wi-Fi',
    'dns',
    'pt-BR',
    'Trocar o DNS',
    [],
    'Use 10.77.88.99 como servidor principal. Se aparecer o erro E-4711, reinicie.',
  ],
  [
    'Internet e Wi-Fi',
    'sem-luz',
    'pt-BR',
    'A luz LOS está vermelha',
    ['fibra óptica'],
    'A fibra foi rompida. Os técnicos fazem a visita em até 24h; não mexa nos cabos.',
  ],
  [
    'Contas e pagamentos',
    'segunda-via',
    'pt-BR',
    'Segunda via do boleto',
    ['fatura', 'cobrança'],
    'O boleto chega por e-mail no dia 5. Depois do vencimento, gere outro com o código de barras.',
  ],
  [
    'Contas e pagamentos',
    'cartao',
    'pt-BR',
    'Trocar o cartão de crédito',
    [],
    'Em Pagamentos, remova os cartões antigos. A cobrança de R$ 1 volta em três dias.',
  ],
  [
    'Contas e pagamentos',
    'pix',
    'pt-BR',
    'Pagar com Pix',
    [],
    'Aponte a câmera para o QR code. Não há desconto para quem paga à vista.',
  ],
  [
    'Contas e pagamentos',
    'cancelar',
    'pt-BR',
    'Cancelar ou mudar de plano',
    ['fidelidade', 'multa'],
    'Os contratos com fidelidade têm multa proporcional. É fácil mudar de plano pelo aplicativo.',
  ],
  [
    'Encomendas',
    'bolo',
    'pt-BR',
    'Encomendar um bolo de casamento',
    ['festa'],
    'Escolha a massa, o recheio e a cobertura até sete dias antes. Há opções sem glúten.',
  ],
  [
    'Encomendas',
    'paes',
    'pt-BR',
    'Pães para sua empresa',
    ['assinatura'],
    'Entregamos pão francês, croissants e bolos todas as manhãs, das 5h às 7h.',
  ],
  [
    'Encomendas',
    'entrega',
    'pt-BR',
    'Mudar o endereço da entrega',
    [],
    'Até as 18h da véspera. Depois disso, ligue: (19) 3232-4455.',
  ],
  [
    'Encomendas',
    'alergia',
    'pt-BR',
    'Alérgenos e ingredientes',
    ['glúten', 'lactose'],
    'Nossas fichas dizem o que há em cada produto. A cozinha manipula nozes e amendoim.',
  ],
  [
    'Acesso',
    'senha',
    'pt-BR',
    'Esqueci a senha',
    ['login'],
    'Peça um link pelo seu e-mail; ele vale por uma hora. Veja também o lixo eletrônico.',
  ],
  [
    'Acesso',
    'sso',
    'pt-BR',
    'Entrar com a conta da empresa (SSO)',
    ['SAML', 'OpenID'],
    'Administradores configuram os provedores. O certificado é renovado a cada ano.',
  ],
  [
    'Acesso',
    'tokens',
    'pt-BR',
    'Tokens da API',
    ['webhook'],
    'Crie um token com as permissões de que precisa. Webhooks repetem por 24 horas.',
  ],
  [
    'Acesso',
    'usuarios',
    'pt-BR',
    'Convidar usuários',
    ['equipe'],
    'Os convites valem sete dias. Irmãos e sócios podem ter papéis diferentes.',
  ],
  [
    'Contas e pagamentos',
    'segunda-via',
    'en-US',
    'A copy of your invoice',
    ['bill'],
    'Your invoices arrive by e-mail. Late payments are charged a fee.',
  ],
  [
    'Acesso',
    'senha',
    'en-US',
    'I forgot my password',
    ['login'],
    'Ask for a link; it is good for an hour. Check the spam folder.',
  ],
  [
    'Internet e Wi-Fi',
    'router',
    'en-US',
    'Restarting the router',
    ['modem'],
    'Unplug the router, count to thirty and plug it in again. Sign-in codes are printed below.',
  ],
  [
    'Acesso',
    'limits',
    'en-US',
    'Rate limits of the API',
    ['webhooks'],
    'Requests beyond 600 a minute are answered with 429. Retry after the seconds that the header says.',
  ],
];
const ENGLISH_NAMES: Record<string, string> = {
  'Internet e Wi-Fi': 'Internet and Wi-Fi',
  'Contas e pagamentos': 'Bills and payments',
  Encomendas: 'Orders',
  Acesso: 'Access',
};

let test: TestDatabase;
let reader: KbReaderService;
let organizationId: string;

beforeAll(async () => {
  test = await testDatabase({ entities: [ArticleEntity, CategoryEntity] });
  reader = new KbReaderService(test.database);
  organizationId = await insertOrganization(test.owner);
  const categories = new CategoryService(test.database, new Audit());
  const ids = new Map<string, string>();
  for (const [namePt, nameEn] of Object.entries(ENGLISH_NAMES))
    ids.set(
      namePt,
      (await categories.create(systemContext(organizationId, { clock: systemClock }), { namePt, nameEn })).id,
    );
  for (const [category, slug, locale, title, tags, bodyMarkdown] of ARTICLES)
    await createArticle(test.database, organizationId, {
      categoryId: ids.get(category)!,
      slug,
      locale,
      title,
      tags,
      bodyMarkdown,
    });
});
afterAll(() => test.close());

const slugs = async (q: string, locale: Locale) =>
  (await reader.list(asReader(organizationId, locale), { q, locale, limit: 20, offset: 0 })).rows.map(
    ({ slug }) => slug,
  );

describe('S4.18 what people type finds what they look for', () => {
  it.each([
    // As it is written, folded, in other forms
    ['wi-fi fraco', 'wifi-fraco'],
    ['WIFI FRACO', 'wifi-fraco'],
    ['wi fi', 'wifi-fraco'],
    ['onde por o roteador', 'wifi-fraco'],
    ['roteadores', 'wifi-fraco'],
    ['sinais', 'wifi-fraco'],
    ['papel da instalação', 'lenta'],
    ['conexao lenta', 'lenta'],
    ['conexões', 'lenta'],
    ['velocidades', 'lenta'],
    ['cartoes', 'cartao'],
    ['cartão de credito', 'cartao'],
    ['contrato', 'cancelar'],
    ['fáceis', 'cancelar'],
    ['pão', 'paes'],
    ['paes para a minha empresa', 'paes'],
    ['irmão', 'usuarios'],
    ['convite', 'usuarios'],
    ['token', 'tokens'],
    ['certificados', 'sso'],
    ['visita do tecnico', 'sem-luz'],
    // Words that say nothing, of either language
    ['segunda via do boleto', 'segunda-via'],
    ['a segunda via de um boleto, por favor', 'segunda-via'],
    ['como mudar o endereço da entrega?', 'entrega'],
    ['eu esqueci a minha senha', 'senha'],
    ['não consigo lembrar a senha', 'senha'],
    // Cut words, numbers, codes
    ['e-mail boleto', 'segunda-via'],
    ['email do boleto', 'segunda-via'],
    ['E-4711', 'dns'],
    ['erro e4711', 'dns'],
    ['10.77.88.99', 'dns'],
    ['3232-4455', 'entrega'],
    ['32324455', 'entrega'],
    ['qr-code', 'pix'],
    ['24h', 'sem-luz'],
    // Tags and categories
    ['modem', 'wifi-fraco'],
    ['fatura', 'segunda-via'],
    ['fidelidade', 'cancelar'],
    ['lactose', 'alergia'],
    ['gluten bolo', 'bolo'],
    ['saml', 'sso'],
    ['pagamentos pix', 'pix'],
    ['encomenda bolo', 'bolo'],
    // Unfinished
    ['rote', 'wifi-fraco'],
    ['segunda v', 'segunda-via'],
    ['ingredie', 'alergia'],
    ['configur', 'sso'],
    // Other words for the same, where nothing has these
    ['devagar', 'lenta'],
    ['rede devagar', 'lenta'],
    ['desistir', 'cancelar'],
    ['falha vermelha', 'sem-luz'],
    // Misspelt
    ['boletto', 'segunda-via'],
    ['enderesso', 'entrega'],
    ['enderco de entrega', 'entrega'],
    ['cancelr plano', 'cancelar'],
    ['vencimetno', 'segunda-via'],
    ['roteadro fraco', 'wifi-fraco'],
    ['croasant', 'paes'],
    ['usuraios', 'usuarios'],
  ])('%j → %s', async (q, slug) => expect((await slugs(q, 'pt-BR'))[0]).toBe(slug));

  it.each([
    ['invoice', 'segunda-via'],
    ['invoices by email', 'segunda-via'],
    ['bill', 'segunda-via'],
    ['late payment fee', 'segunda-via'],
    ['how do I restart the router', 'router'],
    ['restarted', 'router'],
    ['signin code', 'router'],
    ['forgot my pasword', 'senha'],
    ['recieve invoice', 'segunda-via'],
    ['webhook', 'limits'],
    ['429', 'limits'],
    ['requests per minute', 'limits'],
    ['rate limit', 'limits'],
    ['boleto', 'segunda-via'],
    ['casamento', 'bolo'],
    ['passcode', 'senha'],
  ])('%j → %s in English', async (q, slug) => {
    // What only a translation that is not shown says is not found: the boleto is in Portuguese.
    const found = await slugs(q, 'en-US');
    if (q === 'boleto') expect(found).toEqual([]);
    else expect(found[0]).toBe(slug);
  });

  it('the name of a category finds all that stand in it', async () => {
    const inNet = ['dns', 'lenta', 'router', 'sem-luz', 'wifi-fraco'];
    expect((await slugs('internet', 'pt-BR')).sort()).toEqual(inNet);
    expect((await slugs('intrenet', 'pt-BR')).sort()).toEqual(inNet);
    expect((await slugs('orders', 'en-US')).sort()).toEqual(['alergia', 'bolo', 'entrega', 'paes']);
  });

  it.each(['zebra', 'helicóptero', 'xyzw', '…', '& | !'])('%j → nothing', async (q) => {
    expect(await slugs(q, 'pt-BR')).toEqual([]);
  });

  it('a translation that is not shown does not keep other words from being tried', async () => {
    const one = await insertOrganization(test.owner, 'Boreal');
    await createArticle(test.database, one, { slug: 'p', title: 'Nosso equipamento' });
    await createArticle(test.database, one, { slug: 'p', locale: 'en-US', title: 'The router password' });
    await createArticle(test.database, one, { slug: 'o', title: 'O router' });
    const { rows } = await reader.list(asReader(one), { q: 'router password', locale: 'pt-BR', limit: 20, offset: 0 });
    expect(rows.map(({ slug }) => slug)).toEqual(['o']);
  });
});
