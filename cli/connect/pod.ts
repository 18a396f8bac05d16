import { setTimeout as pause } from "node:timers/promises";
import { visible } from "../../constructs/report/values";
import type { SessionRecord } from "../../constructs/sessions/record";
import { Unanswered } from "../unanswered";
import type { Cluster } from "./cluster";
import type { Interrupt } from "./interrupt";

/** What is asked of a session's pod. */
export interface Pod {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name?: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly message?: string };
  };
}

/** Seconds for a pod to be ready: a node may have to be made for it. */
const PATIENCE = 240;

export const isReady = ({ status }: Pod): boolean =>
  (status?.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True");

/** Words by which the cluster ends a session now. What was known of it stays there. */
export const endOf = ({ name, target }: Pick<SessionRecord, "name" | "target">): readonly string[] => {
  const now = JSON.stringify({ spec: { activeDeadlineSeconds: 1 } });
  return ["patch", "job", name, "-n", target.namespace, "--type", "merge", "-p", now];
};

/** A session's pod as it is now; `undefined` where there is none. */
export async function podNow(cluster: Cluster, { name, target }: SessionRecord): Promise<Pod | undefined> {
  const words = ["get", "pods", "-n", target.namespace, "-l", `batch.kubernetes.io/job-name=${name}`, "-o", "json"];
  const { items } = JSON.parse(await cluster.must("the cluster does not show the session", ...words)) as {
    readonly items: readonly Pod[];
  };
  return items[0];
}

/**
 * A session's pod, once it is there as `isThere` says; `undefined` where somebody interrupts the waiting.
 *
 * @throws Unanswered with what the cluster says of it, where it does not become so
 */
export async function podOf(
  cluster: Cluster,
  session: SessionRecord,
  { interrupt, isThere }: { readonly interrupt: Interrupt; readonly isThere: (pod: Pod) => boolean },
): Promise<Pod | undefined> {
  const { name, target } = session;
  const until = Date.now() + PATIENCE * 1000;
  let last: Pod | undefined;
  while (Date.now() < until) {
    last = await podNow(cluster, session);
    if (last !== undefined && isThere(last)) return last;
    if (last?.status?.phase === "Failed" || last?.status?.phase === "Succeeded") break;
    const refused = last === undefined ? await refusal(cluster, name, target.namespace) : undefined;
    if (refused !== undefined) throw new Unanswered(`the cluster makes no pod for the session: ${visible(refused)}`);
    await Promise.race([pause(1000), interrupt.comes]);
    if (interrupt.hasCome()) return undefined;
  }
  const states = [...(last?.status?.initContainerStatuses ?? []), ...(last?.status?.containerStatuses ?? [])];
  const waiting = states.find(({ state }) => state?.waiting !== undefined)?.state?.waiting;
  const why = waiting?.message ?? waiting?.reason ?? last?.status?.message ?? last?.status?.phase ?? "there is none";
  throw new Unanswered(
    `the session's pod is not ready: ${visible(why)}\nsee kubectl describe job -n ${target.namespace} ${name}, and its pod's log`,
  );
}

/** Why the Job makes no pod: a quota, or admission. */
async function refusal(cluster: Cluster, name: string, namespace: string): Promise<string | undefined> {
  const of = `involvedObject.kind=Job,involvedObject.name=${name},type=Warning`;
  const said = await cluster.ask("get", "events", "-n", namespace, "--field-selector", of, "-o", "json");
  if (said.code !== 0) return undefined;
  const { items } = JSON.parse(said.stdout) as { readonly items: readonly { readonly message?: string }[] };
  return items.at(-1)?.message;
}
