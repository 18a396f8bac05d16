import { canonicalJson } from "../../model-json/canonical";
import type { PolicySpec } from "../../requests/policy";
import { requestJsonSchema } from "../../requests/schema";
import type { Output } from "../output";

export interface RequestSchemaOptions {
  /** Policy whose names of sizes, classes of data and templates editors offer. @default - any name passes */
  readonly policy?: Pick<PolicySpec, "data" | "sizes" | "templates">;
}

/**
 * The JSON Schema of a file of requests, for editors. Put beside the files, each of them names it by its first line:
 * `# yaml-language-server: $schema=./request.schema.json`.
 */
export const requestSchema: Output<RequestSchemaOptions> = {
  name: "request-schema",
  description: "the JSON Schema of requests, for editors",
  parts: (_, text) => [{ called: "schema of requests", text }],
  render: (_, { policy }) => ({
    "request.schema.json": canonicalJson(
      requestJsonSchema(
        policy && {
          data: policy.data,
          sizes: Object.keys(policy.sizes),
          templates: Object.keys(policy.templates ?? {}),
        },
      ),
    ),
  }),
};
