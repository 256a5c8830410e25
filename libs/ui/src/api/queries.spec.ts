import { QueryClient, useQuery, VUE_QUERY_CLIENT } from '@tanstack/vue-query';
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { provideQueries } from './queries.js';

const Page = defineComponent({
  setup() {
    useQuery({ queryKey: ['ana', 'invoices'], queryFn: async () => 'what Ana owes' });
    return () => h('main');
  },
});

const Layout = defineComponent({
  setup() {
    provideQueries(VUE_QUERY_CLIENT, new QueryClient());
    return () => h(Page);
  },
});

describe('what was fetched for one person', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is let go with the layout, and does not wait for a timer', async () => {
    const layout = mount(Layout);
    // Vue has a timer of its own once, for the tools of developers.
    await vi.advanceTimersByTimeAsync(5_000);

    layout.unmount();
    await vi.advanceTimersByTimeAsync(1_000);

    expect(vi.getTimerCount()).toBe(0);
  });
});
