import { Injectable } from '@nestjs/common';
import { reportPeriod, type AskedReport } from '@balcao/module-billing';
import { Database, type StaffContext } from '@balcao/platform-tenancy';
import { paymentMix, type MixRow } from './persistence/payment-mix.js';

/** How all customers together pay. */
@Injectable()
export class PaymentReports {
  constructor(private readonly database: Database) {}

  async mix(context: StaffContext, asked: AskedReport): Promise<{ currency: string; ways: MixRow[] }> {
    const period = reportPeriod(context, asked);
    const ways = await this.database.read(context, (db) => paymentMix(db, period));
    return { currency: period.currency, ways };
  }
}
