import { answerAt, complaintOf, failed, jsonOf, listIn, passed, textIn } from "../../../preflight/answers";
import type { Check, Words } from "../../../preflight/check";
import type { WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import type { Place } from "../place";

/** What checks of a subscription are made from. */
export interface Asked {
  readonly environment: CloudEnvironment;
  readonly stacks: readonly WrittenStack[];
  readonly place: Pick<Place, "clusterName" | "given" | "location" | "regionInNames" | "subscriptionId" | "tenantId">;
}

export const LOGIN = "login/az";
export const AFTER_LOGIN = { after: [LOGIN] } as const;

/** A command that asks the environment's subscription, whatever this machine's own is. */
export const az = ({ place }: Pick<Asked, "place">, ...words: Words): Words => [
  "az",
  ...words,
  "--subscription",
  place.subscriptionId,
  "--output",
  "json",
];

/** What a list is asked for: its names, and by its tags whose each is. */
export const NAME_AND_TAGS = "[].{name: name, tags: tags}";

/** Resource groups of the subscription, as far as who asks sees them. */
export const groups = (asked: Pick<Asked, "place">): Words => az(asked, "group", "list", "--query", NAME_AND_TAGS);

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Who is signed in, and whether they see the subscription, and that in its tenant. */
export function loginCheck(asked: Asked): Check {
  const { subscriptionId, tenantId } = asked.place;
  return {
    id: LOGIN,
    kind: "login",
    holds: `az is signed in, and sees the subscription ${subscriptionId} of the tenant ${tenantId}`,
    needs: [{ what: `subscription ${subscriptionId}`, of: asked.environment.name }],
    ask: [az(asked, "account", "show"), groups(asked)],
    passes: `id and tenantId are these, and state is Enabled; and Azure answers the second command: the first is read from a file, whether or not the sign-in is still good`,
    otherwise: { say: "sign in to that tenant", run: [`az login --tenant ${tenantId}`] },
    source: "https://learn.microsoft.com/en-us/cli/azure/account#az-account-show",
    after: [],
    judge: (answers) => {
      const answer = answerAt(answers, 0);
      if (answer.code !== 0) return failed(`nobody is signed in who sees it: ${complaintOf(answer)}`);
      const account = jsonOf(answer);
      const [id, tenant, state] = [textIn(account, "id"), textIn(account, "tenantId"), textIn(account, "state")];
      if (!isSame(id, subscriptionId)) return failed(`another subscription: ${id}`);
      if (!isSame(tenant, tenantId)) return failed(`it is of another tenant: ${tenant}`);
      if (state !== "Enabled") return failed(`the subscription is ${state}`);
      const asks = answerAt(answers, 1);
      if (asks.code !== 0) return failed(`Azure does not answer who is signed in: ${complaintOf(asks)}`);
      listIn({ all: jsonOf(asks) }, "all");
      return passed(state);
    },
  };
}
