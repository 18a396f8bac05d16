import { canonicalText } from "../../plan/canonical-text";
import { isFields } from "../../plan/object";
import { Sensitive, Unknown } from "../../plan/shown";
import { at, isPresent, listAt, textAt } from "../read";
import { valueText } from "../values";

/** A right that somebody gets. */
export interface Right {
  /** All of it, by which it is told from others. */
  readonly whole: string;
  /** What it is, for people: the part that matters first. */
  readonly says: string;
  /** Whether it is more than anything should ask for: everything, everybody, or all but a few. */
  readonly isEverything: boolean;
}

/** Words for rights that no model of an application asks for. */
const EVERYTHING =
  /(?:^|[\s"':,])\*(?:$|[\s"',])|AdministratorAccess|cluster-admin|system:masters|roles\/owner|roles\/editor|\bOwner\b|\bContributor\b|8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c/;

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : isPresent(value) ? [value] : []).map((one) => valueText(one) ?? "");

/** Whether each of these is among those, which may have a `*` at their end. */
function areWithin(these: readonly string[], those: readonly string[]): boolean {
  return these.every((one) =>
    those.some((other) => other === one || (other.endsWith("*") && one.startsWith(other.slice(0, -1)))),
  );
}

const same = (one: unknown, other: unknown, ...keys: readonly string[]): boolean =>
  keys.every((key) => canonicalText(at(one, key) ?? null) === canonicalText(at(other, key) ?? null));

/** Rights of a policy document of AWS, or that one is no longer refused. */
export function documentRights(before: unknown, after: unknown): Right[] {
  const [was, is] = [statementsOf(before), statementsOf(after)];
  if (is === undefined)
    return canonicalText(before ?? null) === canonicalText(after ?? null) ? [] : [untold(after, before)];
  const old = was ?? [];
  const denies = (statement: unknown): boolean => textAt(statement, "Effect") === "Deny";
  const more = is.filter((one) => !denies(one) && !old.some((other) => isWithin(one, other)));
  const less = old.filter((one) => denies(one) && !is.some((other) => canonicalText(other) === canonicalText(one)));
  return [
    ...more.map((one) => allowed(one)),
    ...less.map((one) => ({ ...allowed(one), says: `is no longer refused: ${allowed(one).says}` })),
  ];
}

function statementsOf(value: unknown): readonly unknown[] | undefined {
  if (!isPresent(value)) return [];
  if (typeof value !== "string") return undefined;
  try {
    const document: unknown = JSON.parse(value);
    const found = isFields(document) ? document.Statement : undefined;
    return Array.isArray(found) ? (found as readonly unknown[]) : isPresent(found) ? [found] : [];
  } catch {
    return undefined;
  }
}

function isWithin(one: unknown, other: unknown): boolean {
  if (!same(one, other, "Effect", "Principal", "NotPrincipal", "NotAction", "NotResource", "Condition")) return false;
  return (
    areWithin(listOf(at(one, "Action")), listOf(at(other, "Action"))) &&
    areWithin(listOf(at(one, "Resource")), listOf(at(other, "Resource")))
  );
}

function allowed(statement: unknown): Right {
  const [actions, not] = [listOf(at(statement, "Action")), listOf(at(statement, "NotAction"))];
  const [on, notOn] = [listOf(at(statement, "Resource")), listOf(at(statement, "NotResource"))];
  const who = at(statement, "Principal") ?? at(statement, "NotPrincipal");
  const whose = isPresent(who)
    ? `${isPresent(at(statement, "NotPrincipal")) ? "everybody but " : ""}${valueText(who) ?? ""} `
    : "";
  const what = not.length > 0 ? `everything but ${not.join(", ")}` : actions.join(", ");
  const where =
    notOn.length > 0 ? ` on everything but ${notOn.join(", ")}` : on.length > 0 ? ` on ${on.join(", ")}` : "";
  const when = isPresent(at(statement, "Condition")) ? `, where ${valueText(at(statement, "Condition")) ?? ""}` : "";
  const whole = canonicalText(statement);
  const isAllBut = not.length > 0 || notOn.length > 0 || isPresent(at(statement, "NotPrincipal"));
  const isEverything =
    isAllBut || [...actions, ...on, canonicalText(who ?? null)].some((text) => EVERYTHING.test(text));
  return {
    whole,
    isEverything: isEverything && !isReadOnEverything(actions, on),
    says: `${whose}may do ${what}${where}${when}`,
  };
}

/** Lists that AWS has for all resources or none: `Resource: "*"` says no more there. */
function isReadOnEverything(actions: readonly string[], on: readonly string[]): boolean {
  return (
    on.length === 1 &&
    on[0] === "*" &&
    actions.length > 0 &&
    actions.every((action) => /^\w+:(?:Describe|List|Get)\w*$/.test(action) && !/Secret|Parameter|Object/.test(action))
  );
}

/** Rules of a role of Kubernetes that none of before covers. */
export function ruleRights(before: unknown, after: unknown): Right[] {
  const [was, is] = [before, after].map((one) => listAt(one, "rule"));
  if (at(after, "rule") instanceof Unknown) return [untold(at(after, "rule"), before)];
  return (is ?? [])
    .filter((one) => was?.some((other) => coversRule(other, one)) !== true)
    .map((rule) => {
      const of = (key: string): string[] => listOf(at(rule, key));
      const names = of("resource_names");
      const what = [...of("resources"), ...of("non_resource_urls")];
      const groups = of("api_groups").filter((group) => group !== "");
      const isEverything =
        [...of("verbs"), ...of("resources"), ...of("api_groups")].includes("*") ||
        of("verbs").some((verb) => /^(?:escalate|bind|impersonate)$/.test(verb));
      const says = `may ${of("verbs").join(", ")} ${names.length > 0 ? `${names.join(", ")} of ` : "all "}${what.join(", ")}${groups.length > 0 ? ` of ${groups.join(", ")}` : ""}`;
      return { whole: canonicalText(rule), isEverything, says };
    });
}

function coversRule(other: unknown, one: unknown): boolean {
  const within = (key: string): boolean => areWithin(listOf(at(one, key)), listOf(at(other, key)));
  const names = listOf(at(other, "resource_names"));
  const isNamed = names.length === 0 || (listOf(at(one, "resource_names")).length > 0 && within("resource_names"));
  return isNamed && ["verbs", "resources", "api_groups", "non_resource_urls"].every(within);
}

/** Permissions of a custom role, of Azure or of Google Cloud. */
export function roleRights(before: unknown, after: unknown): Right[] {
  const [was, is] = [before, after].map((one) => listAt(one, "permissions"));
  return (is ?? [])
    .filter((one) => was?.some((other) => coversPermission(other, one)) !== true)
    .map((one) => {
      if (!isFields(one))
        return {
          whole: canonicalText(one),
          isEverything: EVERYTHING.test(valueText(one) ?? ""),
          says: `may do ${valueText(one) ?? ""}`,
        };
      const of = (key: string): string[] => listOf(at(one, key));
      const but = [...of("not_actions"), ...of("not_data_actions")];
      const what = [...of("data_actions"), ...of("actions")];
      return {
        whole: canonicalText(one),
        isEverything: what.includes("*"),
        says: `may do ${what.join(", ")}${but.length > 0 ? `, but not ${but.join(", ")}` : ""}`,
      };
    });
}

function coversPermission(other: unknown, one: unknown): boolean {
  if (!isFields(one) || !isFields(other)) return canonicalText(one) === canonicalText(other);
  const of = (value: unknown, key: string): string[] => listOf(at(value, key));
  const within = (key: string): boolean => areWithin(of(one, key), of(other, key));
  const refused = (key: string): boolean => areWithin(of(other, key), of(one, key));
  return within("actions") && within("data_actions") && refused("not_actions") && refused("not_data_actions");
}

/** A right that is one by being there, by the arguments that say which. */
export function bindingRight(before: unknown, after: unknown, keys: readonly string[], where: string): Right[] {
  const of = (one: unknown): readonly unknown[] => keys.map((key) => at(one, key) ?? null);
  const whole = canonicalText(of(after));
  if (isPresent(before) && canonicalText(of(before)) === whole) return [];
  const words = keys.map((key) => named(at(after, key))).filter((text) => text !== "");
  return [
    { whole, isEverything: words.some((text) => EVERYTHING.test(text)), says: `gets ${words.join(" for ")}${where}` },
  ];
}

function named(value: unknown): string {
  if (!Array.isArray(value)) return isPresent(value) ? (valueText(value) ?? "") : "";
  return value
    .map((one) =>
      isFields(one)
        ? [textAt(one, "kind"), textAt(one, "namespace"), textAt(one, "name")]
            .filter((text) => text !== undefined && text !== "")
            .join(" ")
        : (valueText(one) ?? ""),
    )
    .join(", ");
}

/** One of which nobody can say today what it is. */
function untold(after: unknown, before: unknown): Right {
  const why =
    after instanceof Sensitive ? "are sensitive" : after instanceof Unknown ? "only the apply tells" : "cannot be read";
  return { whole: why, isEverything: isPresent(before), says: `gets rights that ${why}` };
}
