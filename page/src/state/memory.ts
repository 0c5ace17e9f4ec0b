// The one thing that may be remembered, and only when asked: the standard's name. No table is ever kept.

const KEY = 'hebiao.standard';

/** Returns what was remembered; nothing where nothing was, or where the browser keeps nothing. */
export function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function isRemembered(): boolean {
  return remembered() !== null;
}

export function remember(standard: string): void {
  try {
    localStorage.setItem(KEY, standard);
  } catch {
    // A browser that keeps nothing does as it is told.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
