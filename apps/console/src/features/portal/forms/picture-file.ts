/** Kinds of files that may be chosen. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'];

/** Largest file that is sent, in bytes: the three pictures of a portal go in one request. */
const LARGEST = 60 * 1_024;
/** Largest file that is looked at. */
const LARGEST_CHOSEN = 20 * 1_024 * 1_024;
/** Pixels that a logo or an icon needs on the sharpest screen; what has more is drawn smaller. */
const LONGEST_SIDE = 800;
/** Parts of a drawing that run, change or load, and what stands where it could not be read. */
const ACTIVE = /^(?:script|foreignObject|parsererror|image|a|set|animate\w*)$/i;

/** Key of what is wrong with a chosen file, below `portal.picture`. */
export class PictureProblem extends Error {
  constructor(readonly key: 'type' | 'unreadable' | 'large' | 'active') {
    super(key);
  }
}

/** A chosen picture as it is sent, no larger than it needs to be. @throws PictureProblem */
export async function readPicture(file: File): Promise<string> {
  if (!PICTURE_TYPES.includes(file.type)) throw new PictureProblem('type');
  if (file.size > LARGEST_CHOSEN) throw new PictureProblem('large');
  const drawing = file.type === 'image/svg+xml';
  const sent = drawing ? file : await fitting(file);
  if (sent.size > LARGEST) throw new PictureProblem('large');
  if (drawing && runs(await file.text())) throw new PictureProblem('active');
  return dataAddress(sent);
}

/** Whether the API would not take a drawing, for what most of those have; it looks closer, and says what it found. */
function runs(source: string): boolean {
  const parts = [...new DOMParser().parseFromString(source, 'image/svg+xml').querySelectorAll('*')];
  return parts.some(
    ({ localName, attributes }) => ACTIVE.test(localName) || [...attributes].some(({ name }) => /^on/i.test(name)),
  );
}

async function fitting(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new PictureProblem('unreadable');
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= LARGEST) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paper = canvas.getContext('2d')!;
  paper.imageSmoothingQuality = 'high';
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  // Every reader of mail shows the first; a photograph needs the second.
  const exact = await drawn(canvas, 'image/png');
  return exact.size <= LARGEST ? exact : drawn(canvas, 'image/webp');
}

const drawn = (canvas: HTMLCanvasElement, type: string): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new PictureProblem('unreadable'))), type, 0.9);
  });

const dataAddress = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new PictureProblem('unreadable'));
    reader.readAsDataURL(file);
  });
