import type { StackJson } from "../../support/reference";

/** Words that an argument or attribute with a secret ends in, whichever the provider. */
const SECRET =
  /(?:^|_)(?:password|passwords|passwd|secret|secret_string|secret_data|secret_key|client_secret|auth_string|auth_token|access_key|shared_key|private_key|private_key_pem|client_key|api_key|token|connection_string|kube_config|kube_config_raw|kube_admin_config|kube_admin_config_raw|sas_token)$/;

/** Secrets that no name gives away. */
const UNNAMED: Readonly<Record<string, readonly string[]>> = {
  azurerm_key_vault_secret: ["value"],
  random_password: ["result"],
};

/** What ends in such a word and is a name, a flag, or something that everybody may know. */
const HARMLESS = new Set([
  "manage_master_user_password",
  "automount_service_account_token",
  "creation_token",
  // A block: where RDS keeps it.
  "aws_db_instance.master_user_secret",
  "google_secret_manager_secret_version.secret",
]);

export function isSecret(type: string, attribute: string): boolean {
  if (HARMLESS.has(attribute) || HARMLESS.has(`${type}.${attribute}`)) return false;
  return SECRET.test(attribute) || (UNNAMED[type] ?? []).includes(attribute);
}

/** A text in a resource, with its path there, blocks without their index. */
export interface Text {
  readonly type: string;
  readonly path: string;
  /** The argument's own, or the last key of a map: that may have dots of its own. */
  readonly name: string;
  readonly text: string;
}

/** Every text in a stack's resources. */
export const textsOf = ({ resource }: Pick<StackJson, "resource">): Text[] =>
  Object.entries(resource).flatMap(([type, named]) =>
    Object.values(named).flatMap((block) =>
      texts(block).map(([path, text]) => ({ type, path: path.join("."), name: path.at(-1) ?? "", text })),
    ),
  );

function texts(value: unknown, path: readonly string[] = []): [path: readonly string[], text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((entry) => texts(entry, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, [...path, key]));
}

/** Whether the provider forgets what is put there, a map's values among it. */
export const isWriteOnly = (path: string): boolean => path.split(".").some((name) => name.endsWith("_wo"));

/** Maps of secrets whose keys are anybody's. */
const MAPS = /^(?:data|binary_data)\./;

/** Label of an alert: the name of the secret that it is about. */
const NAMED_BY_AN_ALERT = "manifest.spec.groups.rules.labels.secret";

/** Whether it is an argument with a secret that the provider keeps. */
export const isKept = ({ type, path, name }: Text): boolean =>
  (isSecret(type, name) || (type === "kubernetes_secret_v1" && MAPS.test(path))) &&
  path !== NAMED_BY_AN_ALERT &&
  !isWriteOnly(path);

/** A reference to an attribute: `aws_mq_broker.user.password` for `aws_mq_broker.Default_123.user[0].password`. */
export function references(text: string): { readonly type: string; readonly attribute: string }[] {
  const forms = /(?<![\w.-])(?:data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.[\w-]+((?:\.[a-z_][a-z0-9_]*|\[[^\]]*\])+)/g;
  const interpolations = [...text.matchAll(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g)].map(([, inner = ""]) => inner);
  return interpolations.flatMap((inner) =>
    [...inner.matchAll(forms)].map(([, type = "", attribute = ""]) => ({
      type,
      attribute: attribute.replace(/\[[^\]]*\]/g, "").slice(1),
    })),
  );
}

/** Those of secrets that the state has, because a provider makes or reads them. */
export const secretReferences = (text: string) =>
  references(text).filter(({ type, attribute }) => isSecret(type, attribute.split(".").at(-1) ?? ""));

/** Names under which ephemeral values are open, such as `ephemeral.random_password.x.result`. */
export const ephemeralReferences = (text: string): string[] =>
  [...text.matchAll(/ephemeral\.(\w+\.[\w-]+)\./g)].map(([, name = ""]) => name);

/** Types of resources and data sources, but for those of Terraform itself, which make no secrets. */
export function typesOf({ resource, data = {} }: Pick<StackJson, "resource" | "data">): {
  readonly type: string;
  readonly module: string;
}[] {
  const of = (all: typeof resource, prefix: string) =>
    Object.keys(all)
      .filter((type) => !type.startsWith("terraform_"))
      .map((type) => ({ type, module: moduleOf(prefix, type) }));
  return [...of(resource, ""), ...of(data, "data_")];
}

/** `aws_db_instance` → `@cdktf/provider-aws/lib/db-instance`; of a data source `…/lib/data-aws-eks-cluster`. */
function moduleOf(prefix: string, type: string): string {
  const [provider = ""] = type.split("_");
  const name = prefix === "" ? type.slice(provider.length + 1) : prefix + type;
  return `@cdktf/provider-${provider}/lib/${name.replaceAll("_", "-")}`;
}
