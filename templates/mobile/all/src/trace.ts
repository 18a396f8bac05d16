/** A request as the W3C's Trace Context names it: what the services behind the API write beside each line of their logs. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Value of the header `traceparent`. */
  readonly header: string;
}

/** Digits of which not all are zero, as those would be no identifier. */
function digits(count: number, random: () => number): string {
  const text = Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
  return /^0+$/.test(text) ? `${text.slice(1)}1` : text;
}

/** A new trace, which asks to be kept. It tells requests apart and protects nothing, so any source of chance does. */
export function newTrace(random: () => number = Math.random): Trace {
  const id = digits(32, random);
  return { id, header: `00-${id}-${digits(16, random)}-01` };
}
