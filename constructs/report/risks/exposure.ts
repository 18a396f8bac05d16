import { canonicalText } from "../../plan/canonical-text";
import { isFields } from "../../plan/object";
import type { Changed } from "../changed";
import { at, listAt, textAt } from "../read";
import type { Level, Risk } from "../report";
import { typeOf } from "../type-facts";
import { valueText } from "../values";
import { partRisk } from "./of-parts";
import { EVERYBODY_NAMES, OPENINGS } from "./openings";
import { emptied, isEverybody, isOutside, rangesIn } from "./ranges";
import { digestOf, type Judged, riskOf } from "./risk";
import { withoutTls } from "./server-parameters";
import { MAY_BE, mayBe, openSwitches } from "./worst";

/** Ways by which more people reach something than before: by the resource's arguments, and by routes of the model. */
export function exposure({ changes, parts, models }: Judged): Risk[] {
  const others = othersOf(changes);
  return [
    ...changes.flatMap((changed) => [
      ...letIn(changed),
      ...switched(changed),
      ...perhapsOpened(changed),
      ...withoutTls(changed),
      ...lifted(changed, others),
    ]),
    ...parts.flatMap((part) => routes(part, models)),
  ];
}

const shown = (value: unknown): string => valueText(value) ?? "nothing";

/** Traffic that goes out, and what is refused, lets nobody in. */
function letsIn(value: unknown, type: string): boolean {
  const isOut = type.includes("egress") || /^(?:Outbound|EGRESS)$/.test(textAt(value, "direction") ?? "");
  const isRefused =
    textAt(value, "access") === "Deny" || at(value, "disabled") === true || listAt(value, "deny").length > 0;
  return !isOut && !isRefused && value !== null && value !== undefined;
}

/** Arguments that say for what a range is let in. */
const FOR_WHAT = /port|protocol|^access$|^disabled$|^allow\b|^deny\b|^action$|^direction$/;

function letIn(changed: Changed): Risk[] {
  const { change, fields } = changed;
  const { type, kind, before, after } = change;
  if (kind === "delete" || kind === "forget" || kind === "no-op" || !letsIn(after, type)) return [];
  const was = letsIn(before, type) ? rangesIn(before) : { ranges: new Set<string>(), isUnknown: false };
  const is = rangesIn(after);
  const risk = (level: Level, what: string, says: string): Risk =>
    riskOf(changed, { class: "exposure", level, what, says });
  const found = [...is.ranges]
    .filter((range) => !was.ranges.has(range) && isOutside(range))
    .map((range) => {
      const everybody = isEverybody(range);
      return risk(
        everybody ? "high" : "medium",
        `from ${digestOf(range, canonicalText(fieldsForWhat(after)))}`,
        everybody ? `lets everybody in: ${shown(range)}` : `lets addresses of the internet in: ${shown(range)}`,
      );
    });
  const stays = [...is.ranges].filter((range) => was.ranges.has(range) && isOutside(range));
  const other = fields.filter(({ at: path }) => FOR_WHAT.test(path) && !/range|cidr/.test(path));
  const wider =
    stays.length === 0
      ? []
      : other.map((field) => {
          const values = `${shown(field.before)} → ${shown(field.after)}`;
          const level = stays.some(isEverybody) ? "high" : "medium";
          return risk(
            level,
            `for ${field.at} ${digestOf(values)}`,
            `lets ${stays.join(", ")} in for something else: ${field.at} ${values}`,
          );
        });
  const empty =
    kind === "create"
      ? []
      : emptied(before, after).map((list) =>
          risk("high", `${list} emptied`, `${list} has nobody in it any more, and lets everybody in`),
        );
  // Of what was compared both sides may be expressions.
  const isOther = change.written !== undefined && fields.some(({ at: path }) => /range|cidr|source/.test(path));
  const isUntold = is.isUnknown && (!was.isUnknown || isOther) && kind !== "create";
  const untold = isUntold ? [risk("medium", "untold", "lets somebody in whom only the apply tells")] : [];
  return [...found, ...wider, ...empty, ...untold, ...members(changed), ...inValues(changed)];
}

function fieldsForWhat(value: unknown): unknown {
  return isFields(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => FOR_WHAT.test(key))) : null;
}

/** Ranges in values of a chart, which are a text to the provider. */
function inValues(changed: Changed): Risk[] {
  return changed.fields
    .filter(({ path }) => path[0] === "values" && path.length > 2)
    .flatMap(({ at: where, path, before, after }) => {
      const key = path.findLast((part) => typeof part === "string") ?? "";
      const [was, is] = [before, after].map((value) => rangesIn({ [key]: value }).ranges);
      const more = [...(is ?? [])].filter((range) => was?.has(range) !== true && isOutside(range));
      return more.map((range) =>
        riskOf(changed, {
          class: "exposure",
          level: isEverybody(range) ? "high" : "medium",
          what: `${where} ${digestOf(range)}`,
          says: `lets in ${range}: ${where}`,
        }),
      );
    });
}

/** Everybody as a member of a role. */
function members(changed: Changed): Risk[] {
  const of = (value: unknown): string[] =>
    [textAt(value, "member"), ...listAt(value, "members")].filter((one) => typeof one === "string");
  const { before, after } = changed.change;
  return of(after)
    .filter((member) => EVERYBODY_NAMES.test(member) && !of(before).includes(member))
    .map((member) =>
      riskOf(changed, {
        class: "exposure",
        level: "high",
        what: `member ${digestOf(member, textAt(after, "role") ?? "")}`,
        says: `lets everybody in: ${member}`,
      }),
    );
}

function switched(changed: Changed): Risk[] {
  const { change, fields } = changed;
  if (change.kind === "delete" || change.kind === "forget") return [];
  const loadBalancer = fields.filter(
    ({ at: path, after, before }) =>
      /(?:^spec\[0\]|service(?:\.spec)?)\.type$/.test(path) &&
      /^(?:LoadBalancer|NodePort)$/.test(String(after)) &&
      after !== before &&
      (change.kind !== "create" || path.startsWith("values")),
  );
  return [
    ...fields.flatMap((field) => {
      const found = OPENINGS.find(
        ({ field: pattern, is, of }) =>
          pattern.test(field.at) && is(field.after, field.before) && of?.(change.after) !== false,
      );
      if (found === undefined) return [];
      const because = [{ what: `${field.at} = ${shown(field.after)}`, from: "the plan" }];
      return [
        riskOf(changed, {
          class: "exposure",
          level: "high",
          what: `${field.at} ${digestOf(shown(field.after))}`,
          says: found.says(field.after),
          because,
        }),
      ];
    }),
    ...loadBalancer.map((field) =>
      riskOf(changed, {
        class: "exposure",
        level: "high",
        what: `${field.at} ${digestOf(shown(field.after))}`,
        says: `gets an address of its own: ${shown(field.after)}`,
      }),
    ),
  ];
}

/** Switches of which nobody can say what they are. */
function perhapsOpened(changed: Changed): Risk[] {
  const { after } = changed.change;
  return openSwitches(changed).flatMap((one) => {
    const opening = OPENINGS.find(({ field, is, of }) => field.test(one.at) && of?.(after) !== false && mayBe(one, is));
    if (opening === undefined) return [];
    const says = `${one.at} ${MAY_BE} ${opening.says(one.after)} (${one.values})`;
    return [riskOf(changed, { class: "exposure", level: "high", what: `${one.at} ${digestOf(one.values)}`, says })];
  });
}

/** What keeps people out, and goes: where what it guards stays. */
const GUARDS: Readonly<Record<string, string>> = {
  "manifest CiliumNetworkPolicy": "one policy less says who may reach its pods",
  "manifest SecurityPolicy": "nothing asks for a password or an address any more before requests are let in",
  aws_s3_bucket_policy: "no policy says any more who may use the bucket, and how",
  aws_s3_bucket_public_access_block: "nothing keeps objects of the bucket from being made public any more",
  azurerm_network_security_rule: "one rule less says who may come in",
  azurerm_subnet_network_security_group_association: "no rule says any more who may come into the subnet",
  google_compute_firewall: "one rule less says who may come in",
  kubernetes_network_policy_v1: "one policy less says who may reach its pods",
};

interface Others {
  /** Guards that are made, with what they guard. */
  readonly made: ReadonlySet<string>;
  /** Elements whose main resource goes. */
  readonly gone: ReadonlySet<string>;
  /** Whether the network or the cluster goes as a whole. */
  readonly isWholeGone: boolean;
}

const MAIN =
  /^(?:aws_s3_bucket|google_storage_bucket|azurerm_storage_account|kubernetes_namespace_v1|kubernetes_deployment_v1|kubernetes_stateful_set_v1|kubernetes_cron_job_v1|kubernetes_job_v1)$/;
const WHOLE =
  /^(?:aws_vpc|aws_eks_cluster|google_compute_network|google_container_cluster|azurerm_virtual_network|azurerm_kubernetes_cluster)$/;

/** What a guard is for: one that takes the place of another has the same. */
const guarded = ({ change, place }: Changed, value: unknown): string =>
  `${typeOf(change)} ${place.name} ${canonicalText(at(value, "spec", 0, "pod_selector") ?? at(value, "direction") ?? null)}`;

function othersOf(changes: readonly Changed[]): Others {
  const deleted = changes.filter(({ change }) => change.kind === "delete");
  const made = changes.filter(({ change }) => change.kind === "create");
  return {
    made: new Set(made.map((one) => guarded(one, one.change.after))),
    gone: new Set(deleted.filter(({ change }) => MAIN.test(change.type)).map(({ place }) => place.name)),
    isWholeGone: deleted.some(({ change }) => WHOLE.test(change.type)),
  };
}

/** A guard that goes, where what it guards stays and no other one takes its place. */
function lifted(changed: Changed, { made, gone, isWholeGone }: Others): Risk[] {
  const { change, place } = changed;
  const type = typeOf(change);
  const isGuard = change.kind === "delete" && Object.hasOwn(GUARDS, type);
  if (
    !isGuard ||
    isWholeGone ||
    gone.has(place.name) ||
    (place.application !== undefined && gone.has(place.application))
  )
    return [];
  // A rule that only let somebody in keeps nobody out.
  const isOpening = /firewall|security_rule/.test(type) && letsIn(change.before, type);
  if (isOpening || made.has(guarded(changed, change.before))) return [];
  return [riskOf(changed, { class: "exposure", level: "high", what: "deleted", says: GUARDS[type] ?? "" })];
}

/** Hosts and paths that clients can ask for, and may not have been able to, and what is asked of them before. */
function routes(part: Judged["parts"][number], models: Judged["models"]): Risk[] {
  if (part.list !== "routes") return [];
  const risk = (what: string, says: string): Risk[] =>
    partRisk(part, models, { class: "exposure", level: "medium", what, says });
  return part.differences.flatMap(({ path, before, after }) => {
    const [route = ""] = path;
    const to = textAt(after, "workload") ?? textAt(part.after, route, "workload") ?? "";
    if (path.length === 0) return keysOf(after).flatMap((one) => risk(`${one} new`, `${one} can be asked for now`));
    if (path.length === 1 && before === undefined)
      return risk(`${route} new`, `${route} can be asked for now, and leads to ${to}`);
    if (path[1] === "workload")
      return risk(`${route} to ${to}`, `${route} leads to ${shown(after)}, and before to ${shown(before)}`);
    if (path[1] !== "settings" || (after === undefined && path.length === 1)) return [];
    return narrowed(part, route, risk);
  });
}

/** What a route asked for and asks for no more. */
function narrowed(part: Judged["parts"][number], route: string, risk: (what: string, says: string) => Risk[]): Risk[] {
  const [was, is] = [part.before, part.after].map((side) => at(side, route, "settings"));
  const [before, after] = [was, is].map((settings) => listAt(settings, "allowFrom").map(String));
  const more = (after ?? []).filter((one) => before?.includes(one) !== true);
  const isOpen = before !== undefined && before.length > 0 && (after?.length ?? 0) === 0;
  return [
    ...(isOpen ? risk(`${route} from`, `${route} lets in everybody, and before ${before.join(", ")}`) : []),
    ...(before !== undefined && before.length > 0 && more.length > 0
      ? risk(`${route} from ${digestOf(...more)}`, `${route} lets in ${more.join(", ")} too`)
      : []),
    ...(at(was, "basicAuth") !== undefined && at(is, "basicAuth") === undefined
      ? risk(`${route} password`, `${route} asks for no password any more`)
      : []),
  ];
}

function keysOf(value: unknown): string[] {
  return isFields(value) ? Object.keys(value) : [];
}
