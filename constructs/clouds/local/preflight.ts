import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  listIn,
  maybeIn,
  missingIn,
  passed,
  textIn,
} from "../../preflight/answers";
import type { Check, CloudChecks, Need, Words } from "../../preflight/check";
import { madeIn, madeOf, needOf, textAt, type WrittenStack } from "../../preflight/stacks";
import { claimsOf } from "../../teardown/claims";
import type { CloudEnvironment } from "../cloud";

const kubectl = (...words: Words): Words => ["kubectl", ...words, "--output", "json"];

const LOGIN = "login/kubectl";

/** Whether the kubeconfig's current context leads to a cluster that answers. */
function reaches(environment: CloudEnvironment): Check {
  return {
    id: LOGIN,
    kind: "login",
    holds: "the current context of the kubeconfig leads to a cluster that answers",
    needs: [{ what: "whatever cluster that is", of: environment.name }],
    ask: [["kubectl", "config", "current-context"], kubectl("version", "--request-timeout", "10s")],
    passes: "serverVersion has a gitVersion",
    otherwise: { say: "start a cluster, or choose its context", run: ["kubectl config get-contexts"] },
    source: "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_version/",
    after: ["tools/kubectl"],
    judge: (answers) => {
      const [context, version] = [answerAt(answers, 0), answerAt(answers, 1)];
      if (context.code !== 0) return failed(`there is no current context: ${complaintOf(context)}`);
      if (version.code !== 0) return failed(`${context.text.trim()} does not answer: ${complaintOf(version)}`);
      return passed(`${context.text.trim()}, ${textIn(jsonOf(version), "serverVersion", "gitVersion")}`);
    },
  };
}

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

/** Classes of the volumes, those that no stack makes: the named ones, and the default where a claim names none. */
function classes(stacks: readonly WrittenStack[]): Check[] {
  const made = new Set(
    madeOf(stacks, "kubernetes_storage_class_v1").map(({ block }) => textAt(block, "metadata", "name")),
  );
  const claims = madeIn(stacks)
    .flatMap(claimsOf)
    .filter(({ storageClass }) => storageClass === undefined || !made.has(storageClass));
  if (claims.length === 0) return [];
  const named = [...new Set(claims.map(({ storageClass }) => storageClass).filter((one) => one !== undefined))].sort();
  const byDefault = claims.some(({ storageClass }) => storageClass === undefined);
  const wanted = [...(byDefault ? ["a default one"] : []), ...named].join(", ");
  return [
    {
      id: "offers/storage-classes",
      kind: "offers",
      holds: `the cluster has the classes of volumes that are asked for: ${wanted}`,
      needs: claims.map(({ resource, name, storageClass }): Need =>
        needOf(resource, `volume ${name}, of ${storageClass ?? "the default class"}`),
      ),
      ask: [kubectl("get", "storageclasses.storage.k8s.io")],
      passes: `items has each by its name${byDefault ? `, and one with the annotation ${DEFAULT_CLASS}` : ""}`,
      otherwise: { say: "install a provisioner of volumes, or mark a class as the default", run: [] },
      source: "https://kubernetes.io/docs/concepts/storage/storage-classes/",
      after: [LOGIN],
      judge: (answers) => {
        const items = listIn(jsonOf(answerAt(answers, 0)), "items");
        const missing = missingIn(
          named,
          items.map((one) => textIn(one, "metadata", "name")),
        );
        const isDefault = (one: unknown): boolean => maybeIn(one, "metadata", "annotations", DEFAULT_CLASS) === "true";
        const lacks = [...missing, ...(byDefault && !items.some(isDefault) ? ["a default one"] : [])];
        return lacks.length === 0 ? passed(wanted) : failed(`it has no ${lacks.join(", ")}`);
      },
    },
  ];
}

/** What a cluster on this machine has to have. */
export const preflight = (environment: CloudEnvironment, stacks: readonly WrittenStack[]): CloudChecks => ({
  checks: [reaches(environment), ...classes(stacks)],
  unasked: [],
});
