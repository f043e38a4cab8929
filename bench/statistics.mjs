// Medians and spreads of a few rounds.

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The middle value, or the mean of the two in the middle. */
export function median(values) {
  const order = sorted(values);
  const middle = order.length >> 1;
  return order.length % 2 === 1 ? order[middle] : (order[middle - 1] + order[middle]) / 2;
}

/** Median, least and greatest. */
export const spread = (values) => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});
