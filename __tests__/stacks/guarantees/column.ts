import type { GuaranteeName, Guarantees } from "../../../constructs/clouds/guarantees";
import type { Span } from "../../../constructs/model/recovery";
import { environments } from "../../../environments";
import { production } from "../../../environments/production";
import { problemsOf } from "../../support/input";
import {
  type Block,
  named,
  stack,
  type StackJson,
  type Synthesis,
  synthesizeEnvironments,
} from "../../support/reference";

/** How one cloud's column of the table is proved: by an assertion for each guarantee, or none where it is missing. */
export interface Column {
  readonly title: string;
  readonly guarantees: Guarantees;
  readonly assertions: Assertions;
}

/** The compiler asks for every guarantee. `"missing"` is for those that the cloud says it has not. */
export type Assertions = Readonly<Record<GuaranteeName, (() => void) | "missing">>;

/** The stacks of one environment of profile `production`, with what most assertions ask of them. */
export class Stacks {
  readonly cluster: StackJson;
  readonly platform: StackJson;
  readonly app: StackJson;
  /** The application's stack as it was written. */
  readonly text: string;

  constructor(synthesis: Synthesis, environment: string) {
    this.cluster = stack(synthesis, `${environment}-cluster`);
    this.platform = stack(synthesis, `${environment}-platform`);
    this.app = stack(synthesis, environment);
    this.text = synthesis.files[`stacks/${environment}/cdk.tf.json`] ?? "";
  }

  release(name: string): Block {
    const found = all(this.platform, "helm_release").find((block) => block.name === name);
    if (found === undefined) throw new Error(`no release ${name}`);
    return found;
  }

  deployment(name: string): string {
    return JSON.stringify(named(this.app, "kubernetes_deployment_v1", name));
  }

  /** Names of the Jobs without their revision. */
  jobs(): string[] {
    return all(this.app, "kubernetes_job_v1").map(({ metadata }) =>
      (metadata as { name: string }).name.replace(/-[0-9a-f]{8}$/, ""),
    );
  }
}

/** `production` as it would be on the cloud of the environment that has these guarantees. */
export function productionOn(guarantees: Guarantees): Stacks {
  const found = environments.find(({ cloud }) => cloud.guarantees === guarantees);
  if (found === undefined) throw new Error("no environment is on this cloud");
  const name = "moved";
  return new Stacks(synthesizeEnvironments([{ ...production, name, cloud: found.cloud }]), name);
}

/**
 * That a promise which the place can keep is taken, and each of those that it cannot is refused by name: the facts are those of
 * the stacks, which other rows assert.
 *
 * @param unkept services and volumes that nothing brings back within five minutes
 */
export function promises(guarantees: Guarantees, unkept: readonly string[]): () => void {
  const found = environments.find(({ cloud }) => cloud.guarantees === guarantees);
  if (found === undefined) throw new Error("no environment is on this cloud");
  const said = (rpo: Span, without: readonly string[]): string[] =>
    problemsOf({
      ...production,
      cloud: found.cloud,
      recovery: { rpo, rto: "1h" },
      applications: production.applications.map((overlay) => ({
        ...overlay,
        recovery: Object.fromEntries(without.map((name) => [name, false])),
      })),
    });
  return () => {
    expect(said("5m", unkept)).toEqual([]);
    for (const name of unkept) {
      const others = unkept.filter((other) => other !== name);
      expect(said("5m", others)).toEqual([expect.stringContaining(`my-app / ${name}: `)]);
    }
    expect(said("4m", unkept)).toEqual([expect.stringContaining("my-app / orders-db: ")]);
  };
}

export const all = (json: StackJson, type: string): Block[] => Object.values(json.resource[type] ?? {});

/** The only resource of a type. */
export function only(json: StackJson, type: string): Block {
  const [block, ...more] = all(json, type);
  if (block === undefined || more.length > 0) throw new Error(`${more.length + (block ? 1 : 0)} of ${type}`);
  return block;
}

/** Why the column says nothing of a guarantee, if so; otherwise what proves it, if the cloud has it. */
export function verdict(
  { guarantees, assertions }: Column,
  name: GuaranteeName,
): { readonly gap?: string; readonly assertion?: () => void } {
  const entry = guarantees[name];
  const assertion = assertions[name];
  if ("missing" in entry) {
    if (entry.missing.length <= 20) return { gap: "no reason why it is missing" };
    return assertion === "missing" ? {} : { gap: "said to be missing, and asserted" };
  }
  if (entry.by.trim() === "") return { gap: "by what is not said" };
  return assertion === "missing" ? { gap: "no assertion" } : { assertion };
}
