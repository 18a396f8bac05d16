import { answerAt, complaintOf, failed, jsonOf, passed, textIn } from "../../../preflight/answers";
import type { Check, Words } from "../../../preflight/check";
import type { WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import type { Place } from "../place";

/** What checks of an AWS account are made from. */
export interface Asked {
  readonly environment: CloudEnvironment;
  readonly stacks: readonly WrittenStack[];
  readonly place: Pick<Place, "accountId" | "permissionsBoundary" | "region">;
  /** Ids of zones whose subnets somebody else has made. @default - those of the subnets that the stacks make */
  readonly zones?: readonly string[];
}

/** Check that comes before all others of the account. */
export const LOGIN = "login/aws";

export const AFTER_LOGIN = { after: [LOGIN] } as const;

/** A command that asks the environment's region. Every answer is JSON, whatever the machine's own settings say. */
export const regional = ({ place }: Pick<Asked, "place">, ...words: Words): Words => [
  "aws",
  ...words,
  "--region",
  place.region,
  "--output",
  "json",
];

/** A command that asks what has no region. */
export const global = (...words: Words): Words => ["aws", ...words, "--output", "json"];

/** Who is signed in, and to which account. */
export function loginCheck({ environment, place }: Asked): Check {
  return {
    id: LOGIN,
    kind: "login",
    holds: `the AWS CLI is signed in to the account ${place.accountId}`,
    needs: [{ what: `account ${place.accountId}`, of: environment.name }],
    ask: [global("sts", "get-caller-identity")],
    passes: `Account is ${place.accountId}`,
    otherwise: {
      say: "sign in to that account, or say by AWS_PROFILE which profile does",
      run: ["aws sts get-caller-identity"],
    },
    source: "https://docs.aws.amazon.com/cli/latest/reference/sts/get-caller-identity.html",
    after: [],
    judge: (answers) => {
      const answer = answerAt(answers, 0);
      if (answer.code !== 0) return failed(`nobody is signed in: ${complaintOf(answer)}`);
      const account = textIn(jsonOf(answer), "Account");
      return account === place.accountId
        ? passed(`account ${account}`)
        : failed(`signed in to another account: ${account}`);
    },
  };
}
