import { answerAt, failed, jsonOf, NotUnderstood, passed, textIn } from "./answers";
import type { Check, Need } from "./check";
import { textAt, type WrittenStack } from "./stacks";

/** What is known of a release beside its stacks. */
export interface Releases {
  /** Name of the program that plans and applies. */
  readonly engine: string;
  /** Whether another tool than Terraform releases the applications. */
  readonly byHelm: boolean;
  /** Whether checks ask the cluster itself. */
  readonly asksCluster: boolean;
}

const notHere = (name: string) => failed(`${name} is not on the PATH`);

/** Numbers of a version, two or three: `1.11.0-rc1` has 1, 11 and 0. */
function numbersOf(version: string): readonly number[] {
  const [, text] = /^v?(\d+\.\d+(?:\.\d+)?)/.exec(version) ?? [];
  if (text === undefined) throw new NotUnderstood(`${JSON.stringify(version.slice(0, 40))} is no version`);
  return text.split(".").map(Number);
}

/** Whether a version is this one, or later. */
export function isAtLeast(version: string, least: string): boolean {
  const [has, wants] = [numbersOf(version), numbersOf(least)];
  const place = [0, 1, 2].find((index) => (has[index] ?? 0) !== (wants[index] ?? 0));
  return place === undefined || (has[place] ?? 0) > (wants[place] ?? 0);
}

/** `1.11.0` of `>= 1.11.0`, the highest of all stacks. */
function leastEngine(stacks: readonly WrittenStack[]): string {
  const least = stacks.map(
    ({ written }) => />=\s*(\d+\.\d+\.\d+)/.exec(textAt(written, "terraform", "required_version") ?? "")?.[1],
  );
  const said = least.filter((one) => one !== undefined);
  return said.reduce((highest, one) => (isAtLeast(one, highest) ? one : highest), "1.11.0");
}

const everyStack = (stacks: readonly WrittenStack[], what: string): Need[] =>
  stacks.map(({ name }) => ({ what, of: name }));

const base = { kind: "tools", after: [] } as const;

function engine(stacks: readonly WrittenStack[], name: string): Check {
  const least = leastEngine(stacks);
  return {
    ...base,
    id: "tools/engine",
    holds: `${name} is on this machine, ${least} or later`,
    needs: everyStack(stacks, "required_version"),
    ask: [[name, "version", "-json"]],
    passes: `terraform_version is ${least} or later, which OpenTofu prints under the same name`,
    otherwise: {
      say: `install Terraform or OpenTofu, ${least} or later; TERRAFORM_BINARY_NAME=tofu says that it is the latter`,
      run: [],
    },
    source: "https://developer.hashicorp.com/terraform/cli/commands/version",
    absent: notHere(name),
    judge: (answers) => {
      const version = textIn(jsonOf(answerAt(answers, 0)), "terraform_version");
      return isAtLeast(version, least) ? passed(version) : failed(`${version} is older than ${least}`);
    },
  };
}

interface Tool {
  readonly ask: readonly string[];
  readonly source: string;
  readonly install: string;
}

/** Programs by which the providers of Kubernetes and Helm sign in, with what makes each say that it is there. */
const SIGN_IN: Readonly<Record<string, Tool>> = {
  aws: {
    ask: ["aws", "--version"],
    source: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
    install: "install the AWS CLI",
  },
  "gke-gcloud-auth-plugin": {
    ask: ["gke-gcloud-auth-plugin", "--version"],
    source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl",
    install: "install it: gcloud components install gke-gcloud-auth-plugin, or the package of that name",
  },
  kubelogin: {
    ask: ["kubelogin", "--version"],
    source: "https://azure.github.io/kubelogin/install.html",
    install: "install it: az aks install-cli",
  },
};

function signIn(stacks: readonly WrittenStack[]): Check[] {
  const programs = new Map<string, Need[]>();
  for (const { name, written } of stacks) {
    const command =
      textAt(written, "provider", "kubernetes", "exec", "command") ??
      textAt(written, "provider", "helm", "kubernetes", "exec", "command");
    if (command !== undefined) programs.set(command, [...(programs.get(command) ?? []), { what: "exec", of: name }]);
  }
  return [...programs].map(([name, needs]): Check => {
    const tool = SIGN_IN[name];
    return {
      ...base,
      id: `tools/${name}`,
      holds: `${name} is on this machine, by which providers sign in to the cluster`,
      needs,
      ask: [tool?.ask ?? [name, "--version"]],
      passes: "it starts",
      otherwise: { say: tool?.install ?? `install ${name}`, run: [] },
      source:
        tool?.source ??
        "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins",
      absent: notHere(name),
      judge: (answers) => {
        const { code, text, complaint } = answerAt(answers, 0);
        // Some print it there.
        const [line = ""] = (text.trim() === "" ? complaint : text).trim().split("\n");
        return code === 0 ? passed(line.slice(0, 80)) : failed(`it does not start: exit code ${code}`);
      },
    };
  });
}

function helm(stacks: readonly WrittenStack[]): Check {
  return {
    ...base,
    id: "tools/helm",
    holds: "Helm is on this machine, 3 or later, by which the applications are released",
    needs: everyStack(
      stacks.filter(({ part }) => part === "application"),
      'release: "helm"',
    ),
    ask: [["helm", "version", "--template", "{{.Version}}"]],
    passes: "its version is 3.0.0 or later",
    otherwise: { say: "install Helm", run: [] },
    source: "https://helm.sh/docs/helm/helm_version/",
    absent: notHere("helm"),
    judge: (answers) => {
      const version = versionOf(answerAt(answers, 0));
      return isAtLeast(version, "3.0.0") ? passed(version) : failed(`${version} is older than 3.0.0`);
    },
  };
}

function versionOf(answer: ReturnType<typeof answerAt>): string {
  if (answer.code !== 0) throw new NotUnderstood(`the command failed: exit code ${answer.code}`);
  return answer.text.trim();
}

function kubectl(needs: readonly Need[]): Check {
  return {
    ...base,
    id: "tools/kubectl",
    holds: "kubectl is on this machine",
    needs,
    ask: [["kubectl", "version", "--client", "--output", "json"]],
    passes: "clientVersion has a gitVersion",
    otherwise: { say: "install kubectl", run: [] },
    source: "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_version/",
    absent: notHere("kubectl"),
    judge: (answers) => passed(textIn(jsonOf(answerAt(answers, 0)), "clientVersion", "gitVersion")),
  };
}

/** Programs that a deploy from this machine runs. */
export function toolChecks(stacks: readonly WrittenStack[], { engine: name, byHelm, asksCluster }: Releases): Check[] {
  const needs: Need[] = [
    ...(byHelm ? [{ what: "kubectl: what the release did", of: "releases by Helm" }] : []),
    ...(asksCluster ? [{ what: "kubectl: what asks the cluster", of: "this checklist" }] : []),
  ];
  return [
    engine(stacks, name),
    ...signIn(stacks),
    ...(byHelm ? [helm(stacks)] : []),
    ...(needs.length > 0 ? [kubectl(needs)] : []),
  ];
}
