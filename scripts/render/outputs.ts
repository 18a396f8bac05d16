import { canonicalJson } from "../../constructs/model-json/canonical";
import { jsonSchema } from "../../constructs/model-json/schema";
import { composeFiles } from "./compose";
import { dockerFiles } from "./docker";
import { CHARTS, chartFiles } from "./helm-chart";
import type { KeptOutput } from "../../constructs/outputs/kept-files";

/** Everything that is rendered from the model and kept in the repository. */
export const outputs: readonly KeptOutput[] = [
  { files: composeFiles },
  { files: dockerFiles, folder: "docker/nginx/conf.d" },
  { files: chartFiles, folder: CHARTS },
  { files: () => ({ "docs/generated/model.schema.json": canonicalJson(jsonSchema()) }) },
];
