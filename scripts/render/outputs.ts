import { composeFiles } from "./compose";
import { dockerFiles } from "./docker";
import { CHARTS, chartFiles } from "./helm-chart";
import type { Output } from "./output";

/** Everything that is rendered from the model and kept in the repository. */
export const OUTPUTS: readonly Output[] = [
  { files: composeFiles },
  { files: dockerFiles, folder: "docker/nginx/conf.d" },
  { files: chartFiles, folder: CHARTS },
];
