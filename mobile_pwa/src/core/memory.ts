// Small choices in local storage, where the phone allows it.

/** Some WebViews forbid local storage altogether; then choices last as long as the page. */
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // then it is lost with the page
  }
}

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
