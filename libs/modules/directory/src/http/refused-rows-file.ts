import type { FastifyRequest } from 'fastify';
import { csvFile } from '@balcao/platform-http';
import type { DataImportRow } from '../imports/data-import.service.js';
import { REFUSED_HEADINGS, rowProblemText } from './dto/data-import.dto.js';

const NAMES = { 'pt-BR': 'linhas-recusadas', 'en-US': 'refused-rows' } as const;

/** The rows that were refused as a file that can be mended and imported again: its own columns, then the place and the reason. */
export function refusedRowsFile(request: FastifyRequest, headings: string[], batches: AsyncIterable<DataImportRow[]>) {
  const { locale } = request.balcao.context;
  const rows = async function* () {
    yield [[...headings, ...REFUSED_HEADINGS[locale]]];
    for await (const batch of batches)
      yield batch.map((row) => [
        ...headings.map((_heading, place) => row.cells[place] ?? ''),
        String(row.line),
        rowProblemText(row, locale) ?? '',
      ]);
  };
  return csvFile(request, NAMES[locale], rows());
}
