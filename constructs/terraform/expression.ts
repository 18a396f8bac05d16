import { type IResolveContext, Token } from "cdktf";
import { literalExpression } from "./literal";
import { opaque } from "./opaque";

/** A piece of Terraform's language that this program wrote itself. */
export class Code {
  constructor(readonly text: string) {}
}

/** Makes code of a text, never of what a user gave: that goes into an `expression` as a string, which is then a literal. */
export const code = (text: string): Code => new Code(text);

/**
 * An expression that cdktf has no function for, as a value that other texts may contain:
 * ``expression`contains(self.names, ${name})` ``. Strings in it become literals of Terraform's language, whatever they hold.
 */
export function expression(parts: TemplateStringsArray, ...values: readonly (string | number | Code)[]): string {
  const text = parts.raw.map((part, index) => part + embedded(values[index])).join("");
  return Token.asString({
    creationStack: [],
    toString: () => text,
    // Within a function of cdktf's the braces are there already.
    resolve: ({ suppressBraces = false }: IResolveContext) => (suppressBraces ? text : `\${${text}}`),
  });
}

function embedded(value: string | number | Code | undefined): string {
  if (value === undefined) return "";
  if (value instanceof Code) return value.text;
  return typeof value === "number" ? String(value) : opaque(literalExpression(value));
}
