import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { engine, type Outcome } from "../../../scripts/engine/engine";
import { type Applied, applied } from "../../../scripts/engine/stand-in-events";
import { instancesIn } from "../../../scripts/engine/state-file";
import { storyEngine } from "../../stories/support/engine";
import { api, KUBECONFIG } from "./cluster";
import { guarded } from "./guarded";
import { History } from "./history";
import { liveStandIn } from "./stand-in-objects";
import { StandInProvider } from "./stand-in-provider";
import type { StoryStack } from "./story-stack";

export interface Release extends Applied {
  /** All that happened in the namespace meanwhile. */
  readonly history: History;
}

const PATIENCE = 90;

/** An application's stack on the control plane: applied, edited, applied again, with one state. */
export class ClusterStory {
  readonly #folder = mkdtempSync(join(dirname(KUBECONFIG), "story-"));
  readonly #state = join(this.#folder, "story.tfstate");

  private constructor(readonly provider: StandInProvider) {}

  static async begin(): Promise<ClusterStory> {
    return new ClusterStory(await StandInProvider.start());
  }

  end(): void {
    this.provider.stop();
  }

  async plan(to: StoryStack): Promise<Outcome> {
    await this.#write(to, PATIENCE);
    return this.#run("plan");
  }

  /** Whatever becomes of it. @param patience longest wait for an object, in seconds */
  async apply(to: StoryStack, patience = PATIENCE): Promise<Release> {
    await this.#write(to, patience);
    const history = await History.of(to.namespace);
    const outcome = applied(await this.#run("apply", "-auto-approve", "-json"));
    await this.#untaint();
    return { ...outcome, history: await history.end() };
  }

  /** @throws what the engine says if it fails */
  async deploy(to: StoryStack): Promise<History> {
    const { ok, problems, text, history } = await this.apply(to);
    if (!ok) throw new Error(problems.join("\n") || text);
    return history;
  }

  /** Addresses in the state that have this in them. */
  known(part: string): string[] {
    if (!existsSync(this.#state)) return [];
    return instancesIn(this.#state).flatMap(({ address }) => (address.includes(part) ? [address] : []));
  }

  async #write({ stack, objects, namespace }: StoryStack, patience: number): Promise<void> {
    const { port } = this.provider;
    const unfinished = await unfinishedIn(namespace);
    const { config, asked } = liveStandIn(stack, objects, {
      file: this.#state,
      present: this.known(""),
      port,
      unfinished,
    });
    this.provider.expect(asked, patience);
    writeFileSync(join(this.#folder, "main.tf.json"), JSON.stringify(config, undefined, 2));
    const prepared = await this.#run("init", "-reconfigure");
    if (!prepared.ok) throw new Error(prepared.text);
  }

  /**
   * The provider's library keeps what a change was to come to also where waiting for it failed, so that the next plan has
   * nothing to change there. A failed creation is tainted there too.
   */
  async #untaint(): Promise<void> {
    for (const { name, while: during } of this.provider.failures) {
      if (during === "create") continue;
      for (const { address, status } of existsSync(this.#state) ? instancesIn(this.#state) : []) {
        if (status !== "tainted" || !address.startsWith(`terraform_data.${name}[`)) continue;
        const { ok, text } = await engine(storyEngine(), this.#folder, ["untaint", address]);
        if (!ok) throw new Error(text);
      }
    }
  }

  #run(...args: readonly string[]): Promise<Outcome> {
    const [file = "", ...rest] = guarded([storyEngine(), ...args, "-input=false"], "TERM");
    return engine(file, this.#folder, rest);
  }
}

const unfinishedIn = async (namespace: string): Promise<string[]> =>
  (await api.list(`/apis/apps/v1/namespaces/${namespace}/deployments`))
    .filter(({ status }) => status.updatedReplicas !== status.replicas)
    .map(({ metadata }) => `apps/v1 Deployment ${namespace} ${String(metadata.name)}`);
