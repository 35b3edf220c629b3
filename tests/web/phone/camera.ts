// A browser that opens and draws pictures, which happy-dom does not: what it was asked to draw is kept.
import { vi } from "vitest";

export type Drawn = { width: number; height: number; orientation: unknown; closed: boolean };

/** A file of the camera; `broken` opens in no browser. */
export const picture = (name: string, type = "image/jpeg"): File => new File([name], name, { type });

/** Pictures of this size; JPEGs of so many bytes at quality 1. */
export function withPictures(width = 3000, height = 4000, bytesAtBest = 100): Drawn[] {
  const drawn: Drawn[] = [];
  vi.stubGlobal("createImageBitmap", async (file: File, { imageOrientation }: ImageBitmapOptions = {}) => {
    if (file.name === "broken") throw new DOMException("no picture", "InvalidStateError");
    const own: Drawn = { width: 0, height: 0, orientation: imageOrientation, closed: false };
    drawn.push(own);
    return { width, height, name: file.name, own, close: () => (own.closed = true) };
  });
  let content = "";
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(() => ({
    drawImage: (source: { name: string; own: Drawn }, _x: number, _y: number, w: number, h: number) => {
      content = source.name;
      Object.assign(source.own, { width: w, height: h });
    },
  }) as unknown as null);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((tell: BlobCallback, type?: string, quality = 1) => {
    const size = Math.round(bytesAtBest * quality);
    tell(new Blob([content.padEnd(size, ".")], { type: type ?? "" }));
  });
  return drawn;
}
