import { canonicalJson } from "../../model-json/canonical";
import { jsonSchema } from "../../model-json/schema";
import type { Output } from "../output";

/** The JSON Schema of `model.json`, which says the same of every program of this version. */
export const modelSchema: Output<object> = {
  name: "model-schema",
  description: "the JSON Schema of model.json, for programs that read it",
  parts: (_, text) => [{ called: "schema of model.json", text }],
  render: () => ({ "model.schema.json": canonicalJson(jsonSchema()) }),
};
