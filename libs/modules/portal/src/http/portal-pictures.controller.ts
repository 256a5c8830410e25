import { Body, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LARGEST_UPLOAD } from '@balcao/contracts';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  TakesFile,
  UuidParam,
  uploadedFile,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PictureService } from '../pictures/picture.service.js';
import {
  FetchPictureRequest,
  PictureQuery,
  PortalPictureResponse,
  portalPictureItem,
  wishOf,
} from './dto/portal-picture.dto.js';

/** Pictures on their way into the settings of a portal. */
@AudienceController('staff', 'api/v1/admin/portals/:id/pictures', 'Portal settings')
export class PortalPicturesController {
  constructor(private readonly pictures: PictureService) {}

  @Post()
  @RequireStaffPermission('portals:write')
  @TakesFile(
    LARGEST_UPLOAD,
    'PNG, JPEG, WebP, GIF, ICO or SVG, of at most 5 MB and 4,096 pixels on a side; of SVG 180 kB',
  )
  @Operation('adminUploadPicture', PortalPictureResponse)
  @Summary('Bring a picture; it is looked at and drawn anew before a setting may name it')
  async upload(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() query: PictureQuery,
    @Req() request: FastifyRequest,
  ) {
    const picture = await this.pictures.receive(context, id, wishOf(query), uploadedFile(request));
    return { picture: portalPictureItem(picture, context.locale) };
  }

  @Post('fetch')
  @RequireStaffPermission('portals:write')
  @Operation('adminFetchPicture', PortalPictureResponse)
  @Summary('Have a picture fetched from its address; it is kept, and never read from there again')
  async fetch(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: FetchPictureRequest) {
    const picture = await this.pictures.fetch(context, id, wishOf(body), body.address);
    return { picture: portalPictureItem(picture, context.locale) };
  }

  @Get(':pictureId')
  @RequireStaffPermission('portals:read')
  @Operation('adminGetPicture', PortalPictureResponse)
  @Summary('What became of a picture that was brought; for seven days')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @UuidParam('pictureId') pictureId: string) {
    return { picture: portalPictureItem(await this.pictures.get(context, id, pictureId), context.locale) };
  }
}
