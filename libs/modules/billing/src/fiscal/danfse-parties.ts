import { formatPostalCode, formatTaxId } from '@balcao/brazil';
import type { DanfseBlock } from '../documents/danfse-document.js';
import { rowsOf, saying, type Names } from './danfse-fields.js';
import { NOTHING, wordOf } from './danfse-words.js';
import { elementAt, textAt, type XmlElement } from './xml-tree.js';

export function provider(info: XmlElement, declared: XmlElement, named: Names): DanfseBlock {
  const own = elementAt(declared, 'prest');
  const regime = elementAt(own, 'regTrib');
  // What the declaration leaves out of its own issuer, the authority has filled in.
  const block = party(
    'Prestador / fornecedor',
    own,
    named,
    '',
    textAt(declared, 'tpEmit') === '1' ? elementAt(info, 'emit') : undefined,
  );
  return {
    ...block,
    rows: [
      ...block.rows,
      ...rowsOf([
        ['Simples Nacional na data de competência', wordOf('opSimpNac', textAt(regime, 'opSimpNac')), 2],
        ['Regime de apuração tributária pelo SN', wordOf('regApTribSN', textAt(regime, 'regApTribSN')), 2],
      ]),
    ],
  };
}

export function party(
  title: string,
  own: XmlElement | undefined,
  named: Names,
  absent: string,
  known?: XmlElement,
): DanfseBlock {
  if (!own && !known) return { title, rows: [], says: absent };
  const said = (...paths: string[]) => textAt(own, ...paths) ?? textAt(known, ...paths) ?? NOTHING;
  const address = elementAt(own, 'end') ?? elementAt(known, 'enderNac') ?? own;
  const code = textAt(address, 'endNac/cMun', 'cMun');
  const postal = textAt(address, 'endNac/CEP', 'CEP');
  const place = textAt(address, 'endExt/xCidade') ?? (code && named.get(code));
  const state = textAt(address, 'endNac/UF', 'UF', 'endExt/xEstProvReg');
  const street = ['xLgr', 'nro', 'xCpl', 'xBairro'].map((name) => textAt(address, name)).filter(Boolean);
  const taxId = said('CNPJ', 'CPF');
  return {
    title,
    rows: [
      ...rowsOf(
        [
          ['CNPJ / CPF / NIF', taxId === NOTHING ? said('NIF') : formatTaxId(taxId)],
          ['Inscrição municipal', said('IM')],
          ['Telefone', said('fone'), 2],
        ],
        [
          ['Nome / nome empresarial', said('xNome'), 2],
          ['Município / UF', [place, state].filter(Boolean).join(' / ') || NOTHING],
          ['Código IBGE / CEP', [code, postal && formatPostalCode(postal)].filter(Boolean).join(' / ') || NOTHING],
        ],
      ),
      ...saying(
        rowsOf([
          ['Endereço', street.join(', ') || NOTHING, 2],
          ['E-mail', said('email'), 2],
        ]),
      ).map((row) => row.map((field) => ({ ...field, mayGo: true }))),
    ],
  };
}

export function recipient(declared: XmlElement, named: Names): DanfseBlock {
  const title = 'Destinatário da operação';
  const own = elementAt(declared, 'IBSCBS/dest');
  if (own) return party(title, own, named, '');
  const says = elementAt(declared, 'toma')
    ? 'O DESTINATÁRIO É O PRÓPRIO TOMADOR/ADQUIRENTE DA OPERAÇÃO'
    : 'DESTINATÁRIO DA OPERAÇÃO NÃO IDENTIFICADO NA NFS-e';
  return { title, rows: [], says };
}
