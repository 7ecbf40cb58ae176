/** Decimal numbers in strings, exactly: a float would lose digits. */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Of several numbers, the same unit that makes all of them whole: BigInts, and its places. */
function scaled(...texts) {
  const found = texts.map((text) => {
    const parts = DECIMAL.exec(text);
    if (!parts) throw new RangeError(`no decimal number: ${text}`);
    return parts;
  });
  const places = Math.max(...found.map(([, , , fraction = ""]) => fraction.length));
  const whole = found.map(([, sign, digits, fraction = ""]) =>
    BigInt(`${sign}${digits}${fraction.padEnd(places, "0")}`),
  );
  return [whole, places];
}

/** Below 0 when the first is less, 0 when they are equal, above 0 when it is more. */
export function compareDecimals(one, other) {
  const [[first, second]] = scaled(one, other);
  return first < second ? -1 : Number(first > second);
}

/** The first less the second, with all places that one of them has: "-0.10". */
export function difference(one, other) {
  const [[first, second], places] = scaled(one, other);
  const change = first - second;
  const digits = String(change < 0n ? -change : change).padStart(places + 1, "0");
  const point = digits.length - places;
  const text = places ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
  return change < 0n ? `-${text}` : text;
}
