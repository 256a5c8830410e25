import { ApiProperty } from '@nestjs/swagger';

/** Something named, where its id and name are enough. */
export class ReferenceResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
}
