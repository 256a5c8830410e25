import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TEXT_MARK, csvLine } from '@balcao/csv';

/** What stands in a cell; null for nothing. */
export type CsvCell = string | null;

/**
 * A CSV that spreadsheets open: semicolons, the mark of UTF-8, nothing that is computed. Its rows come in batches, the next one when
 * the reader has taken the one before, so that it holds no more in memory than one. `name` is without its ending.
 */
export function csvFile(
  request: FastifyRequest,
  name: string,
  batches: AsyncIterable<readonly (readonly CsvCell[])[]>,
): StreamableFile {
  async function* text(): AsyncGenerator<string> {
    // Who asks for the headers only gets no rows.
    if (request.method === 'HEAD') return;
    yield TEXT_MARK;
    for await (const rows of batches) yield rows.map((cells) => csvLine(cells)).join('');
  }
  return new StreamableFile(Readable.from(text(), { objectMode: false }), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
