/** What stands between `${` and its `}`. */
export interface Expression {
  readonly expression: string;
}

/** Splits a string as Terraform's template language does: literal text, `$${` included, and the expressions in it. */
export function interpolations(text: string): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let literal = "";
  for (let at = 0; at < text.length;) {
    if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
      literal += text.slice(at, at + 3);
      at += 3;
    } else if (text.startsWith("${", at)) {
      if (literal !== "") parts.push(literal);
      literal = "";
      const end = closing(text, at + 2);
      parts.push({ expression: text.slice(at + 2, end) });
      at = end + 1;
    } else {
      literal += text.charAt(at);
      at += 1;
    }
  }
  if (literal !== "") parts.push(literal);
  return parts;
}

/** Where the brace is that closes an expression which begins at `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (character === "{") depth += 1;
    else if (character === "}" && (depth -= 1) === 0) return at;
  }
  throw new Error(`no } closes the expression at character ${from} of ${JSON.stringify(text)}`);
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text.startsWith("${", at)) at = closing(text, at + 2);
    else if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  throw new Error(`no quote closes the string at character ${from} of ${JSON.stringify(text)}`);
}
