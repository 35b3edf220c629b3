// What time is it at the server? Its instant, carried on by this machine's steady clock.

/** The wall clock of an office PC may be minutes off; performance.now() only ever measures. */
export class ServerClock {
  #offset = Date.now() - performance.now();

  /** Believe an answer's `now`; half of the round trip has passed since it was written. */
  learn(now: string, askedAt: number): void {
    const heard = performance.now();
    const instant = Date.parse(now);
    if (!Number.isNaN(instant)) this.#offset = instant + (heard - askedAt) / 2 - heard;
  }

  now(): number {
    return this.#offset + performance.now();
  }
}

/** The instant at which the city's day began. */
export function startOfDay(now: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const into = (part("hour") * 60 + part("minute")) * 60 + part("second");
  return Math.floor(now / 1000) * 1000 - into * 1000;
}
