import { describe, expect, it } from '@jest/globals';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { SUCCESS, SuccessResponse } from './answers.js';
import { Operation } from './operation.js';
import { pageOf } from './page.response.js';
import type { PageQuery } from './page.query.js';

const query = { page: 1, limit: 50 } as PageQuery;

class Handlers {
  @Operation('one', SuccessResponse)
  async one() {
    return SUCCESS;
  }

  @Operation('page', [SuccessResponse])
  async page() {
    return pageOf([SUCCESS], 1, query);
  }

  @Operation('nothing')
  async nothing() {}

  // @ts-expect-error it says that it answers one
  @Operation('other', SuccessResponse)
  async other() {
    return { succeeded: true };
  }

  // @ts-expect-error it says that it answers a page
  @Operation('rows', [SuccessResponse])
  async rows() {
    return [SUCCESS];
  }

  // @ts-expect-error it says that it answers nothing
  @Operation('something')
  async something() {
    return SUCCESS;
  }
}

describe('an operation', () => {
  it.each(['one', 'page', 'nothing'] as const)('is put on a handler that answers what it says: %s', (name) => {
    const status = Reflect.getMetadata(HTTP_CODE_METADATA, Handlers.prototype[name]);
    expect(status).toBe(name === 'nothing' ? 204 : undefined);
  });
});
