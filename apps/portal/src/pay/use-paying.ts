import { computed, reactive, ref, watch } from 'vue';
import type { Payment, PaymentItem, PaymentMethod } from '../api/types.js';
import type { PaymentSource } from './source.js';

const LIVING: readonly PaymentItem['status'][] = ['preparing', 'unknown', 'payable'];

/**
 * Paying these invoices: what it takes, by which way, and the payment that is shown for it. By PIX a code is asked for at once;
 * what is open already for the same is found again.
 */
export function usePaying(source: PaymentSource, invoiceIds: () => readonly string[]) {
  const offer = source.useOffer(invoiceIds);
  const chosen = ref<PaymentMethod>();
  /** In minor units; all of it where nothing is said. */
  const amount = ref<number>();
  const shown = reactive<Partial<Record<PaymentMethod, string>>>({});
  const busy = ref(false);
  const failure = ref<Error>();

  const ways = computed(() => offer.data.value?.ways ?? []);
  const method = computed(() => chosen.value ?? ways.value[0]?.method);
  const way = computed(() => ways.value.find((each) => each.method === method.value));
  const toPay = computed(() => amount.value ?? offer.data.value?.total.amount ?? 0);
  /** Why the way is not for this amount: gateways have their least and their most. */
  const bounds = computed(() => {
    if (!way.value) return undefined;
    if (toPay.value < way.value.min.amount) return 'min';
    return toPay.value > way.value.max.amount ? 'max' : undefined;
  });

  const id = computed(() => method.value && shown[method.value]);
  const payment = source.usePayment(() => id.value);

  async function ask({ anew = false, savesMethod = false } = {}): Promise<Payment | undefined> {
    const asked = method.value;
    if (!asked || busy.value) return undefined;
    busy.value = true;
    failure.value = undefined;
    try {
      const created = await source.create({
        invoiceIds: invoiceIds(),
        method: asked,
        ...(amount.value !== undefined && { amount: amount.value }),
        ...(anew && { anew }),
        ...(savesMethod && { savesMethod }),
      });
      shown[asked] = created.id;
      return created;
    } catch (error) {
      failure.value = error as Error;
      await offer.refetch();
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  /** What is open by this way for just these invoices, or for the part. */
  function openBy(wanted: PaymentMethod): PaymentItem | undefined {
    return offer.data.value?.open.find(
      (each) =>
        each.method === wanted &&
        LIVING.includes(each.status) &&
        each.targets.length === invoiceIds().length &&
        each.targets.every(({ invoiceId }) => invoiceIds().includes(invoiceId)) &&
        (amount.value === undefined ? isWhole(each) : each.amount.amount === amount.value),
    );
  }
  const isWhole = ({ targets }: PaymentItem) =>
    targets.every(({ invoiceId, principal }) =>
      offer.data.value?.invoices.some(
        (each) => each.invoiceId === invoiceId && each.principal.amount === principal.amount,
      ),
    );

  watch(
    [offer.data, method, amount, bounds],
    () => {
      const now = method.value;
      if (!now || shown[now] || toPay.value === 0 || bounds.value) return;
      // A code that has ended stays in sight with what became of it: only what was never asked for is asked for by itself.
      if (now === 'pix') {
        if (!failure.value) void ask();
        return;
      }
      const open = openBy(now);
      if (open) shown[now] = open.id;
    },
    { immediate: true },
  );

  function payPart(part: number | undefined): void {
    if (part === amount.value) return;
    for (const each of Object.keys(shown)) delete shown[each as PaymentMethod];
    failure.value = undefined;
    amount.value = part;
  }

  return reactive({
    offer,
    ways,
    method,
    way,
    toPay,
    bounds,
    amount,
    payment,
    id,
    busy,
    failure,
    ask,
    boletoOf: source.boletoOf,
    payPart,
    choose: (next: PaymentMethod) => {
      failure.value = undefined;
      chosen.value = next;
    },
    /** Shows another payment in the place of this one. */
    show: (other: string) => {
      if (method.value) shown[method.value] = other;
    },
  });
}

export type Paying = ReturnType<typeof usePaying>;
