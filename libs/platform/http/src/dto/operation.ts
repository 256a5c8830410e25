import 'reflect-metadata';
import { HttpCode, RequestMethod, SetMetadata, StreamableFile, applyDecorators, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ErrorCode } from '@balcao/contracts';
import { PaginationResponse, type Page } from './page.response.js';
import { ApiProblems } from './problem.response.js';

const OPERATION_METADATA = 'balcao:operation';
const SUMMARY_METADATA = 'balcao:summary';

/**
 * The class of an answer, or in a list that of the rows of a page `{data, pagination}`; a file is called by its media type,
 * and 204 has none.
 */
type AnswerType = Type | [row: Type] | 'text/csv' | 'application/zip' | undefined;
type AnswerOf<Answer extends AnswerType> =
  Answer extends Type<infer Content>
    ? Content
    : Answer extends [Type<infer Row>]
      ? Page<Row>
      : Answer extends string
        ? StreamableFile
        : void;
/** Goes with handlers only that answer what it says, or nothing where the caller's copy is still true. */
type HandlerDecorator<Answer extends AnswerType> = <
  Handler extends (...input: never[]) => Promise<AnswerOf<Answer> | undefined> | AnswerOf<Answer>,
>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Handler>,
) => void;

interface Described {
  operationId: string;
  answer: AnswerType;
}

/** What an operation is called and answers, and the codes by which it refuses, besides those of its guard and its input. */
export function Operation<Answer extends AnswerType = undefined>(
  operationId: string,
  answer?: Answer,
  ...problems: ErrorCode[]
): HandlerDecorator<Answer> {
  const described: Described = { operationId, answer };
  return applyDecorators(
    SetMetadata(OPERATION_METADATA, described),
    ApiProblems(...problems),
    ...(answer ? [] : [HttpCode(204)]),
  );
}

/** What an operation does. What follows the first `; ` is for its description alone. */
export const Summary = (summary: string): MethodDecorator => SetMetadata(SUMMARY_METADATA, summary);

/** Writes what both say into the OpenAPI document, the answer under the status that it is sent with. */
export function documentOperation(method: object): void {
  const described = Reflect.getMetadata(OPERATION_METADATA, method) as Described | undefined;
  if (!described) return;
  const { operationId, answer } = described;
  const summary = Reflect.getMetadata(SUMMARY_METADATA, method) as string;
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod;
  const code = Reflect.getMetadata(HTTP_CODE_METADATA, method) as number | undefined;
  const status = code ?? (verb === RequestMethod.POST ? 201 : 200);
  const descriptor = { value: method } as never;
  ApiOperation({ operationId, summary })({}, '', descriptor);
  if (typeof answer === 'string') {
    const schema = answer === 'text/csv' ? { type: 'string' } : { type: 'string', format: 'binary' };
    const content = { [answer]: { schema } };
    return void ApiResponse({ status, description: 'The file', content })({}, '', descriptor);
  }
  if (!Array.isArray(answer)) return void ApiResponse({ status, type: answer })({}, '', descriptor);
  const [row] = answer;
  ApiExtraModels(PaginationResponse, row)({}, '', descriptor);
  const schema = {
    type: 'object',
    required: ['data', 'pagination'],
    properties: {
      data: { type: 'array', items: { $ref: getSchemaPath(row) } },
      pagination: { $ref: getSchemaPath(PaginationResponse) },
    },
  };
  ApiResponse({ status, description: 'One page', schema })({}, '', descriptor);
}
