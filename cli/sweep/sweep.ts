import type { PlatformEnvironment } from "../../constructs/environment";
import type { ResolvedPreviews } from "../../constructs/model/previews";
import { STATE_FOLDER } from "../../constructs/previews/names";
import { judge, type Judgement } from "../../constructs/sweep/judge";
import { sweepText } from "../../constructs/sweep/text";
import { EXIT, type Exit } from "../command";
import { toJson } from "../format";
import { asker } from "../preflight/ask";
import { Unanswered } from "../unanswered";
import { collect } from "./collect";
import { Kubectl } from "./kubectl";
import { take } from "./take";

export interface SweepOptions {
  readonly environment: PlatformEnvironment;
  readonly previews: ResolvedPreviews;
  /** Namespaces of all environments of the program. */
  readonly reserved: readonly string[];
  readonly now: Date;
  /** Owner and name on GitHub. @default - nobody is asked about pull requests */
  readonly repository: string | undefined;
  /** @default - the current one */
  readonly context: string | undefined;
  /** Time that a namespace has to go. */
  readonly seconds: number;
  /** Whether what is over is taken away. */
  readonly run: boolean;
  readonly json: boolean;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/** Time that one command has. */
const COMMAND_SECONDS = 60;

/** Judges the previews of an environment, says so, and takes away what is over where it is told to. */
export async function sweepPreviews(options: SweepOptions): Promise<Exit> {
  const { environment, previews, reserved, now, repository, context, seconds, run, json, env } = options;
  const { name } = environment;
  const { TF_VAR_kubeconfig: kubeconfig = env.KUBECONFIG } = env;
  const ask = asker({ env: { ...env, TF_VAR_kubeconfig: kubeconfig }, seconds: COMMAND_SECONDS });
  const kubectl = new Kubectl(ask, context);
  const found = await collect(kubectl, ask, environment, repository).catch((error: unknown) => {
    if (error instanceof Unanswered) return error.message;
    throw error;
  });
  if (typeof found === "string") {
    process.stderr.write(`${name}: ${found}\n`);
    return EXIT.wrong;
  }
  const { notes, ...input } = found;
  const applications = environment.applications.map((one) => one.name);
  const judged = judge({ environment: name, previews, applications, reserved, repository, now, ...input });
  if (!json) process.stdout.write(sweepText(name, judged, notes));
  const left = run
    ? await take(judged, {
        ...{ kubectl, ask, now, seconds },
        place: environment.cloud.previewStates?.(environment, STATE_FOLDER),
        done: (what) => {
          if (!json) process.stdout.write(`gone: ${what}\n`);
        },
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      })
    : [];
  if (json) process.stdout.write(toJson(plain(judged, notes, left)));
  for (const one of left) process.stderr.write(`left: ${one}\n`);
  return left.length + notes.length + judged.refused.length > 0 ? EXIT.wrong : EXIT.done;
}

type Named = readonly { readonly name: string; readonly why: string }[];

function plain({ staying, ...judged }: Judgement, notes: readonly string[], left: readonly string[]): unknown {
  const named = (all: Named): unknown => all.map(({ name, why }) => ({ name, why }));
  return {
    namespaces: named(judged.namespaces),
    stores: named(judged.stores),
    states: named(judged.states),
    staying: staying.map(({ namespace: { name }, until, held, unasked }) => ({ name, until, held, unasked })),
    refused: named(judged.refused),
    others: named(judged.others),
    notAsked: notes,
    left,
  };
}
