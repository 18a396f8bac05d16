/** CPU in Kubernetes notation: cores (`"2"`, `"0.5"`) or thousandths of a core (`"250m"`). */
export type Cpu = `${number}m` | `${number}`;

/** Memory or storage in Kubernetes notation, powers of two only: `"256Mi"`, `"20Gi"`. */
export type Bytes = `${number}${"Ki" | "Mi" | "Gi" | "Ti"}`;

const CPU = /^(?:(\d+)m|(\d+(?:\.\d{1,3})?))$/;
const BYTES = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/;
const UNITS = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;

/** Thousandths of a core; `undefined` if the text is not a positive quantity in this notation. */
export function parseCpu(text: string): number | undefined {
  const match = CPU.exec(text);
  if (match === null) return undefined;
  const millis = match[1] === undefined ? Math.round(Number(match[2]) * 1000) : Number(match[1]);
  return millis > 0 ? millis : undefined;
}

/** Bytes; `undefined` if the text is not a positive quantity in this notation. */
export function parseBytes(text: string): number | undefined {
  const match = BYTES.exec(text);
  if (match === null) return undefined;
  const bytes = Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
  return bytes > 0 ? bytes : undefined;
}

/** Thousandths of a core of a text that was validated before. Throws on anything else. */
export function millicores(text: Cpu): number {
  const value = parseCpu(text);
  if (value === undefined) throw new RangeError(`not a CPU quantity: ${text}`);
  return value;
}

/** Bytes of a text that was validated before. Throws on anything else. */
export function bytes(text: Bytes): number {
  const value = parseBytes(text);
  if (value === undefined) throw new RangeError(`not a memory quantity: ${text}`);
  return value;
}

/** `250` → `"250m"`, `2000` → `"2"`. */
export function formatCpu(millis: number): Cpu {
  return millis % 1000 === 0 ? `${millis / 1000}` : `${millis}m`;
}

/** Writes bytes in the largest unit that divides it, at least Mi: `268435456` → `"256Mi"`. Rounds up to a whole Mi. */
export function formatBytes(value: number): Bytes {
  const mebibytes = Math.ceil(value / UNITS.Mi);
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/** Whole gibibytes, rounded up: what clouds size disks in. */
export function gibibytes(text: Bytes): number {
  return Math.ceil(bytes(text) / UNITS.Gi);
}

/** What a container asks for, and what it gets at most. */
export interface Resources {
  readonly requests: { readonly cpu: Cpu; readonly memory: Bytes };
  readonly limits: { readonly cpu: Cpu; readonly memory: Bytes };
}
