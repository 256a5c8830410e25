/** Tax id of the organization that issues the fiscal notes of tests. */
export const FISCAL_ISSUER = '33683111000280';

/** A file of a national fiscal note, as short as one can be. Its taker is nobody. */
export const FISCAL_XML = `<?xml version="1.0" encoding="UTF-8"?>
<NFSe xmlns="http://www.sped.fazenda.gov.br/nfse" versao="1.01">
  <infNFSe Id="NFS35503081233683111000280000000001844326110000018444">
    <nNFSe>18443</nNFSe><dhProc>2026-11-10T10:12:13-03:00</dhProc>
    <DPS><infDPS>
      <tpAmb>1</tpAmb><dCompet>2026-11-10</dCompet>
      <prest><CNPJ>${FISCAL_ISSUER}</CNPJ></prest>
      <valores><vServPrest><vServ>100.00</vServ></vServPrest></valores>
    </infDPS></DPS>
  </infNFSe>
</NFSe>`;
