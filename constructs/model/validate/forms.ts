import { z } from "zod";
import { isOutsideAddress } from "../address";
import { parseImage } from "../image";
import { DOMAIN, NAME } from "../names";
import { type Bytes, bytes, parseBytes, parseCpu } from "../quantity";

/*
 * Forms that many fields of the model have.
 */

const NAME_RULE = "use lower-case letters, digits and hyphens, a letter first and no hyphen last";
/** 64 TiB: no volume and no machine is larger. */
const MOST_BYTES = 2 ** 46;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Longest key of a ConfigMap and of a Secret. */
const MAX_KEY = 253;
/** Longest word of a command line, and longest variable with its name, that Linux starts a program with, in bytes. */
const MAX_WORD = 131_071;
/** Largest ConfigMap that Kubernetes takes, in bytes. */
const MAX_CONFIG = 1_048_576;
/** Most annotations of an object with their keys, in bytes, of which ours take a share. */
const MAX_ANNOTATIONS = 262_144 - 4096;
/** More than any machine has. */
const MOST_MILLICORES = 1_024_000;
/** What it names may be gone from the model, so that its form is all that can be checked. */
export const DROP = /^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\/[a-z](?:[a-z0-9-]*[a-z0-9])?)?$/;

/** The same with its application before it. */
export const WITHOUT = /^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\/[a-z](?:[a-z0-9-]*[a-z0-9])?){1,2}$/;

const byteLength = (text: string): number => Buffer.byteLength(text);

export const name = z
  .string()
  .max(40)
  .regex(NAME, NAME_RULE)
  .refine((text) => !text.includes("--"), "use single hyphens: some clouds refuse two in a row")
  // Every JavaScript object has a property of this name.
  .refine((text) => text !== "constructor", "use another name");
export const variable = z
  .string()
  .max(MAX_KEY)
  .regex(VARIABLE, "use an environment variable name: letters, digits and underscores, no digit first");
export const domain = z.string().regex(DOMAIN, 'use a full domain name in lower case, e.g. "api.example.com"');
/** A domain, or an address where a partner gives nothing else. */
export const outsideHost = z
  .string()
  .refine(
    (text) => DOMAIN.test(text) || isOutsideAddress(text),
    'use a full domain name in lower case, e.g. "api.example.com", or an IPv4 address that is not the node\'s own',
  );
/** A namespace or Service of somebody else, which may begin with a digit. */
export const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, "use lower-case letters, digits and hyphens");
/** The name of an object that others made. */
export const objectName = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
    "use the name of an object: lower-case letters, digits, hyphens and dots",
  );
/** `example.com/team`: a domain or none, and up to 63 characters. */
export const labelKey = z
  .string()
  .max(317)
  .regex(
    /^(?:(?=[^/]{1,253}\/)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/,
    "use the key of a label: a name of up to 63 letters, digits and - _ ., with a domain and a slash before it or without",
  );
export const labelValue = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/,
    "use the value of a label: up to 63 letters, digits and - _ .",
  );
export const labels = z.record(labelKey, labelValue);
export const annotations = z
  .record(labelKey, z.string())
  .refine(
    (texts) =>
      Object.entries(texts).reduce((sum, [key, text]) => sum + byteLength(key) + byteLength(text), 0) <=
      MAX_ANNOTATIONS,
    "use less than 256 KiB for all of them: Kubernetes takes no more",
  );
export const absolutePath = z.string().regex(/^\/[\w./-]*$/, "use an absolute path");
export const mountPath = z
  .string()
  .regex(/^(\/[\w.-]+)+$/, "use an absolute path below the root, without a slash at its end")
  .refine((path) => !path.split("/").some((part) => /^\.+$/.test(part)), "use a path without dots for folders");
export const config = z
  .record(
    variable,
    z
      .string()
      .refine((text) => byteLength(text) <= MAX_WORD - MAX_KEY, "use less than 128 KiB: a program would not start"),
  )
  .refine(
    (variables) => byteLength(JSON.stringify(variables)) <= MAX_CONFIG,
    "use less than 1 MiB for all of it: Kubernetes takes no larger ConfigMap",
  );
/** Contents by the names of files, which are keys of a ConfigMap. */
export const files = z
  .record(
    z
      .string()
      .max(MAX_KEY)
      .regex(/^(?!\.{1,2}$)[\w.-]+$/, "use the name of a file: letters, digits and - _ ."),
    z.string(),
  )
  .refine((contents) => Object.keys(contents).length > 0, "give at least one file")
  .refine(
    (contents) => byteLength(JSON.stringify(contents)) <= MAX_CONFIG,
    "use less than 1 MiB for all of it: Kubernetes takes no larger ConfigMap",
  );
export const positive = z.int().min(1);
export const seconds = z.int().min(1).max(86_400);
export const port = z.int().min(1).max(65_535);
export const unprivilegedPort = z.int().min(1024).max(65_535);
const word = z
  .string()
  .refine((text) => byteLength(text) <= MAX_WORD, "use less than 128 KiB: a program would not start");
/** Arguments may be empty; what is started has a name. */
export const args = z.array(word).min(1);
export const words = args.refine(([first]) => first !== "", "begin with the program to start");

export const image = z
  .string()
  .refine(
    (text) => parseImage(text) !== undefined,
    'use an image with a tag or a digest, e.g. "registry.example.com/backend:v1.2.3"',
  );
export const cpu = z
  .string()
  .refine(
    (text) => (parseCpu(text) ?? Infinity) <= MOST_MILLICORES,
    'use cores or thousandths of a core, up to 1024 cores, e.g. "2" or "250m"',
  );
export const memory = z
  .string()
  .refine(
    (text) => (parseBytes(text) ?? Infinity) <= MOST_BYTES,
    'use a number with Ki, Mi, Gi or Ti, up to 64Ti, e.g. "256Mi"',
  );

export const atLeast = (least: Bytes, form: z.ZodType = memory): z.ZodType =>
  form.refine((text) => (parseBytes(String(text)) ?? Infinity) >= bytes(least), `use at least "${least}"`);
export const atMost = (most: Bytes): z.ZodType =>
  memory.refine((text) => (parseBytes(text) ?? 0) <= bytes(most), `use at most "${most}"`);

/** Whether there is such a day. */
function isDay(text: string): boolean {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return date >= 1 && date <= (days[month - 1] ?? 0);
}

/** A day that there is: `2027-01-31`. */
export const day = z
  .string()
  .refine(isDay, "use a day as 2027-01-31")
  .meta({ pattern: "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$" });
