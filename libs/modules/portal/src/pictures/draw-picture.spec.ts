import { randomFillSync } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { FieldErrorCode, PicturePurpose } from '@balcao/contracts';
import type { Crop } from '../persistence/portal-picture.entity.js';
import { drawIcons } from './draw-icons.js';
import { drawPicture, type DrawnPicture } from './draw-picture.js';

const given = (name: string) => readFileSync(new URL(`../../test/pictures/${name}`, import.meta.url));
const draw = (file: Uint8Array, purpose: PicturePurpose = 'logoUrl', crop: Crop | null = null) =>
  drawPicture({ file, purpose, crop });

async function drawn(...input: Parameters<typeof draw>): Promise<DrawnPicture> {
  const picture = await draw(...input);
  if (picture.problem) throw new Error(picture.problem.code);
  return picture;
}
const problemOf = async (...input: Parameters<typeof draw>) => (await draw(...input)).problem;

/** Colours of a picture's corners: left above, right above, left below. */
async function corners(file: Uint8Array): Promise<string[]> {
  const image = await loadImage(Buffer.from(file));
  const paper = createCanvas(image.width, image.height).getContext('2d');
  paper.drawImage(image, 0, 0);
  const [right, bottom] = [image.width - 3, image.height - 3];
  return (
    [
      [2, 2],
      [right, 2],
      [2, bottom],
    ] as const
  ).map(([x, y]) => colourOf(paper.getImageData(x, y, 1, 1).data));
}
const colourOf = ([red = 0, green = 0, blue = 0, opacity = 0]: Uint8ClampedArray) =>
  opacity < 10
    ? 'nothing'
    : red > 200 && green > 200 && blue > 200
      ? 'white'
      : red > 180
        ? 'red'
        : blue > 180
          ? 'blue'
          : 'other';

async function painted(width: number, height: number, paint: string | 'noise' = 'rgb(220 20 20)'): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const paper = canvas.getContext('2d');
  if (paint === 'noise') {
    const data = paper.createImageData(width, height);
    randomFillSync(data.data);
    paper.putImageData(data, 0, 0);
  } else {
    paper.fillStyle = paint;
    paper.fillRect(0, 0, width, height);
  }
  return canvas.encode('png');
}

function chunk(kind: string, data = Buffer.alloc(0)): Buffer {
  const content = Buffer.concat([Buffer.from(kind), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([size, content, sum]);
}
/** A PNG of black pixels whose file is a thousandth of them. */
function bomb(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(Math.ceil(side / 8 + 1) * side));
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND'),
  ]);
}
const svg = (content: string, size = 'width="90" height="30"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${content}</svg>`);
const RED = svg('<rect width="90" height="30" fill="rgb(220,20,20)"/>');

describe('a picture drawn anew', () => {
  let png: Buffer;
  beforeAll(async () => {
    png = await painted(60, 40);
  });

  it.each<[file: string, sides: [number, number], corners: string[]]>([
    ['turned.jpg', [40, 60], ['red', 'red', 'white']],
    ['cmyk.jpg', [60, 40], ['red', 'white', 'red']],
    ['moving.gif', [30, 30], ['red', 'red', 'red']],
    ['moving.webp', [30, 30], ['red', 'red', 'red']],
    ['icon.ico', [32, 32], ['blue', 'blue', 'blue']],
  ])('S0.43 S3.34 shows what %s shows first, as it is meant to be held, as PNG', async (name, sides, expected) => {
    const picture = await drawn(given(name));
    expect([picture.mediaType, picture.width, picture.height]).toEqual(['image/png', ...sides]);
    expect(await corners(picture.file)).toEqual(expected);
    expect(picture.problem).toBeUndefined();
  });

  it.each([
    [1, [60, 40], ['red', 'white', 'white']],
    [2, [60, 40], ['white', 'red', 'white']],
    [3, [60, 40], ['white', 'white', 'white']],
    [4, [60, 40], ['white', 'white', 'red']],
    [5, [40, 60], ['red', 'white', 'white']],
    [6, [40, 60], ['white', 'red', 'white']],
    [7, [40, 60], ['white', 'white', 'white']],
    [8, [40, 60], ['white', 'white', 'red']],
    [9, [60, 40], ['red', 'white', 'white']],
  ])('shows a PNG as it is meant to be held, by EXIF’s number %i', async (orientation, sides, expected) => {
    const canvas = createCanvas(60, 40);
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, 60, 40);
    paper.fillStyle = 'rgb(220 20 20)';
    paper.fillRect(0, 0, 30, 20);
    const file = await canvas.encode('png');
    const little = Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0_\0\0\0\0\0\0\0', 'latin1');
    little[18] = orientation;
    const big = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0_\0\0\0\0\0\0', 'latin1');
    big[19] = orientation;
    for (const exif of [little, big]) {
      const picture = await drawn(Buffer.concat([file.subarray(0, 33), chunk('eXIf', exif), file.subarray(33)]));
      expect([picture.width, picture.height]).toEqual(sides);
      expect(await corners(picture.file)).toEqual(expected);
    }
  });

  it.each(['', 'II*\0\xff\xff\xff\xff', 'II*\0\x08\0\0\0\xff\xff', 'nothing of EXIF'])(
    'is held as it is where %j stands for how',
    async (exif) => {
      const noted = [png.subarray(0, 33), chunk('eXIf', Buffer.from(exif, 'latin1')), png.subarray(33)];
      expect(await drawn(Buffer.concat(noted))).toMatchObject({ width: 60, height: 40 });
    },
  );

  it('S0.44 is read as a drawing in UTF-16, by the mark that it begins with', async () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?><!-- Ação -->${RED.toString()}`;
    const little = Buffer.from(text, 'utf16le');
    for (const file of [little, Buffer.from(little).swap16()])
      expect(Buffer.from((await drawn(file)).file).toString()).toBe(Buffer.from((await drawn(RED)).file).toString());
  });

  it('holds nothing else of its file', async () => {
    const file = given('turned.jpg');
    expect(file.includes('GPS-SECRET')).toBe(true);
    for (const made of Object.values(await drawn(file)).filter((value) => value instanceof Uint8Array))
      expect(Buffer.from(made).toString('latin1')).not.toMatch(/GPS-SECRET|Exif/);
    const noted = Buffer.concat([png.subarray(0, 33), chunk('tEXt', Buffer.from('by\0<script>')), png.subarray(33)]);
    expect(Buffer.from((await drawn(noted)).file).includes('<script>')).toBe(false);
  });

  const TAILS = [
    ['one byte', '\0'],
    ['a new line', '\n'],
    ['what Samsung notes', `\0\0\x01\n\x0e\0\0\0Image_UTC_DataSEFH${'\0'.repeat(20)}SEFT`],
    ['a page', '<script>alert(1)</script>'],
    ['an archive', 'PK\u0003\u0004'],
    ['another picture', given('cmyk.jpg').toString('latin1')],
  ] as const;
  it.each(
    TAILS.flatMap(([what, tail]) =>
      ['turned.jpg', 'cmyk.jpg', 'moving.gif', 'moving.webp', 'icon.ico', 'PNG'].map((name) => [name, what, tail]),
    ),
  )('S3.34 is made of %s with %s behind it, of which nothing is kept', async (name, _what, tail) => {
    const file = name === 'PNG' ? png : given(name);
    expect(await drawn(Buffer.concat([file, Buffer.from(tail, 'latin1')]))).toEqual(await drawn(file));
  });

  it.each([
    ['without its end', 2],
    ['with half of it', 1],
  ])('S3.34 is made of a photograph %s', async (_what, missing) => {
    for (const name of ['turned.jpg', 'cmyk.jpg']) {
      const file = given(name);
      expect(await drawn(file.subarray(0, -missing))).toEqual(await drawn(file));
    }
    const canvas = createCanvas(600, 400);
    canvas.getContext('2d').fillRect(0, 0, 600, 400);
    const large = await canvas.encode('jpeg');
    expect(await drawn(large.subarray(0, -missing))).toEqual(await drawn(large));
    for (const length of [large.length / 2, large.length * 0.9])
      expect(await problemOf(large.subarray(0, Math.floor(length)))).toEqual({ code: 'pictureBroken' });
  });

  it('S3.35 is as small as its purpose allows, and never larger than it was', async () => {
    const large = await painted(3_000, 1_500);
    expect(await drawn(large)).toMatchObject({ width: 1_024, height: 512 });
    expect(await drawn(large, 'faviconUrl')).toMatchObject({ width: 512, height: 256 });
    expect(await drawn(png)).toMatchObject({ width: 60, height: 40 });
    const noise = await drawn(await painted(1_100, 1_100, 'noise'));
    expect(noise.mediaType).toBe('image/webp');
    expect(noise.mail.length).toBeLessThan(40_000);
  });

  it('is the part that was marked', async () => {
    const crop = { left: 0, top: 0, width: 30, height: 40 };
    const picture = await drawn(given('cmyk.jpg'), 'logoUrl', crop);
    expect([picture.width, picture.height, ...(await corners(picture.file))]).toEqual([30, 40, 'red', 'red', 'red']);
    // Of a picture that is held another way, its pixels as they are shown.
    expect(await drawn(given('turned.jpg'), 'logoUrl', { left: 0, top: 0, width: 40, height: 60 })).toBeDefined();
  });

  it.each([
    [1_200, 120, 400, 80, 40],
    [800, 20, 400, 80, 10],
    [200, 20, 200, 40, 20],
    [500, 100, 400, 80, 80],
    [60, 120, 40, 80, 80],
  ])('of %d × %d has a picture of %d × %d for mails, and is %d of it tall', async (width, height, ...expected) => {
    const image = await loadImage(Buffer.from((await drawn(await painted(width, height))).mail));
    const paper = createCanvas(image.width, image.height).getContext('2d');
    paper.drawImage(image, 0, 0);
    const { data } = paper.getImageData(Math.floor(image.width / 2), 0, 1, image.height);
    const rows = Array.from({ length: image.height }, (_, row) => data[4 * row + 3]! > 127);
    expect([image.width, image.height, rows.filter(Boolean).length]).toEqual(expected);
    // In the middle of it.
    expect(rows.toReversed()).toEqual(rows);
  });

  it('S0.44 stays a drawing, with a picture of it for mails', async () => {
    const drawing = await drawn(RED);
    expect(drawing.mediaType).toBe('image/svg+xml');
    expect(Buffer.from(drawing.file).toString()).toMatch(/^<svg /);
    const { width, height } = await loadImage(Buffer.from(drawing.mail));
    expect([width, height, ...(await corners(drawing.mail))]).toEqual([240, 80, 'red', 'red', 'red']);
  });

  it.each<[what: string, file: () => Buffer, code: FieldErrorCode, crop?: Crop]>([
    ['an empty one', () => Buffer.alloc(0), 'isPicture'],
    ['words', () => Buffer.from('hello'), 'isPicture'],
    ['a page with a name', () => Buffer.from('<html><svg></svg></html>'), 'isPicture'],
    ['30,000 pixels a side in a hundred kB', () => bomb(30_000), 'pictureSides'],
    ['half of one', () => png.subarray(0, png.length / 2), 'pictureBroken'],
    ['half of a photograph', () => given('cmyk.jpg').subarray(0, 360), 'pictureBroken'],
    ['one whose promised bytes are missing', () => given('moving.webp').subarray(0, -2), 'pictureBroken'],
    ['one that is a program, too', () => Buffer.from('GIF89a/*\0\0\0*/=1;alert(1)//;'), 'pictureBroken'],
    [
      'one whose pixels are no stream',
      () => Buffer.concat([png.subarray(0, 33), chunk('IDAT', Buffer.alloc(99, 7)), chunk('IEND')]),
      'pictureBroken',
    ],
    ['a part outside of it', () => png, 'pictureCrop', { left: 50, top: 0, width: 20, height: 10 }],
    ['a part of a drawing', () => RED, 'pictureCrop', { left: 0, top: 0, width: 20, height: 10 }],
    ['a drawing that runs', () => svg('<script>alert(1)</script>'), 'isHarmlessSvg'],
    ['a drawing with a page in it', () => svg('<foreignObject/>'), 'isHarmlessSvg'],
    ['a drawing that fetches', () => svg('<image href="https://evil.example/x.png"/>'), 'isHarmlessSvg'],
    [
      'a drawing with entities',
      () => Buffer.from('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
      'isHarmlessSvg',
    ],
    ['a large drawing', () => svg('<g/>'.repeat(50_000)), 'pictureKilobytes'],
    ['a drawing of nothing', () => svg('<defs><rect width="9" height="9"/></defs>'), 'svgBlank'],
    ['one without paint', () => svg('<rect width="9" height="9" fill="none"/>'), 'svgBlank'],
    ['one outside of its bounds', () => svg('<path d="M900 400h50v50z"/>', 'viewBox="0 0 100 50"'), 'svgBlank'],
    [
      'one whose bounds go by another name',
      () => svg('<path d="M900 400h50v50z"/>', 'viewbox="0 0 1000 500"'),
      'svgBlank',
    ],
  ])('is not made of %s', async (...[, file, code, crop]) => {
    expect(await problemOf(file(), 'logoUrl', crop ?? null)).toMatchObject({ code });
  });

  it.each([
    ['a thread', svg('<path d="M0 500h1000" stroke="#000" stroke-width="0.5"/>', 'viewBox="0 0 1000 1000"')],
    ['a dot', svg('<circle cx="500" cy="500" r="4"/>', 'viewBox="0 0 1000 1000"')],
    ['a breath', svg('<rect width="9" height="9" opacity="0.03"/>', 'viewBox="0 0 9 9"')],
    ['what stands at its edge', svg('<path d="M99 49h1v1h-1z"/>', 'viewBox="0 0 100 50"')],
  ])('is made of %s', async (_what, file) => {
    expect((await drawn(file)).mediaType).toBe('image/svg+xml');
  });

  it('of a drawing without bounds is no larger than others', async () => {
    const drawing = await draw(svg('<rect width="9" height="9"/>', 'width="900000" height="900000"'));
    if (!drawing.problem) expect(await loadImage(Buffer.from(drawing.mail))).toMatchObject({ width: 80, height: 80 });
  });
});

describe('the icons of a portal', () => {
  const look = { ground: '#1428b4', ink: '#ffffff', initials: 'AT' };
  const sidesOf = async (file: Uint8Array) => {
    const { width, height } = await loadImage(Buffer.from(file));
    return [width, height];
  };

  it('S3.35 have the sides that devices ask for', async () => {
    const icons = await drawIcons({ ...look, logos: [] });
    const sides = await Promise.all(
      Object.entries(icons).map(async ([name, file]) => [name, ...(await sidesOf(file))]),
    );
    expect(sides).toEqual([
      ['32', 32, 32],
      ['180', 180, 180],
      ['192', 192, 192],
      ['512', 512, 512],
      ['maskable', 512, 512],
    ]);
  });

  it.each<[what: string, made: () => Promise<Parameters<typeof drawIcons>[0]>, tab: string, maskable: string]>([
    ['initials on its colour', async () => ({ ...look, logos: [] }), 'nothing', 'other'],
    ['its own picture', async () => ({ ...look, logos: [], icon: await painted(64, 64) }), 'red', 'red'],
    [
      'its own, on white where it is no square',
      async () => ({ ...look, logos: [], icon: await painted(64, 32) }),
      'nothing',
      'white',
    ],
    ['its logo on its colour', async () => ({ ...look, logos: [await painted(64, 64, '#fff')] }), 'nothing', 'other'],
    [
      'initials where what is there cannot be opened',
      async () => ({ ...look, logos: [Buffer.from('x')] }),
      'nothing',
      'other',
    ],
  ])('S3.35 show %s', async (_what, made, tab, maskable) => {
    const icons = await drawIcons(await made());
    expect([(await corners(icons['192']))[0], (await corners(icons.maskable))[0]]).toEqual([tab, maskable]);
  });

  it('S3.35 show a ring on its colour where the name has no letter that can be written', async () => {
    const image = await loadImage(Buffer.from((await drawIcons({ ...look, initials: '', logos: [] }))['512']));
    const paper = createCanvas(512, 512).getContext('2d');
    paper.drawImage(image, 0, 0);
    const at = (x: number, y: number) => colourOf(paper.getImageData(x, y, 1, 1).data);
    const across = [60, 256 - 113, 256, 256 + 113, 450];
    expect(across.map((x) => at(x, 256))).toEqual(['other', 'white', 'other', 'white', 'other']);
    expect(across.map((y) => at(256, y))).toEqual(['other', 'white', 'other', 'white', 'other']);
  });

  it('show no logo that would vanish on its colour, nor one that says nothing in a square', async () => {
    const initials = (await drawIcons({ ...look, logos: [] }))['512'];
    for (const logo of [await painted(64, 64, look.ground), await painted(640, 80, '#fff')])
      expect(Buffer.compare((await drawIcons({ ...look, logos: [logo] }))['512'], initials)).toBe(0);
    const both = [await painted(64, 64, look.ground), await painted(64, 64, '#fff')];
    expect(Buffer.compare((await drawIcons({ ...look, logos: both }))['512'], initials)).not.toBe(0);
  });
});
