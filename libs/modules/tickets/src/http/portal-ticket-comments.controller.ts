import { Body, Controller, Delete, HttpCode, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  Audience,
  RequireFeature,
  RequirePortalPermission,
  PortalCtx,
  UuidParam,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { CommentRevisionService } from '../comment-revision.service.js';
import { EditCommentRequest, PortalCommentResponse } from './dto/portal-ticket.dto.js';
import { valueOf } from './dto/ticket-fields.js';
import { presentPortalComment } from './portal-ticket.presenter.js';

/** What customers do with comments that they wrote. */
@ApiTags('Portal: tickets')
@Controller('api/v1/portal/tickets/:id/comments')
@Audience('portal')
export class PortalTicketCommentsController {
  constructor(private readonly comments: CommentRevisionService) {}

  @Patch(':commentId')
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:create')
  @ApiOperation({
    operationId: 'portalEditTicketComment',
    summary: "Change one's own comment until staff have answered",
  })
  @ApiOkResponse({ type: PortalCommentResponse })
  @ApiProblems('validation_failed', 'not_found', 'comment_answered', 'ticket_closed')
  async edit(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('commentId') commentId: string,
    @Body() message: EditCommentRequest,
  ): Promise<PortalCommentResponse> {
    const comment = await this.comments.edit(context, id, commentId, valueOf(message, 'body', 'content'));
    return { comment: presentPortalComment(comment, context.actor.id, true) };
  }

  @Delete(':commentId')
  @HttpCode(204)
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:create')
  @ApiOperation({
    operationId: 'portalRemoveTicketComment',
    summary: "Take back one's own comment until staff have answered; its place stays, its words go",
  })
  @ApiNoContentResponse()
  @ApiProblems('not_found', 'comment_answered', 'ticket_closed')
  async remove(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('commentId') commentId: string,
  ): Promise<void> {
    await this.comments.remove(context, id, commentId);
  }
}
