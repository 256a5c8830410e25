import type { DanfseBlock, DanfseDocument, DanfseField } from '../documents/danfse-document.js';
import { formatDay } from '../documents/formats.js';
import { moneyAt, momentAt, municipalities, percentAt, percents, rowsOf, saying, type Names } from './danfse-fields.js';
import { party, provider, recipient } from './danfse-parties.js';
import { NOTHING, wordOf } from './danfse-words.js';
import type { NfseNote } from './nfse-xml.js';
import { elementAt, textAt, type XmlElement } from './xml-tree.js';

type Printed = Pick<DanfseDocument, 'origin' | 'identification' | 'blocks' | 'additional' | 'taxes'>;
const LONGEST_ADDITIONAL = 1_997;
const LAST_YEAR_OF_PIS = 2026;

/**
 * What of a note is printed, block by block in the order of the technical note NT 008. Names that the note NT 009 has changed
 * are looked for under both: files of both layouts occur.
 */
export function printedNote({ root, key, number, competenceOn }: NfseNote): Printed {
  const info = elementAt(root, 'infNFSe')!;
  const declared = elementAt(info, 'DPS/infDPS')!;
  const named = municipalities(info, declared);
  const federal = elementAt(declared, 'valores/trib/tribFed');
  return {
    origin: [
      `Município: ${textAt(info, 'xLocEmi') ?? NOTHING} / ${textAt(info, 'emit/enderNac/UF') ?? NOTHING}`,
      `Ambiente gerador: ${wordOf('ambGer', textAt(info, 'ambGer'))}`,
      `Tipo de ambiente: ${wordOf('tpAmb', textAt(declared, 'tpAmb'))}`,
    ],
    identification: rowsOf(
      [['Chave de acesso da NFS-e', key, 4]],
      [
        ['Número da NFS-e', number],
        ['Competência da NFS-e', formatDay(competenceOn, 'pt-BR')],
        ['Data e hora da emissão da NFS-e', momentAt(info, 'dhProc'), 2],
      ],
      [
        ['Número da DPS', textAt(declared, 'nDPS') ?? NOTHING],
        ['Série da DPS', textAt(declared, 'serie') ?? NOTHING],
        ['Data e hora da emissão da DPS', momentAt(declared, 'dhEmi'), 2],
      ],
      [
        ['Emitente da NFS-e', wordOf('tpEmit', textAt(declared, 'tpEmit'))],
        ['Finalidade', wordOf('finNFSe', textAt(declared, 'IBSCBS/finNFSe', 'finNFSe'))],
        ['Situação da NFS-e', wordOf('cStat', textAt(info, 'cStat')), 2],
      ],
    ),
    blocks: [
      provider(info, declared, named),
      party(
        'Tomador / adquirente',
        elementAt(declared, 'toma'),
        named,
        'TOMADOR/ADQUIRENTE DA OPERAÇÃO NÃO IDENTIFICADO NA NFS-e',
      ),
      recipient(declared, named),
      party(
        'Intermediário da operação',
        elementAt(declared, 'interm'),
        named,
        'INTERMEDIÁRIO DA OPERAÇÃO NÃO IDENTIFICADO NA NFS-e',
      ),
      service(info, declared, named),
      municipalTax(info, declared),
      federalTax(federal, Number(competenceOn.slice(0, 4)) <= LAST_YEAR_OF_PIS),
      consumptionTax(elementAt(info, 'IBSCBS'), elementAt(declared, 'IBSCBS')),
      totals(info, declared),
    ],
    additional: additionalOf(info, declared).slice(0, LONGEST_ADDITIONAL),
    taxes: approximateTaxes(elementAt(declared, 'valores/trib/totTrib')),
  };
}

function service(info: XmlElement, declared: XmlElement, named: Names): DanfseBlock {
  const kind = elementAt(declared, 'serv/cServ');
  const where = textAt(declared, 'serv/locPrest/cLocPrestacao');
  const national = textAt(kind, 'cTribNac')?.replace(/^(\d\d)(\d\d)(\d\d)$/, '$1.$2.$3');
  const described: DanfseField = {
    label: 'Descrição do serviço',
    value: textAt(kind, 'xDescServ') ?? NOTHING,
    span: 4,
    isLong: true,
  };
  return {
    title: 'Serviço prestado',
    rows: [
      ...rowsOf(
        [
          [
            'Código de tributação nacional / municipal',
            [national, textAt(kind, 'cTribMun')].filter(Boolean).join(' / ') || NOTHING,
          ],
          ['Código da NBS', textAt(kind, 'cNBS') ?? NOTHING],
          [
            'Local da prestação',
            textAt(info, 'xLocPrestacao') ??
              (where && named.get(where)) ??
              where ??
              textAt(declared, 'serv/locPrest/cPaisPrestacao') ??
              NOTHING,
            2,
          ],
        ],
        [['Descrição do código de tributação', textAt(info, 'xTribMun', 'xTribNac') ?? NOTHING, 4]],
      ),
      [described],
    ],
  };
}

function municipalTax(info: XmlElement, declared: XmlElement): DanfseBlock {
  const title = 'Tributação municipal (ISSQN)';
  const tax = elementAt(declared, 'valores/trib/tribMun');
  const values = elementAt(info, 'valores');
  if (!tax || textAt(tax, 'tribISSQN') === '4')
    return { title, rows: [], says: 'TRIBUTAÇÃO MUNICIPAL (ISSQN): OPERAÇÃO NÃO SUJEITA AO ISSQN' };
  return {
    title,
    rows: saying(
      rowsOf(
        [
          ['Tipo de tributação do ISSQN', wordOf('tribISSQN', textAt(tax, 'tribISSQN')), 2],
          ['Município de incidência do ISSQN', textAt(info, 'xLocIncid', 'cLocIncid') ?? NOTHING, 2],
        ],
        [
          ['Regime especial de tributação', regimeOf(declared)],
          ['Tipo de imunidade', wordOf('tpImunidade', textAt(tax, 'tpImunidade'))],
          ['Suspensão da exigibilidade', wordOf('tpSusp', textAt(tax, 'exigSusp/tpSusp'))],
          ['Número do processo de suspensão', textAt(tax, 'exigSusp/nProcesso') ?? NOTHING],
        ],
        [
          ['Benefício municipal', textAt(tax, 'BM/nBM') ?? NOTHING],
          ['Cálculo do benefício', moneyAt(values, 'vCalcBM', 'vRedBCBM')],
          ['Total de deduções e reduções', moneyAt(values, 'vCalcAjusteBCISSQN', 'vCalcDR')],
          ['Desconto incondicionado', moneyAt(declared, 'valores/vDescCondIncond/vDescIncond')],
        ],
        [
          ['Base de cálculo do ISSQN', moneyAt(values, 'vBC')],
          ['Alíquota aplicada', percentAt(values, 'pAliqAplic')],
          ['Retenção do ISSQN', wordOf('tpRetISSQN', textAt(tax, 'tpRetISSQN'))],
          ['ISSQN apurado', moneyAt(values, 'vISSQN')],
        ],
      ),
    ),
  };
}

const regimeOf = (declared: XmlElement) => {
  const code = textAt(declared, 'prest/regTrib/regEspTrib');
  return code === '0' ? NOTHING : wordOf('regEspTrib', code);
};

function federalTax(federal: XmlElement | undefined, withPis: boolean): DanfseBlock {
  const rows = rowsOf([
    ['IRRF', moneyAt(federal, 'vRetIRRF')],
    ['Contribuição previdenciária retida', moneyAt(federal, 'vRetCP')],
    ['Contribuições sociais retidas', moneyAt(federal, 'vRetCSLL'), 2],
  ]);
  const pis = rowsOf([
    ['PIS, débito de apuração própria', moneyAt(federal, 'piscofins/vPis')],
    ['COFINS, débito de apuração própria', moneyAt(federal, 'piscofins/vCofins')],
    [
      'Contribuições sociais retidas, descrição',
      wordOf('tpRetPisCofins', textAt(federal, 'piscofins/tpRetPisCofins')),
      2,
    ],
  ]);
  return { title: 'Tributação federal (exceto CBS)', rows: withPis ? [...rows, ...pis] : rows };
}

function consumptionTax(found: XmlElement | undefined, declared: XmlElement | undefined): DanfseBlock {
  const title = 'Tributação IBS / CBS';
  if (!found && !declared) return { title, rows: [], says: 'IBS E CBS NÃO INFORMADOS NA NFS-e' };
  const kind = elementAt(declared, 'valores/trib/gIBSCBS');
  const total = elementAt(found, 'totCIBS');
  const where = textAt(found, 'xLocalidadeIncid', 'cLocalidadeIncid');
  return {
    title,
    rows: [
      ...rowsOf([
        ['CST / cClassTrib', [textAt(kind, 'CST'), textAt(kind, 'cClassTrib')].filter(Boolean).join(' / ') || NOTHING],
        ['Indicador da operação', textAt(declared, 'cIndOp') ?? NOTHING],
        ['Município de incidência', where ?? NOTHING, 2],
      ]),
      ...saying(
        rowsOf(
          [
            ['Exclusões e reduções da base', moneyAt(found, 'valores/vCalcAjusteBCIBSCBS', 'valores/vCalcReeRepRes')],
            ['Base de cálculo', moneyAt(found, 'valores/vBC')],
            ['Alíquota IBS UF / município', percents(found, 'valores/uf/pIBSUF', 'valores/mun/pIBSMun')],
            ['Alíquota CBS', percentAt(found, 'valores/fed/pCBS')],
          ],
          [
            [
              'Alíquotas efetivas IBS UF / município',
              percents(found, 'valores/uf/pAliqEfetUF', 'valores/mun/pAliqEfetMun'),
            ],
            ['IBS estadual', moneyAt(total, 'gIBS/gIBSUFTot/vIBSUF')],
            ['IBS municipal', moneyAt(total, 'gIBS/gIBSMunTot/vIBSMun')],
            ['Alíquota efetiva CBS', percentAt(found, 'valores/fed/pAliqEfetCBS')],
          ],
        ),
      ),
      ...rowsOf([
        ['Valor total apurado, IBS', moneyAt(total, 'gIBS/vIBSTot'), 2],
        ['Valor total apurado, CBS', moneyAt(total, 'gCBS/vCBS'), 2],
      ]),
    ],
  };
}

function totals(info: XmlElement, declared: XmlElement): DanfseBlock {
  const values = elementAt(info, 'valores');
  const total = elementAt(info, 'IBSCBS/totCIBS');
  return {
    title: 'Valor total da NFS-e',
    rows: rowsOf(
      [
        ['Valor da operação / serviço', moneyAt(declared, 'valores/vServPrest/vServ')],
        ['Desconto incondicionado', moneyAt(declared, 'valores/vDescCondIncond/vDescIncond')],
        ['Desconto condicionado', moneyAt(declared, 'valores/vDescCondIncond/vDescCond')],
        ['Total das retenções', moneyAt(values, 'vTotalRet')],
      ],
      [
        ['Valor líquido da NFS-e', moneyAt(values, 'vLiq'), 2],
        ['Valor líquido da NFS-e + IBS/CBS', moneyAt(total, 'vTotNF'), 2],
      ],
    ),
  };
}

function additionalOf(info: XmlElement, declared: XmlElement): string {
  const more = elementAt(declared, 'serv/infoCompl');
  const parts: [string, string | undefined][] = [
    ['Inf. Cont.', textAt(more, 'xInfComp')],
    ['NFS-e Subst.', textAt(declared, 'subst/chSubstda')],
    ['Doc. Ref.', textAt(more, 'docRef')],
    ['Cod. Obra', textAt(declared, 'serv/obra/cObra')],
    ['Insc. Imob.', textAt(declared, 'serv/obra/inscImobFisc')],
    ['Cod. Evt.', textAt(declared, 'serv/atvEvento/idAtvEvt')],
    ['Doc. Tec.', textAt(more, 'idDocTec')],
    ['Núm. Ped.', textAt(more, 'xPed')],
    ['Inf. A. T. Mun.', textAt(info, 'xOutInf')],
  ];
  return parts.flatMap(([label, text]) => (text ? [`${label}: ${text}`] : [])).join(' | ');
}

function approximateTaxes(found: XmlElement | undefined): string {
  const of = (name: string) =>
    textAt(found, `vTotTrib/vTotTrib${name}`) !== undefined
      ? moneyAt(found, `vTotTrib/vTotTrib${name}`)
      : percentAt(found, `pTotTrib/pTotTrib${name}`);
  const simple = percentAt(found, 'pTotTribSN');
  const parts =
    simple === NOTHING
      ? `Federais: ${of('Fed')}; Estaduais: ${of('Est')}; Municipais: ${of('Mun')}`
      : `Simples Nacional: ${simple}`;
  return `Totais aproximados dos tributos conforme Lei nº 12.741/2012: ${parts}`;
}
