import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Audience, Public, createHttpAdapter } from '@balcao/platform-http';
import { testConfig } from '@balcao/platform-testing';
import { OTHER_ROUTES } from '../../src/http/other-routes.js';

@Controller('kind-only')
class WithoutAudience {
  @Get()
  @Public()
  answer(): string {
    return 'nobody said for whom';
  }
}

@Controller('audience-only')
@Audience('staff')
class WithoutKind {
  @Get()
  answer(): string {
    return 'nobody said who may';
  }
}

@Controller('neither')
class WithNeither {
  @Get()
  answer(): string {
    return 'nobody said anything';
  }
}

@Controller('both')
@Audience('staff')
class WithBoth {
  @Get()
  @Public()
  answer(): string {
    return 'said';
  }
}

const config = testConfig({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' });
const adapterFor = () => createHttpAdapter(config, { otherRoutes: OTHER_ROUTES });

async function start(controller: Type): Promise<void> {
  @Module({ controllers: [controller] })
  class Application {}
  const app = await NestFactory.create(Application, adapterFor(), { logger: false, abortOnError: false });
  await app.init();
  await app.close();
}

describe('a controller', () => {
  it.each([WithoutAudience, WithoutKind, WithNeither])('%p stops the start', async (controller) => {
    await expect(start(controller)).rejects.toThrow(/declares no guard/);
  });

  it('with a guard does not', async () => {
    await expect(start(WithBoth)).resolves.toBeUndefined();
  });
});

describe('a route that Nest does not know', () => {
  let fastify: FastifyInstance;
  beforeEach(() => void (fastify = adapterFor().getInstance() as unknown as FastifyInstance));
  afterEach(() => fastify.close());

  it.each(['/ops/queue', '/ops/queuesx', '/api/docsx', '/new-plugin/status', '/'])('at %s stops the start', (url) => {
    expect(() => fastify.get(url, async () => 'open')).toThrow(/declares no guard/);
  });

  it('is fine where it says who stands before it, or stands in the list', () => {
    fastify.get('/page', { config: { guardedBy: 'nobody' } as never }, async () => 'open');
    fastify.get('/ops/queues/anything', async () => 'guarded');
  });
});
