/** Words of the codes of a national fiscal note, as its printed form has them (CGNFS-e, NT 008 and NT 009). */
const WORDS = {
  tpEmit: { '1': 'Prestador', '2': 'Tomador', '3': 'Intermediário' },
  cStat: {
    '100': 'NFS-e gerada',
    '101': 'NFS-e de substituição gerada',
    '102': 'NFS-e de decisão judicial ou administrativa',
    '103': 'NFS-e avulsa',
    '107': 'NFS-e MEI',
  },
  finNFSe: { '0': 'NFS-e regular', '1': 'NFS-e de crédito', '2': 'NFS-e de débito' },
  ambGer: { '1': 'Sistema próprio do município', '2': 'Sefin Nacional NFS-e' },
  tpAmb: { '1': 'Produção', '2': 'Homologação' },
  opSimpNac: {
    '1': 'Não optante',
    '2': 'Optante: Microempreendedor Individual (MEI)',
    '3': 'Optante: Microempresa ou Empresa de Pequeno Porte (ME/EPP)',
    '4': 'Optante pendente',
  },
  regApTribSN: {
    '1': 'Tributos federais e municipal pelo Simples Nacional',
    '2': 'Tributos federais pelo Simples Nacional e ISSQN pela NFS-e',
    '3': 'Tributos federais e municipal pela NFS-e',
  },
  regEspTrib: {
    '0': 'Nenhum',
    '1': 'Ato cooperado (cooperativa)',
    '2': 'Estimativa',
    '3': 'Microempresa municipal',
    '4': 'Notário ou registrador',
    '5': 'Profissional autônomo',
    '6': 'Sociedade de profissionais',
    '9': 'Outros',
  },
  tribISSQN: { '1': 'Operação tributável', '2': 'Imunidade', '3': 'Exportação de serviço', '4': 'Não incidência' },
  tpRetISSQN: { '1': 'Não retido', '2': 'Retido pelo tomador', '3': 'Retido pelo intermediário' },
  tpImunidade: {
    '0': 'Imunidade não informada',
    '1': 'Patrimônio, renda ou serviços, uns dos outros',
    '2': 'Templos de qualquer culto',
    '3': 'Partidos, sindicatos, educação e assistência social',
    '4': 'Livros, jornais, periódicos e o papel',
    '5': 'Fonogramas e videofonogramas',
  },
  tpSusp: { '1': 'Por decisão judicial', '2': 'Por processo administrativo' },
  tpRetPisCofins: {
    '0': 'PIS/COFINS/CSLL não retidos',
    '1': 'PIS/COFINS retidos',
    '2': 'PIS/COFINS não retidos',
    '3': 'PIS/COFINS/CSLL retidos',
    '4': 'PIS/COFINS retidos, CSLL não retida',
    '5': 'PIS retido, COFINS/CSLL não retidas',
    '6': 'COFINS retida, PIS/CSLL não retidos',
    '7': 'PIS não retido, COFINS/CSLL retidas',
    '8': 'PIS/COFINS não retidos, CSLL retida',
    '9': 'COFINS não retida, PIS/CSLL retidos',
  },
} as const satisfies Record<string, Record<string, string>>;

/** The word of a code; the code itself where it is newer than these words. */
export function wordOf(kind: keyof typeof WORDS, code: string | undefined): string {
  if (code === undefined) return NOTHING;
  return (WORDS[kind] as Record<string, string>)[code] ?? code;
}

/** Stands in a field that the note says nothing of: none is left empty. */
export const NOTHING = '-';
