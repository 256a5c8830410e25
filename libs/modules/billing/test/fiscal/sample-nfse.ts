/** Files of national fiscal notes and of their events, of companies that do not exist. */

export const ISSUER_CNPJ = '33683111000280';
export const TAKER_CNPJ = '41720538000158';

export interface SampleNote {
  /** The layout before 1 December 2026, or since then, with IBS and CBS and other names of some fields. */
  layout?: '1.01' | '2.00';
  number?: string;
  issuer?: string;
  taker?: string | null;
  service?: string;
  discount?: string;
  net?: string;
  /** Key of the note in whose place it is. */
  replaces?: string;
  isTest?: boolean;
  description?: string;
  issuedAt?: string;
  key?: string;
  /** Put in front of the root element, and of what stands in it. */
  before?: string;
}

/** A key with its check digit, as the authority makes one. */
export function sampleKey(number: string, issuer = ISSUER_CNPJ, month = '2611'): string {
  const body = `355030812${issuer}${number.padStart(13, '0')}${month}${number.padStart(9, '7')}`;
  const sum = [...body]
    .reverse()
    .reduce((all, digit, place) => all + (2 + (place % 8)) * (digit.charCodeAt(0) - 48), 0);
  return `${body}${sum % 11 < 2 ? 0 : 11 - (sum % 11)}`;
}

export function sampleNote({
  layout = '1.01',
  number = '18442',
  issuer = ISSUER_CNPJ,
  taker = TAKER_CNPJ,
  service = '819.40',
  discount,
  net = service,
  replaces,
  isTest = false,
  description = 'Fibra Empresarial 600, telefonia e Wi-Fi gerenciado de outubro de 2026',
  issuedAt = '2026-11-10T10:12:13-03:00',
  key = sampleKey(number, issuer),
  before = '',
}: SampleNote = {}): string {
  const since = layout === '2.00';
  return `<?xml version="1.0" encoding="UTF-8"?>${before}
<NFSe versao="${layout}" xmlns="http://www.sped.fazenda.gov.br/nfse">
  <infNFSe Id="NFS${key}">
    <xLocEmi>São Paulo</xLocEmi>
    <xLocPrestacao>Campinas</xLocPrestacao>
    <nNFSe>${number}</nNFSe>
    <cLocIncid>3550308</cLocIncid>
    <xLocIncid>São Paulo</xLocIncid>
    <xTribNac>Serviços de valor adicionado e suporte técnico em informática</xTribNac>
    <verAplic>Amostra_1</verAplic>
    <ambGer>2</ambGer>
    <tpEmis>1</tpEmis>
    <cStat>${replaces ? '101' : '100'}</cStat>
    <dhProc>${issuedAt}</dhProc>
    <nDFSe>9900${number}</nDFSe>
    <emit>
      <CNPJ>${issuer}</CNPJ>
      <IM>1234567</IM>
      <xNome>Aurora Telecomunicações Ltda</xNome>
      <enderNac>
        <xLgr>Rua das Amostras</xLgr><nro>100</nro><xBairro>Centro</xBairro>
        <cMun>3550308</cMun><UF>SP</UF><CEP>01001000</CEP>
      </enderNac>
      <fone>1130001234</fone>
      <email>fiscal@aurora.example</email>
    </emit>
    <valores>
      <${since ? 'vCalcAjusteBCISSQN' : 'vCalcDR'}>10.00</${since ? 'vCalcAjusteBCISSQN' : 'vCalcDR'}>
      <vBC>809.40</vBC>
      <pAliqAplic>2.90</pAliqAplic>
      <vISSQN>23.47</vISSQN>
      <vLiq>${net}</vLiq>
    </valores>${since ? CONSUMPTION : ''}
    <DPS versao="${layout}">
      <infDPS Id="DPS355030821${issuer}00001000000000000006">
        <tpAmb>${isTest ? '2' : '1'}</tpAmb>
        <dhEmi>${issuedAt}</dhEmi>
        <serie>1</serie>
        <nDPS>6</nDPS>
        <dCompet>${issuedAt.slice(0, 10)}</dCompet>
        <tpEmit>1</tpEmit>
        <cLocEmi>3550308</cLocEmi>${replaces ? `<subst><chSubstda>${replaces}</chSubstda><cMotivo>99</cMotivo></subst>` : ''}
        <prest>
          <CNPJ>${issuer}</CNPJ>
          <regTrib><opSimpNac>1</opSimpNac><regEspTrib>0</regEspTrib></regTrib>
        </prest>${taker === null ? '' : party(taker)}
        <serv>
          <locPrest><cLocPrestacao>3509502</cLocPrestacao></locPrest>
          <cServ>
            <cTribNac>010701</cTribNac><cTribMun>001</cTribMun>
            <xDescServ>${description}</xDescServ>
            <cNBS>115013000</cNBS>
          </cServ>
          <infoCompl><xInfComp>Pedido PC-1182</xInfComp></infoCompl>
        </serv>
        <valores>
          <vServPrest><vServ>${service}</vServ></vServPrest>${discount ? `<vDescCondIncond><vDescIncond>${discount}</vDescIncond></vDescCondIncond>` : ''}
          <trib>
            <tribMun><tribISSQN>1</tribISSQN><tpRetISSQN>1</tpRetISSQN></tribMun>
            <tribFed><piscofins><CST>01</CST><vPis>5.33</vPis><vCofins>24.58</vCofins></piscofins></tribFed>
            <totTrib><vTotTrib><vTotTribFed>110.21</vTotTribFed><vTotTribEst>0.00</vTotTribEst><vTotTribMun>23.47</vTotTribMun></vTotTrib></totTrib>
          </trib>
        </valores>${since ? '<IBSCBS><finNFSe>0</finNFSe><cIndOp>100301</cIndOp><valores><trib><gIBSCBS><CST>000</CST><cClassTrib>000001</cClassTrib></gIBSCBS></trib></valores></IBSCBS>' : ''}
      </infDPS>
      <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>AAAA</SignatureValue></Signature>
    </DPS>
  </infNFSe>
  <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>BBBB</SignatureValue></Signature>
</NFSe>`;
}

const party = (cnpj: string) => `
        <toma>
          <CNPJ>${cnpj}</CNPJ>
          <xNome>Padaria Estrela Ltda</xNome>
          <end><endNac><cMun>3509502</cMun><CEP>13010000</CEP></endNac><xLgr>Avenida do Pão</xLgr><nro>12</nro><xBairro>Centro</xBairro></end>
        </toma>`;

const CONSUMPTION = `
    <IBSCBS>
      <cLocalidadeIncid>3509502</cLocalidadeIncid><xLocalidadeIncid>Campinas</xLocalidadeIncid>
      <valores>
        <vBC>766.02</vBC>
        <uf><pIBSUF>0.10</pIBSUF><pAliqEfetUF>0.10</pAliqEfetUF></uf>
        <mun><pIBSMun>0.00</pIBSMun><pAliqEfetMun>0.00</pAliqEfetMun></mun>
        <fed><pCBS>0.90</pCBS><pAliqEfetCBS>0.90</pAliqEfetCBS></fed>
      </valores>
      <totCIBS>
        <vTotNF>827.06</vTotNF>
        <gIBS><vIBSTot>0.77</vIBSTot><gIBSUFTot><vIBSUF>0.77</vIBSUF></gIBSUFTot><gIBSMunTot><vIBSMun>0.00</vIBSMun></gIBSMunTot></gIBS>
        <gCBS><vCBS>6.89</vCBS></gCBS>
      </totCIBS>
    </IBSCBS>`;

const DEEDS = {
  '101101': '<xDesc>Cancelamento de NFS-e</xDesc><cMotivo>1</cMotivo><xMotivo>Serviço cobrado em dobro</xMotivo>',
  '105102': '<xDesc>Cancelamento de NFS-e por Substituição</xDesc><cMotivo>99</cMotivo>',
  '105104':
    '<xDesc>Cancelamento de NFS-e Deferido por Análise Fiscal</xDesc><cMotivo>1</cMotivo><xMotivo>Pedido do emitente deferido</xMotivo>',
  '305101': '<xDesc>Cancelamento de NFS-e por Ofício</xDesc><xProcAdm>Processo 123 da prefeitura</xProcAdm>',
  '202201': '<xDesc>Confirmação do Prestador</xDesc>',
};

/** The file of an event of a note, as it was registered. */
export function sampleEvent(
  key: string,
  code: keyof typeof DEEDS = '101101',
  { replacedBy, at = '2026-11-20T09:00:00-03:00' }: { replacedBy?: string; at?: string } = {},
): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<evento versao="1.01" xmlns="http://www.sped.fazenda.gov.br/nfse">
  <infEvento Id="EVT${key}${code}001">
    <verAplic>Amostra_1</verAplic><ambGer>2</ambGer><nSeqEvento>001</nSeqEvento><dhProc>${at}</dhProc>
    <pedRegEvento versao="1.01">
      <infPedReg Id="PRE${key}${code}">
        <tpAmb>1</tpAmb><dhEvento>${at}</dhEvento><CNPJAutor>${ISSUER_CNPJ}</CNPJAutor><chNFSe>${key}</chNFSe>
        <e${code}>${DEEDS[code]}${replacedBy ? `<chSubstituta>${replacedBy}</chSubstituta>` : ''}</e${code}>
      </infPedReg>
    </pedRegEvento>
  </infEvento>
</evento>`;
}
