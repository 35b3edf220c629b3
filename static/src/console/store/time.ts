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
