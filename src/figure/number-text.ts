/** Numbers as figures write them: short, without trailing zeros on axes, with a true minus sign. */

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A tick's number: 0.001, 0.05, 2,000, −1; powers of ten below 0.0001 and from a million. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return scientific(value);
  const [whole, fraction] = String(Number(size.toPrecision(6))).split(".");
  const grouped = size >= 1e4 ? whole!.replace(/\B(?=(\d{3})+$)/g, ",") : whole!;
  return `${value < 0 ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

function scientific(value: number): string {
  const [digits, exponent] = Math.abs(value).toExponential(5).split("e");
  const mantissa = Number(digits);
  return `${value < 0 ? "−" : ""}${mantissa === 1 ? "" : `${mantissa}×`}10${raised(Number(exponent))}`;
}

/** An exponent behind its base: ⁴, ⁻³; ^2.5 where it is no whole number. */
export function raised(exponent: number): string {
  if (!Number.isInteger(exponent)) return `^${exponent}`;
  return [...String(exponent)].map((c) => (c === "-" ? "⁻" : superscripts[Number(c)])).join("");
}

/** A measured number with a fixed count of decimals. */
export function fixedText(value: number, decimals: number): string {
  return value.toFixed(decimals).replace("-", "−");
}

/**
 * Ticks of a logarithmic axis: the powers of ten in [low, high]; with fewer than two of them more between, at least
 * three in all, or else the ends.
 * @param low - above 0
 */
export function logTicks(low: number, high: number): number[] {
  const inside = (factors: readonly number[]) => {
    const ticks: number[] = [];
    for (let k = Math.floor(Math.log10(low)) - 1; k <= Math.log10(high) + 1; k++)
      ticks.push(...factors.map((factor) => Number(`${factor}e${k}`)));
    return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  };
  const decades = inside([1]);
  if (decades.length >= 2) return decades;
  const finer = [inside([1, 2, 5]), inside([1, 1.5, 2, 3, 4, 6, 8])].find((ticks) => ticks.length >= 3);
  return finer ?? [...new Set([low, high])];
}
