import { type TerraformStack, TerraformVariable } from "cdktf";
import { type Code, code, expression } from "../../terraform/expression";
import { literalExpression } from "../../terraform/literal";
import type { LocalProps } from "./props";

const VARIABLE = "kubeconfig";

/** The file, read when it is evaluated. It has keys: it stands in conditions alone, of which no plan or state keeps anything. */
const FILE = `yamldecode(file(pathexpand(var.${VARIABLE})))`;

/**
 * Names of hosts on this machine: loopback, what Docker Desktop and OrbStack add, and the networks in which minikube
 * makes its machines. Not every name below `internal`, which clouds give their machines.
 */
export const ON_THIS_MACHINE = `^(${[
  String.raw`([a-z0-9-]+\.)?localhost`,
  String.raw`127(\.[0-9]+){3}`,
  String.raw`\[::1\]`,
  String.raw`0\.0\.0\.0`,
  String.raw`[a-z-]+\.docker\.internal`,
  String.raw`[a-z0-9.-]+\.orb\.local`,
  String.raw`192\.168(\.[0-9]+){2}`,
].join("|")})$`;

/** Host of a server's address: with the brackets of an IPv6 address, without the port. */
const HOST = String.raw`^https?://(\[[^]]*\]|[^/:]*)`;

/** Terraform expressions that read the kubeconfig. */
interface Kubeconfig {
  readonly context: string;
  readonly server: string;
  readonly host: string;
}

function kubeconfig({ context: name }: LocalProps): Kubeconfig {
  const context = name === undefined ? `${FILE}["current-context"]` : literalExpression(name);
  const cluster = `one([for c in ${FILE}.contexts : c.context.cluster if c.name == ${context}])`;
  const server = `one([for c in ${FILE}.clusters : c.cluster.server if c.name == ${cluster}])`;
  return { context, server, host: `regex(${JSON.stringify(HOST)}, ${server})[0]` };
}

/** How a stack's providers find the cluster. */
export interface ClusterConfig {
  readonly configPath: string;
  readonly configContext: string;
}

/** What is nowhere in the file is null; a file of another form is an error. */
const isThere = (text: string): Code => code(`try(length(${text}) > 0, false)`);

const described = ({ context }: LocalProps): string =>
  context === undefined ? "The kubeconfig's current context" : `Context ${context}`;

/**
 * The variable with the kubeconfig's path, of which nothing but the path is told to the providers. Its validation is the
 * guard: before any provider is asked for anything, on the way to a plan as to a destruction, it refuses a cluster that
 * is somewhere else.
 */
export function readKubeconfig(stack: TerraformStack, props: LocalProps): ClusterConfig {
  const { context, server, host } = kubeconfig(props);
  const variable = new TerraformVariable(stack, "Kubeconfig", {
    type: "string",
    default: "~/.kube/config",
    description: "Absolute path of the kubeconfig.",
    validation: [
      {
        condition: expression`can(${code(FILE)}.contexts)`,
        errorMessage:
          `${expression`var.${code(VARIABLE)}`} is no kubeconfig. Make a cluster, or set TF_VAR_${VARIABLE} to the absolute path of one ` +
          "file; several files joined by colons are not read.",
      },
      {
        // One error is enough where there is no file at all.
        condition: expression`!can(${code(FILE)}.contexts) || ${isThere(server)}`,
        errorMessage: `${described(props)} leads to no cluster. Use a name that "kubectl config get-contexts" prints.`,
      },
      ...(props.context === undefined ? [onThisMachine(server, host)] : []),
    ],
  });
  // People set it as TF_VAR_kubeconfig; an application may have that name too.
  variable.overrideLogicalId(VARIABLE);
  return {
    configPath: variable.stringValue,
    // The guard's own: another one could come from the environment of whoever runs Terraform.
    configContext: props.context ?? expression`try(${code(context)}, null)`,
  };
}

function onThisMachine(server: string, host: string) {
  return {
    condition: expression`!${isThere(server)} || can(regex(${ON_THIS_MACHINE}, ${code(host)}))`,
    errorMessage:
      `The kubeconfig's current context leads to ${expression`try(${code(host)}, "a server without an address")`}, which is not on this ` +
      'machine. Choose another one by "kubectl config use-context", or vouch for this one in the environment\'s file: ' +
      'local({ context: "..." }).',
  };
}
