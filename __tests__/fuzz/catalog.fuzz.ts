import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput } from "../../constructs/model/problem";
import { catalog } from "../../constructs/outputs/catalog/output";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { catalogProblems, entitiesIn, relationsIn } from "../support/catalog/entities";
import { comparable, modelRelations } from "../support/catalog/model-graph";
import { randomApplication } from "./support/application";
import { INPUTS } from "./support/inputs";
import { Random, SEED } from "./support/random";
import { build, replaced, valueAt } from "./support/tree";

/* Catalogs of valid applications: Backstage takes each, and its graph is that of the model. */

const RUNS = 25;

const LOCAL = INPUTS["a local cluster"] ?? [];

function specsOf(run: number): readonly EnvironmentSpec[] {
  const random = new Random(`catalog ${run}`);
  const { application, hosts } = randomApplication(random, run === 0 ? 40 : 12);
  const given = valueAt(LOCAL, [0, "argument"]) as Record<string, unknown>;
  const environment = {
    ...given,
    ...{ backups: undefined, profile: "small", images: "any", sealedSecrets: false },
    applications: [{ application, hosts }],
  };
  return build(replaced(LOCAL, [0, "argument"], environment)) as readonly EnvironmentSpec[];
}

test.each(Array.from({ length: RUNS }, (_, run) => run))(
  `catalog ${SEED} %i is valid, and says what the model says`,
  async (run) => {
    const loaded = (): ReturnType<typeof loadEnvironments> | undefined => {
      try {
        return loadEnvironments(specsOf(run));
      } catch (error) {
        // More connections than a database takes is the one thing that a valid part can add up to.
        if (error instanceof InvalidInput && error.message.split("\n").every((line) => /connections/.test(line)))
          return undefined;
        throw error;
      }
    };
    if (loaded() === undefined) return;
    const environments = loadEnvironments(specsOf(run));
    const render = () => catalog.render(renderEnvironments(environments), {})["catalog-info.yaml"] ?? "";
    const text = render();
    expect(await catalogProblems(text)).toEqual([]);
    expect(comparable(relationsIn(entitiesIn(text)))).toEqual(modelRelations(environments));
    expect(render()).toBe(text);
  },
);
