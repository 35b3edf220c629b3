// A photo as it is sent: upright, at most 1600 px, a JPEG without what the phone wrote into it. A HEIC that this
// browser cannot open goes as it is: the server converts it, or says how to set the camera.
import { sha256 } from "../../../static/src/shared/sha256";

export type Prepared = { sha256: string; bytes: ArrayBuffer; width: number; height: number };

const LONGEST_PX = 1600;
const LARGEST = 780_000;
const LARGEST_AS_IT_IS = 15 * 1024 * 1024; // what the server takes
const HEIC = /^ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/;
const QUALITIES = [0.8, 0.7, 0.6, 0.45];

/** Raises where the file is no picture that this browser can open. */
export async function preparePhoto(file: Blob): Promise<Prepared> {
  const picture = await open(file).catch(async (error: unknown) => {
    if (await isHeic(file)) return null;
    throw error;
  });
  return picture ? drawn(picture) : asItIs(file);
}

const isHeic = async (file: Blob): Promise<boolean> =>
  file.size <= LARGEST_AS_IT_IS && HEIC.test(new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer()));

/** Its size in pixels is not known here: 0. */
async function asItIs(file: Blob): Promise<Prepared> {
  const bytes = await file.arrayBuffer();
  return { sha256: await sha256(bytes), bytes, width: 0, height: 0 };
}

async function drawn(picture: Opened): Promise<Prepared> {
  try {
    const [width, height] = fitted(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.drawImage(picture.source, 0, 0, width, height);
    const bytes = await (await asJpeg(canvas)).arrayBuffer();
    canvas.width = canvas.height = 0; // Safari keeps the memory otherwise
    return { sha256: await sha256(bytes), bytes, width, height };
  } finally {
    picture.close();
  }
}

export function fitted(width: number, height: number): [number, number] {
  const scale = Math.min(1, LONGEST_PX / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

type Opened = { source: CanvasImageSource; width: number; height: number; close: () => void };

/** Both ways turn the picture as its EXIF orientation says; drawing then loses the EXIF. */
async function open(file: Blob): Promise<Opened> {
  if (typeof createImageBitmap === "function") {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (bitmap) return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
  }
  const image = new Image();
  const address = URL.createObjectURL(file);
  image.src = address;
  const close = (): void => URL.revokeObjectURL(address);
  await image.decode().catch((error: unknown) => {
    close();
    throw error;
  });
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, close };
}

async function asJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  let smallest: Blob | null = null;
  for (const quality of QUALITIES) {
    smallest = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (smallest && smallest.size <= LARGEST) break;
  }
  if (!smallest) throw new Error("no JPEG");
  return smallest;
}
