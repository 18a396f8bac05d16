import { Token } from "cdktf";
import { Scalar, visit } from "yaml";
import type { JsonObject } from "../kubernetes/json";
import { printYaml, yamlDocument } from "../yaml/write";

/**
 * A chart's values as one YAML text, which a plan shows line by line. A string with a reference in it is quoted: what
 * comes in its place (an account id, `true`) must stay a string.
 */
export function valuesYaml(values: JsonObject): string {
  const document = yamlDocument(values);
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && Token.isUnresolved(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return printYaml(document);
}
