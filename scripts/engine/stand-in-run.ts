import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { engine, type Outcome } from "./engine";
import { type Answers, type Stack, standIn } from "./stand-in";
import { applied, type Applied } from "./stand-in-events";
import { dependenciesIn, instancesIn } from "./state-file";

/** One stack of stand-ins through its life: planned, applied, changed, applied again, with one state. */
export class StandInRun {
  readonly #state: string;

  /**
   * @param binary the engine
   * @param folder a folder of its own; it may exist
   * @param variables values of variables that a stack may have
   */
  constructor(
    private readonly binary: string,
    private readonly folder: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    mkdirSync(folder, { recursive: true });
    this.#state = join(folder, "stand-in.tfstate");
  }

  /**
   * @param fails address of a stand-in whose creation fails, as a release's migration may
   * @param answers what data sources of the stack would read
   */
  public async write(
    stack: Stack,
    { fails, answers }: { readonly fails?: string; readonly answers?: Answers } = {},
  ): Promise<void> {
    const config = standIn(stack, this.#state, answers) as { resource: { terraform_data: Record<string, object> } };
    if (fails !== undefined) {
      const name = fails.replace(/^terraform_data\./, "");
      const block = config.resource.terraform_data[name];
      if (block === undefined) throw new Error(`no ${fails} in the stack`);
      config.resource.terraform_data[name] = { ...block, provisioner: [{ "local-exec": { command: "exit 1" } }] };
    }
    writeFileSync(join(this.folder, "main.tf.json"), JSON.stringify(config, undefined, 2));
    const declared = Object.entries(this.variables).filter(([name]) => name in (stack.variable ?? {}));
    writeFileSync(join(this.folder, "terraform.tfvars.json"), JSON.stringify(Object.fromEntries(declared)));
    const prepared = await engine(this.binary, this.folder, ["init", "-input=false", "-reconfigure"]);
    if (!prepared.ok) throw new Error(prepared.text);
  }

  public plan(): Promise<Outcome> {
    return engine(this.binary, this.folder, ["plan", "-input=false"]);
  }

  public async apply(): Promise<Applied> {
    return applied(await engine(this.binary, this.folder, ["apply", "-auto-approve", "-input=false", "-json"]));
  }

  public async destroy(): Promise<Applied> {
    return applied(await engine(this.binary, this.folder, ["destroy", "-auto-approve", "-input=false", "-json"]));
  }

  /** Has Terraform know it no more, as somebody may by hand. */
  public async forget(address: string): Promise<void> {
    await promisify(execFile)(this.binary, ["state", "rm", address], { cwd: this.folder });
  }

  /** Addresses in the state, and how many of each: a deposed one counts too. */
  public resources(): ReadonlyMap<string, number> {
    const count = new Map<string, number>();
    for (const { address } of instancesIn(this.#state)) count.set(address, (count.get(address) ?? 0) + 1);
    return count;
  }

  /** What each stand-in stands on, as the state has it. */
  public dependencies(): ReadonlyMap<string, ReadonlySet<string>> {
    return dependenciesIn(this.#state);
  }
}
