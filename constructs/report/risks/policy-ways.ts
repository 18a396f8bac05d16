import { equal } from "../../plan/equal";
import { at, listAt, numberAt, textAt } from "../read";
import { valueText } from "../values";

/**
 * Rules that a network policy did not have, in words: `lets in pods app=shop-web on port 3000`, `may reach 10.0.0.0/16`. Of one
 * that is there already, as a new one keeps out whom it does not name.
 */
export function policyWays(before: unknown, after: unknown): string[] {
  const types = (one: unknown): readonly unknown[] => listAt(one, "spec", 0, "policy_types");
  const lifted = types(before)
    .filter((type) => !types(after).includes(type))
    .map((type) => `no longer limits ${String(type)}`);
  const ways = (["ingress", "egress"] as const).flatMap((direction) => {
    const [was, is] = [before, after].map((one) => listAt(one, "spec", 0, direction));
    const more = (is ?? []).filter((one) => was?.some((other) => covers(other, one, direction)) !== true);
    const [verb, side] = direction === "ingress" ? (["lets in", "from"] as const) : (["may reach", "to"] as const);
    return more.map((rule) => `${verb} ${peers(listAt(rule, side))}${ports(listAt(rule, "ports"))}`);
  });
  return [...lifted, ...ways];
}

/** Whether a rule lets through all that another one does: the same peers or everybody, and all of its ports. */
function covers(other: unknown, one: unknown, direction: "egress" | "ingress"): boolean {
  const side = direction === "ingress" ? "from" : "to";
  const within = (key: string): boolean => {
    const [these, those] = [listAt(one, key), listAt(other, key)];
    return those.length === 0 || (these.length > 0 && these.every((a) => those.some((b) => equal(a, b))));
  };
  return within(side) && within("ports");
}

function peers(list: readonly unknown[]): string {
  return list.length === 0 ? "everybody" : list.map(peer).join(" and ");
}

function peer(one: unknown): string {
  const block = listAt(one, "ip_block")[0];
  if (block !== undefined) {
    const except = listAt(block, "except").map(String);
    return `${textAt(block, "cidr") ?? "addresses"}${except.length === 0 ? "" : ` without ${except.join(", ")}`}`;
  }
  const [pods, namespaces] = ["pod_selector", "namespace_selector"].map((key) => listAt(one, key)[0]);
  const of = pods === undefined ? "all pods" : `pods ${selector(pods)}`;
  return namespaces === undefined ? of : `${of} of namespaces ${selector(namespaces)}`;
}

function selector(of: unknown): string {
  const labels = at(of, "match_labels");
  const words = [
    ...Object.entries(typeof labels === "object" && labels !== null ? labels : {}).map(
      ([key, value]) => `${key}=${String(value)}`,
    ),
    ...listAt(of, "match_expressions").map((one) => valueText(one) ?? ""),
  ];
  return words.length === 0 ? "of any name" : words.join(", ");
}

function ports(list: readonly unknown[]): string {
  const words = list.map((one) => {
    const from = textAt(one, "port") ?? "";
    const to = numberAt(one, "end_port") ?? 0;
    const protocol = textAt(one, "protocol") ?? "TCP";
    return `${from}${to === 0 ? "" : `-${to}`}${protocol === "TCP" ? "" : ` ${protocol}`}`;
  });
  return words.length === 0 ? "" : ` on port ${words.join(", ")}`;
}
