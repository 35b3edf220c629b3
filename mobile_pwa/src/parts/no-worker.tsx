// A hint, shown once, in browsers that cannot open the app without a network (WeChat's own, plain http).
import { useState } from "preact/hooks";
import { t } from "../../../static/src/shared/words";
import { keep, kept } from "../core/memory";
import { Tip } from "./note";

const SEEN = "shaodao.no_worker_seen";

/** Null where the app opens without a network, as it should. */
function reason(): "plain" | "wechat" | "browser" | null {
  if (!isSecureContext) return "plain";
  if ((navigator.serviceWorker as ServiceWorkerContainer | undefined) !== undefined) return null;
  return /MicroMessenger/i.test(navigator.userAgent) ? "wechat" : "browser";
}

export function NoWorkerHint() {
  const why = reason();
  const [seen, setSeen] = useState(() => kept(SEEN) === why);
  if (why === null || seen) return null;
  const dismiss = (): void => {
    keep(SEEN, why);
    setSeen(true);
  };
  return (
    <Tip>
      <p>{t(`no_worker.${why}`)}</p>
      <button type="button" class="btn quiet" onClick={dismiss}>{t("no_worker.seen")}</button>
    </Tip>
  );
}
