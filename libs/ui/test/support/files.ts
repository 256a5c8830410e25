import { onTestFinished, vi } from 'vitest';

/** The files that the browser is given to keep until the test ends. */
export function keptFiles(): { name: string; address: string }[] {
  const files: { name: string; address: string }[] = [];
  Object.assign(URL, { createObjectURL: () => 'blob:file', revokeObjectURL: () => {} });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.push({ name: this.download, address: this.getAttribute('href')! });
  });
  onTestFinished(() => click.mockRestore());
  return files;
}
