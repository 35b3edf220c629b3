// A volunteer who fills in a report and sends it off.
import { settle } from "../time";
import { photo, type Phone } from "./phone";

export async function written(app: Phone, text = "路面有个坑", photos: string[] = []): Promise<string> {
  const { id } = await app.beginReport();
  await app.changeReport(id, { text, category: "E0113", pin: { lon: 114.05, lat: 22.54, accuracy_m: 15 } });
  for (const sha256 of photos) {
    const { bytes, ...own } = photo(sha256);
    await app.addPhoto(id, { ...own, sent: false, refused: null }, bytes);
  }
  return id;
}

export async function submitted(app: Phone, text?: string, photos?: string[]): Promise<string> {
  const id = await written(app, text, photos);
  await app.submit(id);
  await settle();
  return id;
}
