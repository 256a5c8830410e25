import { Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { EMPTY, type Observable } from 'rxjs';
import { EVENTS, LIVE_HEARTBEAT_MS, type EventDefinition, type EventName } from '@balcao/contracts';
import { AudienceController, AccessPipeline, Authenticated, PortalCtx, StaffCtx } from '@balcao/platform-http';
import type { PortalContext, StaffContext } from '@balcao/platform-tenancy';
import { customerMayHear } from '../audience.js';
import type { LiveMessage } from '../live-bus.js';
import { LiveStreams, type LiveReader } from '../live-streams.js';

const STREAM = {
  description:
    'Server-sent events. `ready` opens it; each message names what happened (`name`) and what it concerns (`ids`); after ' +
    '`reset` something may have been missed, so what is shown is to be read anew. A `heartbeat` comes every ' +
    `${LIVE_HEARTBEAT_MS / 1_000} seconds: a stream that is silent for longer is dead.`,
  content: { 'text/event-stream': { schema: { type: 'string' } } },
} as const;
const LAST = ApiHeader({
  name: 'Last-Event-ID',
  required: false,
  description: 'The `id` that was heard last; browsers send it by themselves when they come back.',
  schema: { type: 'string' },
});

const definitionOf = ({ name }: LiveMessage): EventDefinition => EVENTS[name as EventName];

abstract class LiveController {
  constructor(
    private readonly streams: LiveStreams,
    private readonly access: AccessPipeline,
  ) {}

  protected open(
    request: FastifyRequest,
    whose: Pick<LiveReader, 'organizationId' | 'billingAccountId'>,
    mayHear: (message: LiveMessage) => boolean,
  ): Observable<MessageEvent> {
    // Whoever asks for the headers only would wait for ever.
    if (request.method === 'HEAD') return EMPTY;
    return this.streams.stream({
      subjectId: request.balcao.principal!.user.id,
      ...whose,
      // Only cookies come as several.
      since: request.headers['last-event-id'] as string | undefined,
      mayHear,
      stillMay: () => this.access.stillAdmits(request),
    });
  }
}

@AudienceController('portal', 'api/v1/portal/live', 'Portal: live')
export class PortalLiveController extends LiveController {
  constructor(streams: LiveStreams, access: AccessPipeline) {
    super(streams, access);
  }

  @Sse()
  @Authenticated()
  @ApiOperation({ operationId: 'portalListen', summary: 'Hear what happens to what one may see' })
  @LAST
  @ApiOkResponse(STREAM)
  listen(@PortalCtx() context: PortalContext, @Req() request: FastifyRequest): Observable<MessageEvent> {
    const { organizationId, scope } = context;
    const whose = { organizationId, billingAccountId: scope.billingAccountId };
    return this.open(request, whose, (message) => customerMayHear(context, definitionOf(message), message));
  }
}

@AudienceController('staff', 'api/v1/admin/live', 'Staff: live')
export class StaffLiveController extends LiveController {
  constructor(streams: LiveStreams, access: AccessPipeline) {
    super(streams, access);
  }

  @Sse()
  @Authenticated()
  @ApiOperation({ operationId: 'adminListen', summary: 'Hear what happens in the organization' })
  @LAST
  @ApiOkResponse(STREAM)
  listen(@StaffCtx() { organizationId, can }: StaffContext, @Req() request: FastifyRequest): Observable<MessageEvent> {
    return this.open(request, { organizationId }, (message) => can(definitionOf(message).staff));
  }
}
