import { ApiProperty } from '@nestjs/swagger';
import { Exclude, Transform } from 'class-transformer';
import { IsInt } from 'class-validator';

const MOST_PAGES = 10_000;

/** Whole number of a query parameter; what is out of range or no number is brought into range whatever its length. */
export function clampInteger(value: unknown, fallback: number, min: number, max: number): number {
  const number = typeof value === 'string' && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : fallback;
  return Math.min(max, Math.max(min, number));
}

/** Query parameters of every list. */
export class PageQuery {
  @ApiProperty({
    description: 'Page, from 1; what is no such number is brought into range',
    required: false,
    type: 'integer',
    minimum: 1,
    default: 1,
    example: 1,
  })
  @Transform(({ value }: { value: unknown }) => clampInteger(value, 1, 1, MOST_PAGES))
  @IsInt()
  page = 1;

  @ApiProperty({
    description: 'Rows of a page, 1 to 100; what is no such number is brought into range',
    required: false,
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 50,
    example: 50,
  })
  @Transform(({ value }: { value: unknown }) => clampInteger(value, 50, 1, 100))
  @IsInt()
  limit = 50;

  // Or a parameter of that name would be written to what can only be read.
  @Exclude()
  get offset(): number {
    return (this.page - 1) * this.limit;
  }
}
