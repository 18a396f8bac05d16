import { Token } from "cdktf";
import type { JsonObject } from "../kubernetes/json";
import { mustBeQuoted, printYaml, yamlDocument } from "../yaml/write";

/**
 * A chart's values as one YAML text, which a plan shows line by line. A string with a reference in it is quoted: what
 * comes in its place (an account id, `true`) must stay a string.
 */
export const valuesYaml = (values: JsonObject): string =>
  printYaml(yamlDocument(values, (text) => mustBeQuoted(text) || Token.isUnresolved(text)));
