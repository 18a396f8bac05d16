const UNITS: Readonly<Record<string, number>> = {
  ...{ "": 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
};

/** `250m` of a processor, `1536Mi` of memory, as a number of processors or bytes. */
export function quantity(text: string): number {
  const [, number, unit = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (number === undefined || factor === undefined) throw new Error(`${text} is no quantity`);
  return Number(number) * factor;
}
