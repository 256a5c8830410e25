import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { FoundPortal } from '../portal-finder.js';

/** The portal that a request's address names, if it names one. What the pipeline found, `PortalFinder` gave. */
export const AddressedPortal = createParamDecorator(
  (_data: unknown, host: ExecutionContext): FoundPortal | undefined =>
    host.switchToHttp().getRequest<FastifyRequest>().balcao.tenant as FoundPortal | undefined,
);
