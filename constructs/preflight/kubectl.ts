import { answerAt, complaintOf, failed, jsonOf, listIn, passed, textIn } from "./answers";
import type { Answer, Check, Words } from "./check";

/** Check by which a cluster of a cloud is told from every other that kubectl could speak to. */
export const KUBECTL = "cluster/kubectl";

export interface KubectlReaches {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Name of the environment. */
  readonly of: string;
  /** Command that asks the cloud for the addresses of its API. */
  readonly ask: Words;
  /** Addresses in the answer, one of which kubectl has: `https://…`. */
  readonly addresses: (answer: Answer) => readonly string[];
  /** Command by which kubectl is told of it. */
  readonly run: string;
}

const isSame = (one: string, other: string): boolean =>
  one.toLowerCase().replace(/(?::443)?\/?$/, "") === other.toLowerCase().replace(/(?::443)?\/?$/, "");

/** Whether the current context of the kubeconfig leads to this cluster, and it answers. */
export const kubectlReaches = ({ cluster, of, ask, addresses, run }: KubectlReaches): Omit<Check, "after"> => ({
  id: KUBECTL,
  kind: "cluster",
  holds: `kubectl speaks to the cluster ${cluster}`,
  needs: [{ what: "what applications find in it", of }],
  ask: [["kubectl", "config", "view", "--minify", "--output", "json"], ask, ["kubectl", "version", "--output", "json"]],
  passes: "server of the current context is the address that the cloud says, and it answers",
  otherwise: {
    say: "make it the current context of ~/.kube/config, or of the file that TF_VAR_kubeconfig names",
    run: [run],
  },
  source: "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
  judge: (answers) => {
    const [view, version] = [answerAt(answers, 0), answerAt(answers, 2)];
    if (view.code !== 0) return failed(`there is no current context: ${complaintOf(view)}`);
    const [entry] = listIn(jsonOf(view), "clusters");
    if (entry === undefined) return failed("there is no current context");
    const server = textIn(entry, "cluster", "server");
    if (!addresses(answerAt(answers, 1)).some((address) => isSame(address, server)))
      return failed("the current context is of another cluster");
    if (version.code !== 0) return failed(`it does not answer: ${complaintOf(version)}`);
    return passed(textIn(jsonOf(version), "serverVersion", "gitVersion"));
  },
});
