import { describe, expect, it } from '@jest/globals';
import { ticketNumber, yearIn } from './ticket-number.js';

describe('a ticket’s number', () => {
  it('has the year and at least six digits', () => {
    expect(ticketNumber(2026, 123)).toBe('T-2026-000123');
    expect(ticketNumber(2026, 1_234_567)).toBe('T-2026-1234567');
  });

  it('takes the year from the organization’s calendar', () => {
    const moment = new Date('2027-01-01T01:30:00Z');
    expect(yearIn('America/Sao_Paulo', moment)).toBe(2026);
    expect(yearIn('Europe/Lisbon', moment)).toBe(2027);
  });
});
