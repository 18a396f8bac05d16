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
import type { LocalProps } from "./props";

/** The context that the providers use, where the environment says which: `kubectl` takes the current one otherwise, as they do. */
const kubectl = ({ context }: Named, ...words: Words): Words => [
  ...["kubectl", ...words],
  ...(context === undefined ? [] : ["--context", context]),
  ...["--output", "json"],
];

type Named = Pick<LocalProps, "context">;

const LOGIN = "login/kubectl";

/** Whether the context that Terraform uses leads to a cluster that answers. */
function reaches(environment: CloudEnvironment, props: Named): Check {
  const { context } = props;
  const version = kubectl(props, "version", "--request-timeout", "10s");
  return {
    id: LOGIN,
    kind: "login",
    holds: `${context === undefined ? "the current context" : `the context ${context}`} of the kubeconfig leads to a cluster that answers`,
    needs: [
      { what: "the cluster of the file that TF_VAR_kubeconfig names, or of ~/.kube/config", of: environment.name },
    ],
    ask: context === undefined ? [version, ["kubectl", "config", "current-context"]] : [version],
    passes: "serverVersion has a gitVersion",
    otherwise: { say: "start a cluster, or choose its context", run: ["kubectl config get-contexts"] },
    source: "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_version/",
    after: ["tools/kubectl"],
    judge: (answers) => {
      const [answer, current] = [answerAt(answers, 0), context === undefined ? answerAt(answers, 1) : undefined];
      if (current !== undefined && current.code !== 0)
        return failed(`there is no current context: ${complaintOf(current)}`);
      const name = context ?? current?.text.trim() ?? "";
      if (answer.code !== 0) return failed(`${name} does not answer: ${complaintOf(answer)}`);
      return passed(`${name}, ${textIn(jsonOf(answer), "serverVersion", "gitVersion")}`);
    },
  };
}

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

/** Classes of the volumes, those that no stack makes: the named ones, and the default where a claim names none. */
function classes(stacks: readonly WrittenStack[], props: Named): Check[] {
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
      ask: [kubectl(props, "get", "storageclasses.storage.k8s.io")],
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
export const preflight = (
  props: Named,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks => ({
  checks: [reaches(environment, props), ...classes(stacks, props)],
  unasked: [],
  cluster: {
    options: props.context === undefined ? [] : ["--context", props.context],
    after: [LOGIN],
    except: ["storageclasses.storage.k8s.io"],
  },
});
