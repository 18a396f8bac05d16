import { Token } from "cdktf";
import { z } from "zod";

/* The form of what exists and may be known to Terraform alone. */

/** A text of a form, or a reference. */
export const reference = (form: RegExp, fix: string) =>
  z.string().refine((text) => Token.isUnresolved(text) || form.test(text), fix);

/** A list of such texts, or a reference to a list. */
export const references = (form: RegExp, fix: string, least: number) =>
  z
    .array(z.string())
    .refine(
      (list) =>
        Token.isUnresolved(list) ||
        (list.length >= least && list.every((one) => Token.isUnresolved(one) || form.test(one))),
      fix,
    );
