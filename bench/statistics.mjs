export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Each contestant's result of every round. The contestants take turns, and every other round goes backwards, so that
 * a machine that slows down or warms up does the same to all of them.
 */
export async function interleave(rounds, contestants) {
  const results = contestants.map(() => []);
  const order = contestants.map((_, index) => index);
  for (let round = 0; round < rounds; round += 1) {
    for (const index of round % 2 === 0 ? order : order.toReversed()) results[index].push(await contestants[index]());
  }
  return results;
}
