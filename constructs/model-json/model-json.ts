import type { Cloud } from "../clouds/cloud";
import type { PlatformEnvironment } from "../environment";
import type { EnvironmentInput } from "../model/environment";
import type { Routing } from "../routing/routing";
import { canonicalJson } from "./canonical";
import { environmentDocument } from "./document";
import { keptOrigins } from "./kept-origins";
import type { Sources } from "./origins";
import { type ModelDocument, VERSION } from "./schema";

/** An environment of a synthesis: as it was written, complete, and the stacks that were made for it. */
export interface ModelPart {
  readonly input: EnvironmentInput<Cloud, Routing>;
  readonly environment: PlatformEnvironment;
  readonly stacks: readonly string[];
  /** What of the model each resource is of, by stack and address. @default - it is not told */
  readonly resources?: NonNullable<ModelDocument["resources"]>;
}

/** Name of the file in the folder of a synthesis. */
export const MODEL_FILE = "model.json";

/**
 * The text of `model.json`: the resolved model of some environments for programs that read it. The same input has the same
 * text. There is no secret in it, as there is none in the model.
 *
 * @param sources where the values were written is told from them. @default - it is not told
 */
export function modelJson(parts: readonly ModelPart[], sources?: Sources): string {
  const environments = Object.fromEntries(
    parts.map(({ environment, stacks }) => [environment.name, environmentDocument(environment, stacks)]),
  );
  const origins =
    sources === undefined
      ? undefined
      : (Object.assign(
          {},
          ...parts.map(({ input }) => {
            const document = environments[input.name];
            return document === undefined ? {} : keptOrigins(input.name, document, input, sources);
          }),
        ) as Readonly<Record<string, string>>);
  const told = parts.map(({ resources }) => resources).filter((one) => one !== undefined);
  const resources =
    told.length === 0 ? undefined : (Object.assign({}, ...told) as NonNullable<ModelDocument["resources"]>);
  const document: ModelDocument = { version: VERSION, environments, origins, resources };
  return canonicalJson(document);
}
