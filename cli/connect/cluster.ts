import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { visible } from "../../constructs/report/values";
import { type Programs, reason, type Said } from "../rollback/programs";
import { Unanswered } from "../unanswered";

/** How long the cluster may be silent: `kubectl` itself would wait for ever. */
const PATIENCE = "--request-timeout=30s";

/** The cluster of an environment, as `kubectl` asks it: by settings of this run alone, so that it is never another one. */
export class Cluster {
  readonly #folder = mkdtempSync(join(tmpdir(), "goldenpath-connect-"));
  readonly #env: Readonly<Record<string, string>>;

  constructor(
    private readonly programs: Programs,
    /** Commands by which the cloud gives `kubectl` the cluster. @default - `kubectl` has it already */
    private readonly credentials: readonly string[] | undefined,
    /** Context of the settings that `kubectl` has, in place of that. @default - the credentials, or the current one */
    private readonly context: string | undefined,
  ) {
    this.#env = this.isOwn ? { KUBECONFIG: join(this.#folder, "config") } : {};
  }

  /** Whether its settings are made for this run. */
  get isOwn(): boolean {
    return this.context === undefined && this.credentials !== undefined;
  }

  /** Words of a command of `kubectl`. */
  words(...words: readonly string[]): readonly string[] {
    return ["kubectl", ...(this.context === undefined ? [] : ["--context", this.context]), ...words];
  }

  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** @throws Unanswered where the cloud does not give it */
  async signIn(): Promise<void> {
    if (!this.isOwn) return;
    for (const command of this.credentials ?? []) {
      // Commands of a runbook, without variables and quotes.
      const said = await this.programs.ask(command.split(" "), this.#env);
      if (said.code !== 0) throw new Unanswered(`${command}: ${reason(said)}\nsign in to the cloud, then ask again`);
    }
  }

  ask(...words: readonly string[]): Promise<Said> {
    return this.programs.ask(this.words(PATIENCE, ...words), this.#env);
  }

  /** The same of what must not be interrupted half-way by whoever ends this program from the keyboard. */
  askUndisturbed(...words: readonly string[]): Promise<Said> {
    return this.programs.askUndisturbed(this.words(PATIENCE, ...words), this.#env);
  }

  /** The same as the last thing that this program does: it waits for nothing else. */
  askNow(...words: readonly string[]): void {
    this.programs.askNow(this.words(PATIENCE, ...words), this.#env);
  }

  /** @throws Unanswered where it is refused or nobody answers */
  async must(what: string, ...words: readonly string[]): Promise<string> {
    return answered(what, await this.ask(...words));
  }

  /** Creates an object. @returns it as the cluster has it */
  async create(object: object): Promise<{ readonly metadata: { readonly uid: string } }> {
    const file = join(this.#folder, "object.json");
    writeFileSync(file, JSON.stringify(object), { mode: 0o600 });
    const said = await this.askUndisturbed("create", "-f", file, "-o", "json");
    return JSON.parse(answered("the cluster does not take the session", said)) as {
      readonly metadata: { readonly uid: string };
    };
  }

  /** Who asks, as the cluster knows them. */
  async who(): Promise<string> {
    const said = await this.must("the cluster does not say who asks", "auth", "whoami", "-o", "json");
    const { status } = JSON.parse(said) as { readonly status?: { readonly userInfo?: { readonly username?: string } } };
    return visible(status?.userInfo?.username ?? "unknown");
  }

  /** Takes this run's settings away. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function answered(what: string, said: Said): string {
  if (said.code === 0) return said.stdout;
  throw new Unanswered(`${what}: ${reason(said)}`);
}
