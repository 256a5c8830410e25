import { ApiProperty } from '@nestjs/swagger';
import { Nullable } from './answers.js';
import type { PageQuery } from './page.query.js';

export class PaginationResponse {
  @ApiProperty({ type: 'integer', example: 1, description: 'Which page this is, from 1' }) page: number;
  @ApiProperty({ type: 'integer', example: 50, description: 'Rows of a page' }) limit: number;
  @ApiProperty({ type: 'integer', description: 'Rows of all pages, as far as they were counted', example: 128 })
  total: number;
  @ApiProperty({
    description:
      'Whether `total` is all of them. Lists that can grow large stop counting at 1,000: follow `nextCursor`',
    example: true,
  })
  totalExact: boolean;
  @Nullable(String, 'Of lists that take `cursor`: where the next page begins; null behind the last', {
    required: false,
  })
  nextCursor?: string | null;
}

export interface Page<Row> {
  data: Row[];
  pagination: PaginationResponse;
}

/** One page of a list in the shape of every list. */
export function pageOf<Row>(
  data: Row[],
  counted: number | { total: number; totalExact: boolean },
  { page, limit }: PageQuery,
  nextCursor?: string | null,
): Page<Row> {
  const { total, totalExact } = typeof counted === 'number' ? { total: counted, totalExact: true } : counted;
  return { data, pagination: { page, limit, total, totalExact, ...(nextCursor === undefined ? {} : { nextCursor }) } };
}
