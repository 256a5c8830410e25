import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** The class of an answer whose members are all of one kind. */
export function Members<Name extends string, Content>(
  names: readonly Name[],
  options: ApiPropertyOptions,
): Type<Record<Name, Content>> {
  class Answer {}
  for (const name of names) ApiProperty(options)(Answer.prototype, name);
  return Answer as Type<Record<Name, Content>>;
}

/** The class of an answer of switches, each with its words. */
export function Switches<Name extends string>(described: Record<Name, { description: string }>) {
  class Answer {}
  for (const [name, { description }] of Object.entries<{ description: string }>(described))
    ApiProperty({ type: Boolean, description })(Answer.prototype, name);
  return Answer as Type<Record<Name, boolean>>;
}

/** The class of an answer with one member: `{ticket: …}`, or a list where the type stands in one. */
export const Single = <Name extends string, Content>(
  name: Name,
  type: Type<Content>,
  description = `The ${name} as it stands now`,
) => Members<Name, Content>([name], { type, description });

/** The class of a list that is no page, as it is short: `{data: […]}`. */
export const ListOf = <Content>(type: Type<Content>) => Members<'data', Content[]>(['data'], { type: [type] });

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
