// Announces a sentence to people who do not see the screen, in one polite live region.
export function announce(sentence: string): void {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = "";
  // the same sentence twice is spoken twice only when the line was empty in between
  requestAnimationFrame(() => (place.textContent = sentence));
}
