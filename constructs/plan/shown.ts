import { canonicalText } from "./canonical-text";
import { isSomewhere, isWhole, type Mask, maskedKeys, maskOf } from "./mask";

/** Stands for a value that only the apply will tell. */
export class Unknown {
  public toJSON(): Readonly<Record<string, string>> {
    return { goldenpath: "known after apply" };
  }

  public toString(): string {
    return "(known after apply)";
  }
}

/** Stands for a value that is written as an expression: what it comes to only a plan tells, or the apply. */
export class Expression extends Unknown {
  /** @param text as it is written, such as `${var.size}` */
  constructor(public readonly text: string) {
    super();
  }

  public override toJSON(): Readonly<Record<string, string>> {
    return { goldenpath: "expression", text: this.text };
  }

  public override toString(): string {
    return this.text;
  }
}

export const UNKNOWN = new Unknown();

const UNKNOWN_TEXT = canonicalText(UNKNOWN);

/** Whether a value is that, as it is here or as a file keeps it. */
export const isUnknown = (value: unknown): boolean => canonicalText(value) === UNKNOWN_TEXT;

/** Stands for a value that is nobody's to read. It is not kept here either, so that nothing can print it. */
export class Sensitive {
  public toJSON(): Readonly<Record<string, string>> {
    return { goldenpath: "sensitive" };
  }

  public toString(): string {
    return "(sensitive)";
  }
}

export const SENSITIVE = new Sensitive();

/** A value as it may be shown: parts that are sensitive, or not known yet, are stood for. */
export function shown(value: unknown, sensitive: Mask, unknown?: Mask): unknown {
  if (isWhole(sensitive)) return SENSITIVE;
  if (isWhole(unknown)) return UNKNOWN;
  if (!isSomewhere(sensitive) && !isSomewhere(unknown)) return value;
  if ((value === undefined || value === null) && !isSomewhere(unknown)) return value;
  if (Array.isArray(value)) {
    return value.map((one, index) => shown(one, maskOf(sensitive, index), maskOf(unknown, index)));
  }
  const fields = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const keys = new Set([
    ...Object.keys(fields),
    ...maskedKeys(unknown).filter((key) => isSomewhere(maskOf(unknown, key))),
  ]);
  return Object.fromEntries(
    [...keys].map((key) => [key, shown(fields[key], maskOf(sensitive, key), maskOf(unknown, key))]),
  );
}
