import 'reflect-metadata';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ERROR_CATALOGUE, type ErrorCode } from '@balcao/contracts';

/** In the order in which the document names them. */
const CODES = Object.keys(ERROR_CATALOGUE) as ErrorCode[];

export class FieldErrorResponse {
  @ApiProperty({ description: 'Where the field stands in the body or the query', example: 'email' }) path: string;
  @ApiProperty({ description: 'Rule that was broken; stable', example: 'maxLength' }) code: string;
  @ApiProperty({
    description: 'What the rule is set to',
    selfRequired: false,
    type: 'object',
    additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    example: { max: 255 },
  })
  params?: Record<string, string | number>;
  @ApiProperty({
    description: 'The rule in words, in the language of Accept-Language',
    example: 'Too long: the maximum is 255.',
  })
  message: string;
  @ApiProperty({ type: 'integer', required: false, description: 'Line of a longer text, counted from 1', example: 3 })
  line?: number;
}

/** One of the accounts that a sign-in is right for. */
class AccountChoiceResponse {
  @ApiProperty({ format: 'uuid' }) organizationId: string;
  @ApiProperty({ description: 'Send it back to choose the organization', example: 'aurora' }) organizationSlug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) organizationName: string;
  @ApiProperty({ type: String, format: 'uuid', required: false, description: 'Send it back to choose the customer' })
  billingAccountId?: string;
  @ApiProperty({ type: String, required: false, example: 'Padaria Estrela' }) billingAccountName?: string;
}

/** A portal where somebody may go instead. */
class OtherPortalResponse {
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty({ example: 'https://portal.aurora.example/portal/', description: 'Where its visitors find it' })
  address: string;
}

/** A signup, and what opens it. */
class OpenedSignupResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Opens it, in `x-balcao-signup`', example: 'm.mac' }) token: string;
}

/** An error as RFC 9457 describes it. */
export class ProblemResponse {
  @ApiProperty({ example: 'urn:balcao:error:not_found', description: 'Names the code as a URN' }) type: string;
  @ApiProperty({ description: 'The code in English words; stable' })
  title: string;
  @ApiProperty({ type: 'integer', example: 404, description: 'Same as that of the answer' }) status: number;
  @ApiProperty({ description: 'Cause and remedy in the language of Accept-Language' })
  detail: string;
  @ApiProperty({
    example: '/api/v1/portal/tickets/1',
    description: 'Path that was asked for; absent where the request could not be read',
    required: false,
  })
  instance?: string;
  @ApiProperty({ enum: CODES, example: 'not_found', description: 'Stable; switch on this' })
  code: string;
  @ApiProperty({
    type: [FieldErrorResponse],
    description: 'What is wrong with each field; empty where no field is at fault',
  })
  errors: FieldErrorResponse[];
  @ApiProperty({ description: 'Quote it when you ask for help', example: '01922222-0000-7000-8000-000000000001' })
  requestId: string;
  @ApiProperty({ description: 'Same as title: the same in every language' }) error: string;
  @ApiProperty({
    type: [AccountChoiceResponse],
    required: false,
    description: 'Only with `multiple_accounts`: those that the password is right for',
  })
  accounts?: AccountChoiceResponse[];
  @ApiProperty({
    type: [OtherPortalResponse],
    required: false,
    description:
      'With `portal_role_not_allowed`: portals that let the person in. With `not_found` or `misdirected_request`, at an ' +
      'address that was a portal’s: where it is now',
  })
  portals?: OtherPortalResponse[];
  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'Only with `invitation_waiting`: what can be sent again, an invitation or somebody of the team',
  })
  invitationId?: string;
  @ApiProperty({
    type: OpenedSignupResponse,
    required: false,
    description:
      'Only with `signup_already_registered`: the signup that has ended, by which its administrators can be asked',
  })
  signup?: OpenedSignupResponse;
}

const PROBLEMS_METADATA = 'balcao:problems';

/** Documents the error codes of a route, besides those that its guard implies. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator {
  return (_target, _name, descriptor) => addProblems(descriptor.value as object, codes);
}

export function addProblems(method: object, codes: readonly ErrorCode[]): void {
  const known = (Reflect.getMetadata(PROBLEMS_METADATA, method) as ErrorCode[] | undefined) ?? [];
  Reflect.defineMetadata(PROBLEMS_METADATA, [...new Set([...known, ...codes])], method);
}

/** Writes the collected codes into the OpenAPI document, grouped by status. */
export function documentProblems(method: object): void {
  const known = new Set((Reflect.getMetadata(PROBLEMS_METADATA, method) as ErrorCode[] | undefined) ?? []);
  const codes = CODES.filter((code) => known.has(code));
  const descriptor = { value: method } as never;
  ApiExtraModels(ProblemResponse)({}, '', descriptor);
  for (const status of new Set(codes.map((code) => ERROR_CATALOGUE[code].status))) {
    const group = codes.filter((code) => ERROR_CATALOGUE[code].status === status);
    ApiResponse({
      status,
      description: group.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].text['en-US']}`).join('\n\n'),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) } } },
    })({}, '', descriptor);
  }
}
