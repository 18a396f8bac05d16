import { ACTIONS } from "../../../pipelines/actions";
import { buildStep, buildWith, nameStep, REGISTRY } from "../build";
import { type BuiltImage, jobOf } from "../code";
import { checkout, expression, READ_CODE, RUNNER } from "../steps";
import type { Concurrency, Job, Permission, UseStep } from "../workflow";
import { type Asked, IS_OWN, NAMED, OWN, tagOf } from "./of";

/*
 * Images of pull requests. Those of this repository's own are built and pushed by one job. A fork's Dockerfile runs in a job that may read the
 * code and nothing else: with a token for packages, `FROM` could name a private one. What it has made is pushed by another job, which runs none
 * of it.
 */

/** One manifest by one digest, so that no part of it is left over when its tag goes. */
const PLAIN = { provenance: false, sbom: false } as const;

const PUSH: Permission = { scope: "packages", access: "write", why: "to push the image" };

const signInToRegistry: UseStep = {
  name: `Sign in to ${REGISTRY}`,
  uses: ACTIONS.login,
  with: { registry: REGISTRY, username: expression("github.actor"), password: expression("github.token") },
};

const labelsOf = ({ commit }: Asked): string =>
  `org.opencontainers.image.source=${expression("github.server_url")}/${expression("github.repository")}\n` +
  `org.opencontainers.image.revision=${commit}\n`;

/** Checks out the commit that was named, whatever was pushed since. */
const checkoutOf = ({ commit }: Asked): UseStep => ({
  ...checkout,
  with: { ...checkout.with, ref: commit },
});

/**
 * A newer commit ends the build of an older one, which pushes to a tag of its own and changes nothing else: the older one would deploy after
 * it, and take its place among those that wait.
 */
const newest = ({ name }: BuiltImage, { number }: Asked): Concurrency => ({
  group: `preview-build-${name}-${number}`,
  "cancel-in-progress": true,
});

const NAME = expression("steps.image.outputs.name");

/** @param runner label of the machines that build */
export function ownBuildJob(image: BuiltImage, runner: string): Job {
  return {
    name: `Build ${image.name}`,
    if: `${IS_OWN} && github.event.action != 'closed'`,
    runsOn: runner,
    timeoutMinutes: 30,
    concurrency: newest(image, OWN),
    permissions: [READ_CODE, PUSH],
    outputs: { image: NAME, digest: expression("steps.push.outputs.digest") },
    steps: [
      checkoutOf(OWN),
      nameStep(image),
      { name: "Set up Buildx", uses: ACTIONS.setupBuildx },
      signInToRegistry,
      {
        ...buildStep(image),
        name: "Build and push",
        id: "push",
        with: { ...buildWith(image), push: true, tags: `${NAME}:${tagOf(OWN)}`, labels: labelsOf(OWN), ...PLAIN },
      },
    ],
  };
}

/** Artifact with the image of a fork. */
const artifactOf = ({ name }: BuiltImage): string => `image-${name}`;

const inTemp = (what: string): string => expression(`format('{0}/${what}', runner.temp)`);

/** Builds a fork's image into an artifact. It takes nothing from a cache and leaves nothing in one, which runs of the branch would read. */
export function forkBuildJob(image: BuiltImage): Job {
  const plain = Object.fromEntries(Object.entries(buildWith(image)).filter(([key]) => key !== "cache-from"));
  return {
    name: `Build ${image.name} of a fork`,
    needs: ["look"],
    runsOn: RUNNER,
    timeoutMinutes: 30,
    concurrency: newest(image, NAMED),
    permissions: [READ_CODE],
    steps: [
      checkoutOf(NAMED),
      { name: "Set up Buildx", uses: ACTIONS.setupBuildx, with: { "cache-binary": false } },
      {
        ...buildStep(image),
        name: "Build",
        with: {
          ...plain,
          push: false,
          outputs: `type=oci,dest=${inTemp("image.tar")}`,
          labels: labelsOf(NAMED),
          ...PLAIN,
        },
      },
      {
        name: "Keep the image",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: artifactOf(image),
          path: inTemp("image.tar"),
          "if-no-files-found": "error",
          overwrite: true,
          "retention-days": 1,
        },
      },
    ],
  };
}

export function forkPushJob(image: BuiltImage, images: readonly BuiltImage[]): Job {
  return {
    name: `Push ${image.name} of a fork`,
    needs: [jobOf("fork-build", image, images)],
    runsOn: RUNNER,
    timeoutMinutes: 10,
    permissions: [PUSH],
    outputs: { image: NAME, digest: expression("steps.push.outputs.digest") },
    steps: [
      {
        name: "Fetch the image",
        uses: ACTIONS.downloadArtifact,
        with: { name: artifactOf(image), path: inTemp("image") },
      },
      nameStep(image),
      signInToRegistry,
      {
        name: "Push",
        id: "push",
        env: { NAME, TAG: tagOf(NAMED) },
        run: [
          // The image is copied as it is: nothing of it runs.
          `skopeo copy --authfile "$HOME/.docker/config.json" --digestfile "$RUNNER_TEMP/digest" \\`,
          `  "oci-archive:$RUNNER_TEMP/image/image.tar" "docker://$NAME:$TAG"`,
          `echo "digest=$(cat "$RUNNER_TEMP/digest")" >>"$GITHUB_OUTPUT"`,
        ],
      },
    ],
  };
}

/** Expression of a pushed image, by tag and digest, in a job that needs that which pushes it. */
export const pushedBy = (job: string, asked: Asked): string =>
  `${expression(`needs.${job}.outputs.image`)}:${tagOf(asked)}@${expression(`needs.${job}.outputs.digest`)}`;
