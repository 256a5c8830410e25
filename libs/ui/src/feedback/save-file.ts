/** For so long a file can be read that was offered. */
const KEPT_MS = 60_000;

/** Offers a CSV as a file, with its mark of UTF-8. */
export function saveFile(name: string, text: string): void {
  saveBlob(name, new Blob(['\ufeff', text], { type: 'text/csv' }));
}

/** Offers what was fetched as a file. */
export function saveBlob(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  download(address, name);
  // Safari on a phone reads it only after the click.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Has the browser keep what is at an address of this host as a file. */
export function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
