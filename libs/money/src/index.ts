export { allocate, CURRENCIES, divHalfEven, isCurrency, isKeepable, minorDigits, MOST_MINOR } from './amounts.js';
export {
  HUNDRED_PERCENT,
  ONE,
  parseDecimal,
  PERCENT_DECIMALS,
  percentOf,
  plainDecimal,
  printDecimal,
  QUANTITY_DECIMALS,
} from './decimals.js';
export {
  type AmountProblem,
  type DecimalProblem,
  type PercentProblem,
  type QuantityProblem,
  readAmount,
  readPercent,
  readQuantity,
} from './typed-amount.js';
export {
  formatMoney,
  type Money,
  type NumberLocale,
  writeAmount,
  writePercent,
  writeQuantity,
} from './written-amount.js';
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
export {
  addDays,
  addMonths,
  compareDays,
  type Day,
  dayAt,
  daysBetween,
  isDay,
  isKeepableDay,
  startOfDay,
  weekday,
} from './days.js';
export { type Period, periodAt, periodOf, type PeriodUnit } from './periods.js';
export { type PlanChange, planChange, prorate } from './proration.js';
export { type LateCharges, lateCharges, type LateFigures, type LateTerms } from './late-charges.js';
