import { afterEach, expect, it, vi } from 'vitest';
import { saveTable } from '../src/components/save-table.js';

afterEach(() => vi.useRealTimers());

it('keeps the file that a table is saved as until a slow browser has read it, and no longer', async () => {
  vi.useFakeTimers();
  const revoke = vi.fn();
  Object.assign(URL, { createObjectURL: () => 'blob:table', revokeObjectURL: revoke });
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  await saveTable('clientes', [{ label: 'Nome', text: (name: string) => name }] as never, ['Ana'], {} as never);
  expect(clicked).toHaveBeenCalledOnce();
  expect(revoke).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(revoke).toHaveBeenCalledExactlyOnceWith('blob:table');
});
