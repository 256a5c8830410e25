import { LARGEST_PICTURE, LARGEST_UPLOAD } from '@balcao/contracts';

/** Kinds of files that may be chosen. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/x-icon', 'image/svg+xml'];

/** Key of what is wrong with a chosen file, below `portal.picture`; the API looks closer, and says what it found. */
export function pictureProblem({ type, size }: File): 'type' | 'empty' | 'large' | 'largeDrawing' | undefined {
  if (!PICTURE_TYPES.includes(type.replace('vnd.microsoft.icon', 'x-icon'))) return 'type';
  if (size === 0) return 'empty';
  if (size > LARGEST_UPLOAD) return 'large';
  return type === 'image/svg+xml' && size > LARGEST_PICTURE ? 'largeDrawing' : undefined;
}

/** The picture as an address of its own: pages may show no other file of this device. */
export const dataAddress = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read'));
    reader.readAsDataURL(file);
  });
