import { reason } from "../rollback/programs";
import { Unanswered } from "../unanswered";
import type { Cluster } from "./cluster";

/** What somebody has to be allowed, in the words of `kubectl auth can-i`. */
export interface Needed {
  /** What all of it is for: `open a session`. */
  readonly to: string;
  readonly rights: readonly (readonly string[])[];
}

/** What opening a session asks of whoever opens it. */
export const TO_CONNECT: Needed = {
  to: "open a session",
  rights: [
    ["create", "jobs.batch"],
    ["patch", "jobs.batch"],
    ["create", "networkpolicies.networking.k8s.io"],
    ["list", "pods"],
    ["get", "pods"],
    ["create", "pods", "--subresource=portforward"],
  ],
};

/**
 * Asks whether somebody may, before anything is made.
 *
 * @throws Unanswered with everything that is missing, or where nobody answers
 */
export async function checkRights(
  cluster: Cluster,
  { to, rights }: Needed,
  namespace: string,
  who: string,
): Promise<void> {
  const answers = await Promise.all(
    rights.map(async (words) => ({
      words,
      said: await cluster.ask("auth", "can-i", ...words, "--namespace", namespace),
    })),
  );
  const missing = answers.filter(({ said }) => said.code !== 0);
  if (missing.length === 0) return;
  const silent = missing.find(({ said }) => !/^no\b/.test(said.stdout));
  if (silent !== undefined) throw new Unanswered(`the cluster does not say who may what: ${reason(silent.said)}`);
  throw new Unanswered(
    [
      `${who} may not ${to} in ${namespace}:`,
      ...missing.map(({ words }) => `  ${words.join(" ").replace(" --subresource=", "/")}`),
      "whoever makes pods there reads its Secrets, so this takes one of access.administrators or access.deployers in the environment's cloud",
    ].join("\n"),
  );
}
