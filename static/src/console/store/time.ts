// The beginning of the city's day.

/** The instant at which the city's day began. */
export function startOfDay(now: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const into = (part("hour") * 60 + part("minute")) * 60 + part("second");
  return Math.floor(now / 1000) * 1000 - into * 1000;
}
