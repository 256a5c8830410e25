import Bowser from 'bowser';
import { Nullable } from './answers.js';

/** The device that something was done with, as far as its browser says. */
export class DeviceNames {
  @Nullable(String, 'Its browser, where it says which', { example: 'Chrome' }) browser: string | null;
  @Nullable(String, 'Its system, where it says which', { example: 'Android' }) system: string | null;
}

/** What a device's user agent says of it. */
export function deviceNames(userAgent: string): DeviceNames {
  // Programs may leave out what they are; the reader of their names takes no empty text.
  const device = Bowser.getParser(userAgent || '-');
  return { browser: device.getBrowserName() || null, system: device.getOSName() || null };
}
