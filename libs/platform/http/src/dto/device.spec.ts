import { expect, it } from '@jest/globals';
import { deviceNames } from './device.js';

it.each([
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    { browser: 'Chrome', system: 'Android' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    { browser: 'Safari', system: 'iOS' },
  ],
  ['a program of theirs', { browser: null, system: null }],
  ['', { browser: null, system: null }],
])('names browser and system of %j, where it says them', (userAgent, names) => {
  expect(deviceNames(userAgent)).toEqual(names);
});
