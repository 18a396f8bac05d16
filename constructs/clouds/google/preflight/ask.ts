import { answerAt, complaintOf, failed, jsonOf, listIn, maybeIn, passed, textIn } from "../../../preflight/answers";
import type { Check, Words } from "../../../preflight/check";
import type { WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import type { Place } from "../place";

/** What checks of a project are made from. */
export interface Asked {
  readonly environment: CloudEnvironment;
  readonly stacks: readonly WrittenStack[];
  readonly place: Pick<Place, "project" | "region">;
}

export const LOGIN = "login/gcloud";
export const AFTER_LOGIN = { after: [LOGIN] } as const;

/** A command that asks the environment's project, whatever this machine's own is. */
export const gcloud = ({ place }: Pick<Asked, "place">, ...words: Words): Words => [
  "gcloud",
  ...words,
  "--project",
  place.project,
  "--format",
  "json",
];

/** Who is signed in, and whether they see the project. */
export function loginCheck({ environment, place }: Asked): Check {
  const { project } = place;
  return {
    id: LOGIN,
    kind: "login",
    holds: `gcloud is signed in, and sees the project ${project}`,
    needs: [{ what: `project ${project}`, of: environment.name }],
    ask: [
      ["gcloud", "auth", "list", "--filter", "status:ACTIVE", "--format", "json"],
      ["gcloud", "projects", "describe", project, "--format", "json"],
    ],
    passes: "an account is active, and lifecycleState of the project is ACTIVE",
    otherwise: {
      say: "sign in, both for gcloud and for Terraform's provider, which has credentials of its own; and switch on what the project is asked by",
      run: [
        "gcloud auth login",
        "gcloud auth application-default login",
        `gcloud services enable cloudresourcemanager.googleapis.com serviceusage.googleapis.com --project ${project}`,
      ],
    },
    source: "https://docs.cloud.google.com/sdk/gcloud/reference/projects/describe",
    after: [],
    judge: (answers) => {
      const accounts = jsonOf(answerAt(answers, 0));
      const active = listIn({ accounts }, "accounts").map((one) => textIn(one, "account"));
      if (active[0] === undefined) return failed("nobody is signed in");
      const answer = answerAt(answers, 1);
      if (answer.code !== 0) return failed(`${active[0]} does not see the project: ${complaintOf(answer)}`);
      const found = jsonOf(answer);
      const state = textIn(found, "lifecycleState");
      if (textIn(found, "projectId") !== project) return failed(`another project: ${textIn(found, "projectId")}`);
      return state === "ACTIVE" ? passed(`${active[0]}, ${project}`) : failed(`the project is ${state}`);
    },
  };
}

/** Whether a failed answer says that there is no such thing. */
export const isNotFound = (complaint: string): boolean =>
  /not found: 404|NOT_FOUND|was not found|HTTPError 404/.test(complaint);

export const textsOf = (all: readonly unknown[], key: string): string[] =>
  all.map((one) => maybeIn(one, key)).filter((one): one is string => typeof one === "string");
