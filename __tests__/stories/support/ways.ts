import { type Stack, standInAddress } from "../../../scripts/engine/stand-in";
import type { Event } from "../../../scripts/engine/stand-in-events";
import type { StandInRun } from "../../../scripts/engine/stand-in-run";

/* Which ways out of a pod are open while a stack is applied, policy by policy, where the data plane follows names. */

interface Policy {
  readonly kind: string;
  readonly app: string;
  readonly text: string;
}

export class Ways {
  /** By address: two revisions are there while the one replaces the other. */
  readonly #held = new Map<string, Policy>();

  constructor(private readonly run: StandInRun) {}

  /**
   * Applies the stack and returns what was done to policies. Throws where a way of `keeps` that was open is shut by a step,
   * though a later one may open it again; `fails` as in `write`.
   */
  public async release(stack: Stack, keeps: readonly Way[], fails?: RegExp): Promise<readonly string[]> {
    const policies = policiesOf(stack);
    const before = keeps.filter((way) => this.isOpen(way));
    const failing = Object.entries(stack.resource ?? {})
      .flatMap(([type, all]) => Object.keys(all).map((id) => standInAddress(`${type}.${id}`)))
      .filter((address) => fails?.test(address));
    if (fails !== undefined && failing.length !== 1) throw new Error(`${failing.length} match ${String(fails)}`);
    await this.run.write(stack, { fails: failing[0] });
    const { events, ok, problems } = await this.run.apply();
    if (ok !== (fails === undefined)) throw new Error(problems.join("\n"));
    const done: string[] = [];
    for (const event of events) {
      const what = this.#take(event, policies);
      if (what === undefined) continue;
      done.push(what);
      const shut = before.filter((way) => !this.isOpen(way));
      if (shut.length > 0) throw new Error(`after ${done.join(", ")}: shut is ${JSON.stringify(shut)}`);
    }
    return done;
  }

  /** Whether a pod of the application reaches a host on 443, by its name or because every public address is open. */
  public isOpen({ app, host }: Way): boolean {
    return this.isOpenToAll(app) || this.#over(app).some(({ text }) => text.includes(host));
  }

  public isOpenToAll(app: string): boolean {
    return this.#over(app).some(({ kind, text }) => kind === ADDRESSES && text.includes('"0.0.0.0/0"'));
  }

  /** Kinds of the policies over a pod, each as often as there is one. */
  public kinds(app: string): string[] {
    return this.#over(app)
      .map(({ kind }) => kind)
      .sort();
  }

  #over(app: string): Policy[] {
    return [...this.#held.values()].filter((policy) => policy.app === app);
  }

  #take({ action, address }: Event, policies: ReadonlyMap<string, Policy>): string | undefined {
    const policy = action === "delete" ? this.#held.get(address) : policies.get(address);
    if (policy === undefined) return undefined;
    if (action === "delete") this.#held.delete(address);
    else this.#held.set(address, policy);
    return `${action} ${policy.kind} ${policy.app}`;
  }
}

export interface Way {
  /** Label of the pods. */
  readonly app: string;
  /** As a policy names it: by its name, or by a list that Terraform looks up. */
  readonly host: string;
}

type Labels = Readonly<Record<string, string>>;

/** As the provider has a policy, and as Kubernetes has it. */
interface Body {
  readonly spec?: {
    readonly pod_selector?: { readonly match_labels?: Labels };
    readonly podSelector?: { readonly matchLabels?: Labels };
    readonly endpointSelector?: { readonly matchLabels?: Labels };
  };
}

const ADDRESSES = "NetworkPolicy";

/** Of a stack, by the addresses of their stand-ins. */
function policiesOf({ resource = {} }: Stack): Map<string, Policy> {
  const blocks = ["kubernetes_network_policy_v1", "kubernetes_manifest"].flatMap((type) =>
    Object.entries(resource[type] ?? {}).map(([id, block]) => [`${type}.${id}`, block] as const),
  );
  return new Map(
    blocks.flatMap(([address, block]): [string, Policy][] => {
      const manifest = block.manifest as (Body & { readonly kind: string }) | undefined;
      const kind = manifest?.kind ?? ADDRESSES;
      const { spec } = manifest ?? (block as Body);
      const app = (spec?.pod_selector?.match_labels ?? (spec?.podSelector ?? spec?.endpointSelector)?.matchLabels)?.app;
      const text = JSON.stringify(spec);
      if (!kind.endsWith("NetworkPolicy") || app === undefined) return [];
      const key = /\["([^"]*)"\]/.exec(String(block.for_each))?.[1];
      return [[standInAddress(`${address}${key === undefined ? "" : `["${key}"]`}`), { kind, app, text }]];
    }),
  );
}
