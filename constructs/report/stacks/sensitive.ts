import type { Mask } from "../../plan/mask";
import { isFields } from "../../plan/object";

/*
 * Which arguments are nobody's to read, as no provider is there to say so. Names of secrets, numbers of them and switches may be read.
 */

/** Arguments of every type. */
const NAMES =
  /(?:^|_)(?:password|passwd|passphrase|secret|token|private_key|access_key|secret_key|client_secret|api_key|auth_token|secret_string|secret_binary|secret_data|connection_string|credentials|certificate_key|client_key)(?:_wo)?$/;

const OF_A_SECRET = /^(?:data|binary_data|string_data)(?:_wo)?$/;

/** Arguments of one type, by path. */
const OF_TYPES: Readonly<Record<string, RegExp>> = {
  azurerm_key_vault_secret: /^value(?:_wo)?$/,
  aws_ssm_parameter: /^(?:value(?:_wo)?|insecure_value)$/,
  helm_release: /^set_sensitive\b/,
  kubernetes_secret: OF_A_SECRET,
  kubernetes_secret_v1: OF_A_SECRET,
  kubernetes_secret_v1_data: OF_A_SECRET,
};

/** Objects of Kubernetes that hold secrets in clear. */
const SECRET_FIELDS = /^manifest\.(?:data|stringData)$/;

/** Says which parts of the arguments are sensitive: texts, and all that is below such a name. */
export function sensitiveIn(type: string, values: unknown): Mask {
  const isSecret = isFields(values) && isFields(values.manifest) && values.manifest.kind === "Secret";
  const walk = (value: unknown, path: readonly string[]): Mask => {
    if (isSensitive(type, path, value, isSecret)) return true;
    if (Array.isArray(value)) return tree(value.map((one, index) => [String(index), walk(one, path)] as const));
    if (!isFields(value)) return undefined;
    return tree(Object.entries(value).map(([key, one]) => [key, walk(one, [...path, key])] as const));
  };
  return walk(values, []);
}

function tree(entries: readonly (readonly [string, Mask])[]): Mask {
  const found = entries.filter(([, mask]) => mask !== undefined);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function isSensitive(type: string, path: readonly string[], value: unknown, isSecret: boolean): boolean {
  const name = path.at(-1);
  if (name === undefined) return false;
  const at = path.join(".");
  if (Object.hasOwn(OF_TYPES, type) && OF_TYPES[type]?.test(at) === true) return true;
  if (isSecret && SECRET_FIELDS.test(at)) return true;
  return typeof value === "string" && NAMES.test(name);
}
