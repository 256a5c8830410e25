/** What a browser keeps beyond the page. Storage may be forbidden or full: then nothing is there, and nothing is kept. */
const kept = (area: () => Storage) => ({
  read(key: string): string | undefined {
    try {
      return area().getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  /** JSON that was kept, if it can be read. */
  readJson(key: string): unknown {
    try {
      return JSON.parse(this.read(key) ?? 'null');
    } catch {
      return null;
    }
  },
  /** Names of what is kept that begin so. */
  namesFrom(prefix: string): string[] {
    try {
      return Object.keys(area()).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
  /** Keeps a text, or no longer keeps one. */
  write(key: string, text: string | undefined): void {
    try {
      if (text === undefined) area().removeItem(key);
      else area().setItem(key, text);
    } catch {
      // See above.
    }
  },
});

/** On this device, for all tabs. */
export const onDevice = kept(() => localStorage);
/** In this tab, over reloads. */
export const inTab = kept(() => sessionStorage);
