import { ACTIONS } from "../../pipelines/actions";
import { type BuiltImage, jobOf } from "./code";
import { checkout, expression, READ_CODE, RUNNER } from "./steps";
import type { Job, RunStep, Step, UseStep } from "./workflow";

/*
 * An image is built once for a commit of a branch, and what comes after goes by its digest: what is scanned is what is deployed. For a pull
 * request it is built to see that it can be, by a job that may push nothing, whoever wrote it.
 */

/** The registry that a token of GitHub's signs in to. */
export const REGISTRY = "ghcr.io";

const ON_PUSH = "github.event_name == 'push'";
export const ON_PULL_REQUEST = "github.event_name == 'pull_request'";

/** What jobs of images are told of the rest. */
export interface BuildContext {
  readonly images: readonly BuiltImage[];
  readonly runner: string;
  /** Whether a branch is a tag, too. */
  readonly branchTag: boolean;
  readonly sarif: boolean;
  /** Condition of a run of code; empty where every run is. */
  readonly isCode: string;
}

/** The condition, of a run of code alone. */
export const ofCode = ({ isCode }: Pick<BuildContext, "isCode">, condition = ""): string | undefined =>
  [condition, isCode].filter((one) => one !== "").join(" && ") || undefined;

/** The tag that one commit of a branch has: `develop-<40 digits>`. */
export const COMMIT_TAG = expression("format('{0}-{1}', github.ref_name, github.sha)");

/** Builds and pushes, and says which name and digest that is. */
export function buildJob(image: BuiltImage, context: BuildContext): Job {
  const { runner, branchTag } = context;
  const name = expression("steps.image.outputs.name");
  return {
    name: `Build ${image.name}`,
    if: ofCode(context, ON_PUSH),
    runsOn: runner,
    timeoutMinutes: 30,
    permissions: [READ_CODE, { scope: "packages", access: "write", why: "to push the image" }],
    outputs: { image: name, digest: expression("steps.push.outputs.digest") },
    steps: [
      checkout,
      nameStep(image),
      { name: "Set up Buildx", uses: ACTIONS.setupBuildx },
      {
        name: `Sign in to ${REGISTRY}`,
        uses: ACTIONS.login,
        with: { registry: REGISTRY, username: expression("github.actor"), password: expression("github.token") },
      },
      {
        ...buildStep(image),
        name: "Build and push",
        id: "push",
        with: {
          ...buildWith(image),
          push: true,
          tags: `${branchTag ? `${name}:${expression("github.ref_name")}\n` : ""}${name}:${COMMIT_TAG}\n`,
          labels:
            `org.opencontainers.image.source=${expression("github.server_url")}/${expression("github.repository")}\n` +
            `org.opencontainers.image.revision=${expression("github.sha")}\n`,
          "cache-to": `type=gha,mode=max,scope=${image.name}`,
          provenance: "mode=max",
          sbom: true,
        },
      },
    ],
  };
}

/** Builds what a pull request would make, and looks at it; pushes nothing, and has no right to. */
export function tryJob(image: BuiltImage, { runner }: BuildContext, look: (image: string) => readonly Step[]): Job {
  const name = `${image.name}:pull-request`;
  return {
    name: `Try ${image.name}`,
    if: ON_PULL_REQUEST,
    runsOn: runner,
    timeoutMinutes: 30,
    permissions: [READ_CODE],
    steps: [
      checkout,
      { name: "Set up Buildx", uses: ACTIONS.setupBuildx },
      { ...buildStep(image), name: "Build", with: { ...buildWith(image), push: false, load: true, tags: name } },
      ...look(name),
    ],
  };
}

/** The name of an image as a registry takes it: a repository on GitHub may have capitals, and an image may not. */
export function nameStep({ name }: BuiltImage): RunStep {
  return {
    name: "Name the image",
    id: "image",
    env: { REGISTRY, IMAGE: name },
    run: [
      `repository=$(tr '[:upper:]' '[:lower:]' <<<"$GITHUB_REPOSITORY")`,
      `echo "name=$REGISTRY/$repository/$IMAGE" >>"$GITHUB_OUTPUT"`,
    ],
  };
}

export function buildStep(image: BuiltImage): UseStep {
  return { name: `Build ${image.name}`, uses: ACTIONS.buildPush };
}

export function buildWith({ name, code }: BuiltImage): NonNullable<UseStep["with"]> {
  const { folder, dockerfile, target, contexts = {}, args = {} } = code;
  const lines = (all: Readonly<Record<string, string>>): string =>
    Object.entries(all)
      .map(([key, value]) => `${key}=${value}\n`)
      .join("");
  return {
    context: folder,
    file: dockerfile,
    target,
    ...(Object.keys(contexts).length > 0 && { "build-contexts": lines(contexts) }),
    ...(Object.keys(args).length > 0 && { "build-args": lines(args) }),
    "cache-from": `type=gha,scope=${name}`,
  };
}

/** `ghcr.io/acme/orders/backend`, in a job that needs that which builds it. */
export const builtName = (image: BuiltImage, images: readonly BuiltImage[]): string =>
  expression(`needs.${jobOf("build", image, images)}.outputs.image`);

/** `sha256:…` of it. */
export const builtDigest = (image: BuiltImage, images: readonly BuiltImage[]): string =>
  expression(`needs.${jobOf("build", image, images)}.outputs.digest`);

/** What runs jobs that need no network of anybody's. */
export const runnerOf = (runner = RUNNER): string => runner;
