// words for time, statuses (placeholder until shared)
import type { Standing } from "./store/standing";
import { say } from "./say";
import { language } from "./say";
const ST: Record<string, string> = { reported: "待受理", dispatched: "待签收", returned: "退回待裁决", signed: "办理中·待到场", on_site: "处置中", submitted: "待部门审核", suspended: "挂账", verifying: "待核实", resolved: "待评价" };
const SP: Record<string, string> = { sign: "签收", assign: "派人", return: "申请退回", note: "记录", accept: "受理派单", confirm: "审核通过", send_back: "打回" };
export const statusName = (s: string) => ST[s] ?? s;
export const statusShort = (s: string) => (ST[s] ?? s).replace("办理中·", "");
export const stepName = (s: string) => SP[s] ?? s;
export const fieldName = (_: string, f: string) => f;
export const choiceName = (_: string, c: string) => c;
export const clockName = (c: string) => ({ sign: "签收", arrive: "到场", dispose: "处置" })[c] ?? c;
export const roleName = (r: string) => r;
export function duration(ms: number): string {
  const m = Math.floor(ms / 60000);
  if (m < 1) return "不到 1 分";
  if (m < 60) return `${m} 分`;
  if (m < 1440) return `${Math.floor(m / 60)} 小时${m % 60 ? ` ${String(m % 60).padStart(2, "0")} 分` : ""}`;
  return `${Math.floor(m / 1440)} 天${Math.floor(m / 60) % 24 ? ` ${Math.floor(m / 60) % 24} 小时` : ""}`;
}
export function timeWords(s: Standing, status: string): string {
  if (status === "suspended") return say("time.suspended");
  if (s.left === null) return "";
  return s.left <= 0 ? say("time.late", { time: duration(-s.left) }) : say("time.left", { time: duration(s.left) });
}
export function clockTime(at: number, seconds = false): string {
  return new Intl.DateTimeFormat(language() === "en" ? "en-GB" : "zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined, hourCycle: "h23" }).format(at);
}
export function dueTime(at: string, now: number): string {
  const t = Date.parse(at);
  const same = new Date(t).toDateString() === new Date(now).toDateString();
  return same ? clockTime(t) : `${new Date(t).getMonth() + 1}月${new Date(t).getDate()}日 ${clockTime(t)}`;
}
