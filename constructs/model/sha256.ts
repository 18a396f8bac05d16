import { createHash } from "node:crypto";

/** Digest of the text, in hexadecimal digits. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
