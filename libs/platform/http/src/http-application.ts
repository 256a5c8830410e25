import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppConfig } from '@balcao/platform-config';
import type { Logger } from '@balcao/platform-logging';
import type { BalcaoRouteConfig, OtherRoute } from './access/access-rule.js';
import { AccessPipeline } from './access/access.pipeline.js';
import { AllowedMethods } from './allowed-methods.js';
import { normalizeRequest } from './access/incoming-request.js';
import { conditionalAnswer } from './caching.js';
import { createValidationPipe } from './dto/validation.pipe.js';
import { clientErrorHandler } from './errors/client-errors.js';
import { ProblemFilter, asDomainError, sendProblem } from './errors/problem.filter.js';
import { Idempotency } from './idempotency.js';
import { BODY_LIMIT_BYTES, acceptJsonBodies, allowLongBody } from './request-bodies.js';
import { acceptUploads } from './uploads.js';
import { addSecurityHeaders, answerHeaders } from './security-headers.js';

/** A route as it was registered, for the tests that look at all of them. */
export interface RegisteredRoute {
  method: string;
  url: string;
  config: BalcaoRouteConfig;
}

interface AdapterOptions {
  /** Collects every route that the server learns of, Nest's and others. */
  routes?: RegisteredRoute[];
  /** Routes of plugins, which cannot declare a guard by themselves. */
  otherRoutes?: OtherRoute[];
}

/** The Fastify server below Nest, with its limits and its check that no route is left unguarded. */
export function createHttpAdapter(
  config: AppConfig,
  { routes = [], otherRoutes = [] }: AdapterOptions = {},
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.trustedProxies ? config.trustedProxyList : false,
    genReqId: () => randomUUID(),
    rewriteUrl: normalizeRequest,
    requestTimeout: 30_000,
    // The access pipeline says how long a path may be, so that the refusal of a longer one is an answer like any other.
    routerOptions: { maxParamLength: 20_000 },
    http: { requireHostHeader: false },
    skipMiddie: true,
    // What arrives on an open connection while the server stops is still served; `endConnectionsWhenStopping` bounds that.
    return503OnClosing: false,
    clientErrorHandler: clientErrorHandler(answerHeaders(config)),
    // What Fastify refuses before any hook runs.
    frameworkErrors: (error: Error, request: unknown, reply: unknown) =>
      sendProblem(asDomainError(error), request as never, reply as never),
  });
  adapter.getInstance().addHook('onRoute', (route) => {
    allowLongBody(route);
    const other = otherRoutes.find(
      ({ prefix }) => route.url === prefix || route.url.startsWith(`${prefix}/`) || route.url.startsWith(`${prefix}-`),
    );
    if (other) {
      const { guardedBy, installation, inlineStyles } = other;
      route.config = { ...route.config, guardedBy, installation, inlineStyles } as never;
    }
    const routeConfig = (route.config ?? {}) as BalcaoRouteConfig;
    if (!routeConfig.guardedBy && !(routeConfig.access?.audience && routeConfig.access.kind)) {
      throw new Error(
        `${String(route.method)} ${route.url} declares no guard: it needs @Audience and one of @Public, @Authenticated, @RequirePortalPermission, @RequireStaffPermission`,
      );
    }
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, config: routeConfig });
  });
  return adapter;
}

/** Everything that is the same for every route: security headers, cookies, access, caching, validation, errors. */
export async function configureHttp(app: NestFastifyApplication, logger: Logger): Promise<void> {
  const config = app.get(AppConfig);
  const pipeline = app.get(AccessPipeline);
  const problems = new ProblemFilter(logger);
  const idempotency = app.get(Idempotency);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const methods = new AllowedMethods(fastify);

  acceptJsonBodies(fastify);
  await acceptUploads(fastify);
  endConnectionsWhenStopping(fastify);
  fastify.decorateRequest('balcao');
  // Also of routes that Nest does not know, whose failures would be shown as they are.
  fastify.setErrorHandler((error, request, reply) => problems.answer(error, request, reply));
  await fastify.register(fastifyCookie as never);
  addSecurityHeaders(fastify, config);
  // Answered here, since plugins with an error handler of their own would turn a refusal into a 500.
  fastify.addHook('onRequest', async (request, reply) => {
    try {
      await pipeline.handle(request, reply);
      methods.demand(request, reply);
    } catch (error) {
      problems.answer(error, request, reply);
      return reply;
    }
  });
  fastify.addHook('preHandler', (request, reply, done) => {
    if (!idempotency.concerns(request)) return done();
    idempotency.begin(request, reply).then(
      (answered) => {
        if (!answered) done();
      },
      (error: unknown) => problems.answer(error, request, reply),
    );
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const send = () => done(null, conditionalAnswer(request, reply, payload));
    // A request that never reached the pipeline has no state.
    const claim = (request.balcao as typeof request.balcao | undefined)?.claim;
    if (claim) void idempotency.end(claim, request, reply, payload).then(send);
    else send();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions?.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        organizationId: request.balcao?.context.organizationId,
        actorId: request.balcao?.context.actor.id,
      },
      'request',
    );
    done();
  });

  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(problems);
}

/** A connection that a client keeps open would hold up the stop until its idle time is over. */
function endConnectionsWhenStopping(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', async () => {
    stopping = true;
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) reply.header('connection', 'close');
    done();
  });
}
