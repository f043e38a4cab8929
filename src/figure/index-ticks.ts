/** Ticks of axes that number things: features, neurons. */

/** Pixels that a number needs along its axis. */
const spacing = 36;

/** Round numbers from 0 to below `count` on an axis so many pixels long: steps of 1, 2 or 5 times a power of ten. */
export function indexTicks(count: number, pixels: number): number[] {
  const least = (count * spacing) / pixels;
  let step = 1;
  for (let i = 0; step < least; i++) step *= i % 3 === 1 ? 2.5 : 2;
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}
