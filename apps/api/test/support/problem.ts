import { expect } from '@jest/globals';
import type { Response, Test } from 'supertest';

/** Sends the request and requires that it is refused with this status and code, as a problem document. */
export async function refusal(request: Test, status: number, code: string): Promise<Response> {
  const response = await request;
  expect([response.status, (response.body as { code?: string }).code]).toEqual([status, code]);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return response;
}
