export { allocate, CURRENCIES, divHalfEven, isCurrency, isKeepable, minorDigits, MOST_MINOR } from './amounts.js';
export { HUNDRED_PERCENT, ONE, parseDecimal, PERCENT_DECIMALS, printDecimal, QUANTITY_DECIMALS } from './decimals.js';
export { addDays, addMonths, compareDays, type Day, dayAt, daysBetween, isDay, startOfDay, weekday } from './days.js';
export {
  type Discount,
  type InvoiceDraft,
  type InvoiceLine,
  type InvoiceOutcome,
  type InvoiceProblem,
  type InvoiceProblemCode,
  type InvoiceTotals,
  invoiceTotals,
  type LineTotals,
  MOST_LINES,
} from './invoice-totals.js';
