import { ofKind } from "../../alerts/watched";
import { code } from "../in-words";
import type { Beside, Operated } from "../operated";
import type { Step } from "../page";

/* The day on which a lost region answers again. The environment was made in another one under its name, and both work. */

/**
 * What tags of the commits begin with by which an environment is found as it was in a region. The time of the loss follows, as it
 * may be lost twice.
 */
export const tagsOf = (environment: string, region: string): string => `${environment}-in-${region}-`;

/** Sets `TAG` to the newest. On the page of an environment that nobody left there is none. */
const newestTag = (tags: string): string => `TAG=$(git tag --list '${tags}*' | sort | tail -n 1)`;

/** Fails where it is no tag. */
const TAG_IS_THERE = 'git rev-parse --verify "refs/tags/$TAG"';

/**
 * Lines of which none is run after one that failed, pasted or not: a shell that people type in goes on after a failure, and the
 * cluster that `kubectl` had before may be the new one.
 */
const untilOneFails = (lines: readonly string[]): string[] => ["(", "set -e", ...lines, ")"];

/** Stops all that the application runs in the region that is back. */
function stop(operated: Operated, { cloud }: Beside, tags: string): string[] {
  const { namespace } = operated.application;
  // An autoscaler of Kubernetes leaves alone what has no pods; KEDA would start it again.
  const keda = ofKind(operated, "ScaledObject").length > 0;
  return untilOneFails([
    newestTag(tags),
    TAG_IS_THERE,
    "KUBECONFIG=$(mktemp)",
    "export KUBECONFIG",
    ...(cloud.credentials ?? []),
    `kubectl -n ${namespace} get cronjobs -o name | xargs -r -I{} kubectl -n ${namespace} patch {} -p '{"spec":{"suspend":true}}'`,
    ...(keda
      ? [`kubectl -n ${namespace} annotate scaledobjects --all --overwrite autoscaling.keda.sh/paused-replicas=0`]
      : []),
    `kubectl -n ${namespace} scale deployments --all --replicas=0`,
  ]);
}

const BRING_TOGETHER =
  "What both have written since has to be brought together by people, by what the application knows.";

/** Steps for that day. */
export function comeBack(operated: Operated, beside: Beside): Step[] {
  const { cloud, stacks } = beside;
  const { environment, stackName } = operated.application;
  const look = stacks.map((stack) => `npx cdktf diff ${stack}`);
  if (cloud.anotherRegion === undefined) {
    return [
      {
        say: `When the region is back: look at each plan of this environment before anything is applied. ${BRING_TOGETHER}`,
        run: look,
      },
    ];
  }
  const { region, shared } = cloud.anotherRegion;
  const tags = tagsOf(environment, region);
  const state = stacks.find((stack) => stack.startsWith("state-"));
  const forget = [newestTag(tags), 'git push origin --delete "$TAG"', 'git tag -d "$TAG"'];
  return [
    {
      say: `When the region is back, what is here runs again, with the data of then: consumers and scheduled tasks too. Stop it before anything else. The block does nothing without the tag, and nothing after a line that fails. Other applications of the environment have it on their own pages. Its alerts come again too, to the same people and with the same labels; where it has a ${code("dead-mans-switch")}, the old check is answered again, which says nothing of the new environment. ${BRING_TOGETHER}`,
      run: ["git fetch --tags", ...stop(operated, beside, tags)],
    },
    {
      say: `Look at what it is, in a folder with the commit of that day, whose page this is. Its state is that of the region, and knows nothing of the other.${state === undefined ? "" : ` That of ${code(state)} is in a file that no commit has, unless the environment's file says ${code("stateIn")}: copy it from the folder in which it was deployed, or its plan wants to make all of it again.`}`,
      run: untilOneFails([
        newestTag(tags),
        TAG_IS_THERE,
        '[ -d "../$TAG" ] || git worktree add "../$TAG" "$TAG"',
        ...(state === undefined
          ? []
          : [`cp terraform.${state}.*tfstate "../$TAG/" || printf '%s\\n' 'no file of ${state} is in this folder'`]),
        'cd "../$TAG"',
        "npm ci",
        "npx cdktf synth",
        ...look,
      ]),
    },
    {
      say: `Once nobody needs it any more, take it down in that folder, like every environment: protections off and deployed first, then its stacks in the other order. A deploy of ${code(stackName)} there brings replicas and schedules back: stop them by the block above right after it. Nothing of it has a name that the new one has.${shared === undefined ? "" : ` ${shared}: deploy the new one's stacks once more after that.`} The tag goes last.`,
      run: forget,
    },
    {
      say: "Or go back to it: bring what was written meanwhile here, give it the records with both names exchanged, and take the other one down. Then the file is again as that commit has it, and the folder of output is emptied first: what is in it leads to the state of the other. The tag goes, or the block above would stop what lives.",
      run: ["rm -rf cdktf.out", ...forget],
    },
  ];
}
