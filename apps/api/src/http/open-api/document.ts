import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { AppConfig } from '@balcao/platform-config';
import { cookieNames, csrfHeaderName, matchesEtag, weakEtag } from '@balcao/platform-http';
import { complete, type Document } from './complete.js';

type SecuritySchemes = NonNullable<NonNullable<OpenAPIObject['components']>['securitySchemes']>;

/** What the document says besides the routes: names of portals' cookies and header, and where the installation is. */
type Named = Pick<AppConfig, 'portalCookiePrefix' | 'publicUrl'>;

const made = new Map<string, Document>();

/** The OpenAPI 3.1 document of every route. All applications of a process have the same routes, so it is made once. */
export function openApiDocument(app: INestApplication, { portalCookiePrefix, publicUrl }: Named): Document {
  const named = { portalCookiePrefix, publicUrl };
  const key = JSON.stringify(named);
  const document = made.get(key) ?? createDocument(app, named);
  made.set(key, document);
  return document;
}

function createDocument(app: INestApplication, { portalCookiePrefix, publicUrl }: Named): Document {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Balcão')
    .setDescription(
      'The customer portal: `/api/v1/portal` for customers, `/api/v1/admin` for staff, `/ops` for operators. ' +
        'A portal is addressed by its domain, its subdomain or `/o/{slug}` before the path. ' +
        'Errors are RFC 9457 problem documents; switch on their `code`.',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    .build();
  settings.info.contact = { name: 'Whoever runs this installation', url: publicUrl };
  settings.components = { securitySchemes: securitySchemes(portalCookiePrefix) };
  const document = SwaggerModule.createDocument(app, settings, {
    autoTagControllers: false,
  });
  return complete(withNullTypes(document) as Document);
}

/** Ways of showing who one is; each operation names those that it takes. */
function securitySchemes(prefix: string): SecuritySchemes {
  const schemes: SecuritySchemes = {
    bearer: { type: 'http', scheme: 'bearer', description: 'Session token or JWT of the sign-in' },
  };
  for (const audience of ['portal', 'staff', 'operator'] as const) {
    const { session, csrf } = cookieNames(audience, prefix);
    schemes[`${audience}Session`] = { type: 'apiKey', in: 'cookie', name: session, description: 'Set by the sign-in' };
    schemes[`${audience}Csrf`] = {
      type: 'apiKey',
      in: 'header',
      name: csrfHeaderName(audience, prefix),
      description: `Repeats the cookie \`${csrf}\``,
    };
  }
  return schemes;
}

/** Serves the document at `/api/openapi.json` and Swagger UI at `/api/docs`. */
export function serveOpenApi(app: INestApplication, document: Document): void {
  SwaggerModule.setup('api/docs', app, document as unknown as OpenAPIObject, {
    raw: false,
    customSiteTitle: 'Balcão API',
  });
  const json = JSON.stringify(document);
  const etag = weakEtag(json);
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.get('/api/openapi.json', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-cache', etag });
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.status(304).send();
    return reply.type('application/json; charset=utf-8').send(json);
  });
}

/** OpenAPI 3.1 says `type: [string, null]` where 3.0, in whose terms the decorators speak, said `nullable: true`. */
function withNullTypes(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNullTypes);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withNullTypes(value)]),
  );
  if (nullable !== true) return nullable === undefined ? rest : { ...rest, nullable };
  if (typeof rest.type === 'string') {
    return {
      ...rest,
      type: [rest.type, 'null'],
      ...(Array.isArray(rest.enum) ? { enum: [...(rest.enum as unknown[]), null] } : {}),
    };
  }
  const { description, example, allOf, $ref, ...others } = rest;
  return {
    ...others,
    description,
    example,
    anyOf: [...((allOf as unknown[] | undefined) ?? [{ $ref }]), { type: 'null' }],
  };
}
