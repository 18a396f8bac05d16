import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { z } from "zod";
import type { Path, Problem } from "../model/problem";
import type { Rules } from "../model/schema";
import { dnsLabel, name } from "../model/validate/forms";

/** What every construct of Kubernetes objects is told. */
export interface InNamespace {
  /** A namespace that exists, or a reference to its name. */
  readonly namespace: string;
  /** Team that answers for it: the label `owner`. */
  readonly owner: string;
}

const reference = z.string().refine((text) => Token.isUnresolved(text), "use a name, or a reference to one");

/** The name of something that exists, which may be known to Terraform alone. */
export const existing = (form: z.ZodType<string>) =>
  z.string().superRefine((text, context) => {
    if (reference.safeParse(text).success) return;
    const { error } = form.safeParse(text);
    for (const { message } of error?.issues ?? []) context.addIssue({ code: "custom", message, input: text });
  });

export const inNamespace = { namespace: existing(dnsLabel), owner: name };

/** Fields that take references, whose texts are looked at by their forms alone. */
export const REFERENCES: Rules = { elsewhere: ["namespace"] };

/** Where the props of a construct stand in reports: `shop.web`, its path in the tree. */
export const pathOf = ({ node }: IConstruct): Path => node.path.split("/");

const referring = (value: unknown, path: Path): Path[] => {
  if (typeof value === "string") return Token.isUnresolved(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Token.isUnresolved(key) ? [[...path, key]] : []),
    ...referring(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  ]);
};

/** Problems of references where a text is part of a hash or of a name. */
export const referenceProblems = (value: unknown, path: Path, fix: string): Problem[] =>
  referring(value, path).map((at) => ({ path: at, why: "a reference, which has no text before Terraform runs", fix }));
