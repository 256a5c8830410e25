import { ApiProperty } from '@nestjs/swagger';
import {
  fieldErrorText,
  PICTURE_PURPOSES,
  PICTURE_STATUSES,
  type Locale,
  type PicturePurpose,
  type PictureStatus,
} from '@balcao/contracts';
import { EnumField, Nullable, Single, TextField, WebAddressField } from '@balcao/platform-http';
import type { Crop, PortalPictureEntity } from '../../persistence/portal-picture.entity.js';
import type { PictureWish } from '../../pictures/picture.service.js';

/** Within what the longest side may be. */
const CROP = /^\d{1,5}(?:,\d{1,5}){3}$/;

/** What a picture is for. */
export class PictureQuery {
  @EnumField({ values: PICTURE_PURPOSES, description: 'The setting that it is going to be' }) purpose: PicturePurpose;
  @TextField({
    max: 23,
    pattern: CROP,
    optional: true,
    description: 'The part of it that is taken: left, top, width and height in its own pixels; not of an SVG',
    example: '0,0,64,64',
  })
  crop?: string;
}

export class FetchPictureRequest extends PictureQuery {
  @WebAddressField({
    description: 'Where it is in the web. It is fetched once; pages never name this address',
    example: 'https://example.com/logo.png',
  })
  address: string;
}

/** Why a picture is not taken. */
export class PictureProblemFacts {
  @ApiProperty({ example: 'pictureSides', description: 'Stable; as of a field of a form' }) code: string;
  @ApiProperty({
    example: 'A imagem pode ter no máximo 4096 pixels de lado.',
    description: 'In the language of the request',
  })
  message: string;
}

export class PortalPictureItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: PICTURE_PURPOSES, description: 'The setting that it is going to be' }) purpose: PicturePurpose;
  @ApiProperty({
    enum: PICTURE_STATUSES,
    description: 'A `waiting` one is being looked at; the setting may name one that is `ready`',
  })
  status: PictureStatus;
  @Nullable(String, 'What the setting names, once it is ready') address: string | null;
  @Nullable('integer', 'In pixels, once it is ready') width: number | null;
  @Nullable('integer', 'In pixels, once it is ready') height: number | null;
  @ApiProperty({ type: PictureProblemFacts, nullable: true, description: 'Why it was refused' })
  problem: PictureProblemFacts | null;
  @ApiProperty() createdAt: Date;
}

export class PortalPictureResponse extends Single('picture', PortalPictureItem) {}

export function portalPictureItem(picture: PortalPictureEntity, locale: Locale): PortalPictureItem {
  const { id, purpose, status, address, width, height, problem, createdAt } = picture;
  return {
    id,
    purpose,
    status: status === 'receiving' ? 'waiting' : status,
    address,
    width,
    height,
    problem: problem && { code: problem.code, message: fieldErrorText(problem.code, locale, problem.params) },
    createdAt,
  };
}

export function wishOf({ purpose, crop }: PictureQuery): PictureWish {
  const [left = 0, top = 0, width = 0, height = 0] = crop?.split(',').map(Number) ?? [];
  return { purpose, crop: crop === undefined ? null : ({ left, top, width, height } satisfies Crop) };
}
