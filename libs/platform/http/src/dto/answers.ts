import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** The class of an answer with one member: `{ticket: …}`, or a list where the type stands in one. */
export function Single<Name extends string, Content>(
  name: Name,
  type: Type<Content>,
  description = `The ${name} as it stands now`,
): Type<Record<Name, Content>> {
  class Answer {}
  ApiProperty({ type, description })(Answer.prototype, name);
  return Answer as Type<Record<Name, Content>>;
}

/** The class of a list that is no page, as it is short: `{data: […]}`. */
export function ListOf<Content>(type: Type<Content>): Type<{ data: Content[] }> {
  class Answer {}
  ApiProperty({ type: [type] })(Answer.prototype, 'data');
  return Answer as Type<{ data: Content[] }>;
}

/** A member of an answer that may be null. */
export const Nullable = (
  type: Type | [Type] | 'integer',
  description?: string,
  more?: Pick<ApiPropertyOptions, 'required' | 'example'> & { format?: string; enum?: readonly string[] },
): PropertyDecorator => ApiProperty({ type, nullable: true, description, ...more } as ApiPropertyOptions);

/** What is answered where there is nothing to tell but that it is done. */
export class SuccessResponse {
  @ApiProperty({ enum: [true], description: 'It is done' }) success: true;
}

export const SUCCESS: SuccessResponse = { success: true };
