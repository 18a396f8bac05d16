import { literalExpression } from "./literal";

/*
 * Lists and maps as code of Terraform's language; nothing in their texts is evaluated.
 */

export const list = (texts: readonly string[]): string => `[${texts.map(literalExpression).join(", ")}]`;

export const map = (texts: Readonly<Record<string, string>>): string =>
  `{${Object.entries(texts)
    .map(([key, text]) => `${literalExpression(key)} = ${literalExpression(text)}`)
    .join(", ")}}`;
