// 长辈版, the large look: a choice of this phone. Dark follows the system.
import { Cell } from "./cell";
import { keep, kept } from "./memory";

const KEPT = "shaodao.elder";

export const elder = new Cell<boolean>(kept(KEPT) === "1");

const show = (): void => void document.documentElement.classList.toggle("elder", elder.value);

elder.listen(show);
show();

export function chooseElder(on: boolean): void {
  keep(KEPT, on ? "1" : "0");
  elder.set(on);
}
