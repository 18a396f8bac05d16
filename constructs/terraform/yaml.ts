import { Token } from "cdktf";
import { Document, Scalar, visit } from "yaml";
import type { JsonObject } from "../kubernetes/json";
import { text } from "./convert/text";

/**
 * A chart's values as one YAML text, which a plan shows line by line. A string with a reference in it is quoted: what
 * comes in its place (an account id, `true`) must stay a string.
 */
export function valuesYaml(values: JsonObject): string {
  const document = new Document(values, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && Token.isUnresolved(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // Folding could break a reference in two.
  return text(document.toString({ lineWidth: 0 }));
}
