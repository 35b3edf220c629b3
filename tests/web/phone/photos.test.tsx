// A photo from the camera: made small and upright, kept before anything else, refused beside its button.
import { afterEach, describe, expect, test, vi } from "vitest";
import { all, hide, one, press, root, shoot, show, texts } from "../screen";
import type { Prepared } from "../../../mobile_pwa/src/core/photo";
import { passes } from "../time";
import { picture, withPictures } from "./camera";
import { fillUp, newPhone, openApp, photo, said } from "./phone";

newPhone();
afterEach(hide);

const parts = () => import("../../../mobile_pwa/src/parts/photos");
const preparing = () => import("../../../mobile_pwa/src/core/photo");

describe("a photo that is prepared", () => {
  test("is at most 1600 px long, upright as its EXIF says, and a JPEG named by its digest", async () => {
    const [drawn] = [withPictures(4000, 3000)];
    const { preparePhoto } = await preparing();
    const prepared = await preparePhoto(picture("hole.jpg"));
    expect(drawn[0]).toEqual({ width: 1600, height: 1200, orientation: "from-image", closed: true });
    expect(prepared).toMatchObject({ width: 1600, height: 1200, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(new TextDecoder().decode(prepared.bytes)).toMatch(/^hole\.jpg/);
  });

  test("is of lower quality where it would be too large", async () => {
    withPictures(1600, 1200, 1_200_000);
    const { preparePhoto } = await preparing();
    expect((await preparePhoto(picture("large.jpg"))).bytes.byteLength).toBe(720_000); // 0.6: 0.8 and 0.7 are over 780 000
  });

  test("may be exactly as large as is allowed", async () => {
    withPictures(1600, 1200, 975_000);
    const { preparePhoto } = await preparing();
    expect((await preparePhoto(picture("just.jpg"))).bytes.byteLength).toBe(780_000);
  });

  test("is taken as small as it gets where even that is too large", async () => {
    withPictures(1600, 1200, 2_000_000);
    const { preparePhoto } = await preparing();
    expect((await preparePhoto(picture("huge.jpg"))).bytes.byteLength).toBe(900_000);
  });

  test("is opened the old way where the browser has no other", async () => {
    withPictures();
    vi.stubGlobal("createImageBitmap", undefined);
    vi.stubGlobal("Image", class {
      src = "";
      naturalWidth = 800;
      naturalHeight = 600;
      name = "old";
      own = {};
      decode = async (): Promise<void> => undefined;
    });
    const { preparePhoto } = await preparing();
    expect(await preparePhoto(picture("old.jpg"))).toMatchObject({ width: 800, height: 600 });
  });

  test("is none where no way opens it, and its address is given back", async () => {
    withPictures();
    const given = vi.spyOn(URL, "revokeObjectURL");
    vi.stubGlobal("Image", class {
      src = "";
      decode = async (): Promise<void> => { throw new DOMException("no picture", "EncodingError"); };
    });
    const { preparePhoto } = await preparing();
    await expect(preparePhoto(picture("broken"))).rejects.toThrow("no picture");
    expect(given).toHaveBeenCalledOnce();
  });

  test("goes as it is where it is a HEIC that no way opens: the server converts it", async () => {
    withPictures();
    vi.stubGlobal("createImageBitmap", undefined);
    vi.stubGlobal("Image", class {
      src = "";
      decode = async (): Promise<void> => { throw new DOMException("no picture", "EncodingError"); };
    });
    const { preparePhoto } = await preparing();
    const heic = new Blob(["\0\0\0\x18ftypheic\0\0\0\0mif1heic"]);
    const prepared = await preparePhoto(heic);
    expect(new Uint8Array(prepared.bytes)).toEqual(new Uint8Array(await heic.arrayBuffer()));
    expect(prepared).toMatchObject({ width: 0, height: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const huge = new Blob([heic, new Uint8Array(15 * 1024 * 1024)]);
    await expect(preparePhoto(huge)).rejects.toThrow("no picture");
  });
});

/** The button with what it says of the last choice. */
async function showButtonFor(add: (prepared: Prepared) => Promise<void>, look: { big?: boolean; quiet?: boolean } = {}, room = 9): Promise<void> {
  const { AddPhoto, ChosenTroubles, useChosen } = await parts();
  function Button() {
    const chosen = useChosen(add, room);
    return <><AddPhoto chosen={chosen} {...look} /><ChosenTroubles chosen={chosen} /></>;
  }
  await show(<Button />);
}

describe("the camera's button", () => {
  async function showButton(add: (prepared: { sha256: string }) => Promise<void>, look: { big?: boolean; quiet?: boolean } = {}): Promise<HTMLInputElement> {
    await showButtonFor(add, look);
    return one<HTMLInputElement>("input[type=file]");
  }

  test("hands over what was shot, says so, and is ready for the next one", async () => {
    await openApp("volunteer");
    withPictures();
    const added: string[] = [];
    const input = await showButton(async ({ sha256 }) => void added.push(sha256));
    await shoot(input, picture("one.jpg"));
    expect(added).toHaveLength(1);
    expect(said()).toBe("照片已存在手机里");
    expect(input.value).toBe("");
    await shoot(input, picture("two.jpg"), picture("three.jpg"));
    expect(added).toHaveLength(3);
    expect(all(".wrong")).toEqual([]);
  });

  test("waits while a photo is being made small", async () => {
    await openApp("volunteer");
    withPictures();
    let kept: (() => void) | undefined;
    const input = await showButton(() => new Promise((done) => (kept = done)), { big: true });
    await shoot(input, picture("one.jpg"));
    expect([input.disabled, texts("label")]).toEqual([true, ["正在处理"]]);
    kept?.();
    await passes(50);
    expect([input.disabled, texts("label")]).toEqual([false, ["拍照"]]);
  });

  test("says beside itself that a file is no picture, and adds nothing", async () => {
    await openApp("volunteer");
    withPictures();
    vi.stubGlobal("Image", class { decode = async (): Promise<void> => { throw new Error("no picture"); }; });
    const added: unknown[] = [];
    await shoot(await showButton(async (prepared) => void added.push(prepared)), picture("broken", "text/plain"));
    expect(texts("[role=alert]")).toEqual(["“broken”打不开，没有加上。请另拍一张。"]);
    expect(added).toEqual([]);
  });

  test("says that the phone is full, and the next photo that is kept takes that back", async () => {
    await openApp("volunteer");
    withPictures();
    let isFull = true;
    const input = await showButton(async () => { if (isFull) throw new Error("not kept"); }, { quiet: true });
    await shoot(input, picture("one.jpg"));
    expect(texts("[role=alert]")).toEqual(["手机存满了，没能存下。请先别关这一页，删掉几张照片再存。"]);
    expect(texts("label")).toEqual(["再拍一张"]);
    isFull = false;
    await shoot(input, picture("one.jpg"));
    expect(all("[role=alert]")).toEqual([]);
  });
});

describe("the strip of photos", () => {
  test("shows each with its number, and removes the one that is pressed", async () => {
    const app = await openApp("handler");
    await app.database.keepPhoto("o", "aa", photo("aa").bytes);
    const { PhotoStrip } = await parts();
    const removed: string[] = [];
    await show(<PhotoStrip owner="o" photos={[{ sha256: "aa" }, { sha256: "gone" }]} most={6} label="照片" add={async () => undefined} remove={(sha256) => removed.push(sha256)} />);
    expect(all<HTMLImageElement>("img").map(({ alt }) => alt)).toEqual(["照片 1"]);
    expect(all(".ph.wait")).toHaveLength(1); // what is not on the phone is a blank
    await press("删除照片 2");
    expect(removed).toEqual(["gone"]);
  });

  test("takes no more than it may", async () => {
    await openApp("handler");
    const { PhotoStrip } = await parts();
    const strip = (most: number) => <PhotoStrip owner="o" photos={[{ sha256: "aa" }]} most={most} label="照片" add={async () => undefined} remove={() => undefined} />;
    await show(strip(1));
    expect(all("input[type=file]")).toHaveLength(0);
    await show(strip(2));
    expect(all("input[type=file]")).toHaveLength(1);
  });

  test("gives the addresses of its pictures back when it goes", async () => {
    const app = await openApp("handler");
    await app.database.keepPhoto("o", "aa", photo("aa").bytes);
    const { KeptPhoto } = await parts();
    const given = vi.spyOn(URL, "revokeObjectURL");
    await show(<KeptPhoto owner="o" sha256="aa" label="照片" />);
    const { src } = one<HTMLImageElement>("img");
    hide();
    await passes(50);
    expect(given).toHaveBeenCalledWith(src);
  });
});

test("a photo that is read only after its picture is gone is not drawn", async () => {
  const app = await openApp("handler");
  await app.database.keepPhoto("o", "aa", photo("aa").bytes);
  const { KeptPhoto } = await parts();
  const drawn = vi.spyOn(URL, "createObjectURL");
  const shown = show(<KeptPhoto owner="o" sha256="aa" label="照片" />);
  hide();
  await shown;
  expect(drawn).not.toHaveBeenCalled();
});

test("a photo of a report that the full phone does not keep is refused beside the button, and not shown", async () => {
  const app = await openApp("volunteer");
  withPictures();
  const { id } = await app.beginReport();
  const makeRoom = fillUp();
  await showButtonFor(({ bytes, ...own }) => app.addPhoto(id, { ...own, sent: false, refused: null }, bytes));
  await shoot(one<HTMLInputElement>("input"), picture("one.jpg"));
  expect(root().textContent).toContain("手机存满了");
  expect(app.reportById(id)?.photos).toEqual([]);
  makeRoom();
});
