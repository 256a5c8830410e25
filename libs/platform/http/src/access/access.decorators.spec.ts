import { describe, expect, it } from '@jest/globals';
import { Body, Get, Post, Query, createParamDecorator } from '@nestjs/common';
import { Audience, Authenticated } from './access.decorators.js';

/** Whether the document says that an operation refuses fields. */
const refusesFields = (handler: object) =>
  JSON.stringify(Reflect.getMetadata('swagger/apiResponse', handler)).includes('`validation_failed`');

describe('what a route refuses, by the document', () => {
  it('is fields where it takes a body or a query', () => {
    @Audience('operator')
    class Takes {
      @Get()
      @Authenticated()
      query(@Query() query: object) {
        return query;
      }
      @Post()
      @Authenticated()
      body(@Body() body: object) {
        return body;
      }
    }
    expect([refusesFields(Takes.prototype.query), refusesFields(Takes.prototype.body)]).toEqual([true, true]);
  });

  it('is no fields by the random names that decorators of parameters are given', () => {
    const refusing = Array.from({ length: 500 }, () => {
      const Caller = createParamDecorator(() => 'somebody');
      @Audience('operator')
      class TakesNone {
        @Get()
        @Authenticated()
        get(@Caller() caller: string) {
          return caller;
        }
      }
      return refusesFields(TakesNone.prototype.get);
    });
    expect(refusing).not.toContain(true);
  });
});
