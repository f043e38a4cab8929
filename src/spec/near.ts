/** Finds the known word that a misspelt one probably means. */

/**
 * Number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (optimal string
 * alignment distance).
 */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = 0; i <= a.length; i++) table[i * width] = i;
  for (let j = 0; j <= b.length; j++) table[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const at = i * width + j;
      const substitution = table[at - width - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      table[at] = Math.min(table[at - width]! + 1, table[at - 1]! + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) table[at] = Math.min(table[at]!, table[at - 2 * width - 2]! + 1);
    }
  }
  return table[table.length - 1]!;
}

/**
 * The candidate nearest to `word`, without regard to case; null when none is near (more than a third of its letters
 * differ).
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const lower = word.slice(0, 64).toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
