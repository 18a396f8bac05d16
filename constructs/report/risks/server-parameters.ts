import { equal } from "../../plan/equal";
import { Expression } from "../../plan/shown";
import type { Changed } from "../changed";
import { at, listAt, textAt } from "../read";
import type { Risk } from "../report";
import { valueText } from "../values";
import { riskOf } from "./risk";
import { MAY_BE } from "./worst";

/*
 * Parameters of a database server that are members of a list: those of a parameter group of RDS, and flags of Cloud SQL. Where one stands in
 * the list says nothing, so they are looked at by their names.
 */

/** Parameters by which a server turns away who comes without TLS. */
const ASKS_FOR_TLS = /^(?:rds\.force_ssl|require_secure_transport)$/;

const isOff = (value: unknown): boolean => /^(?:0|off|false|no)$/i.test(String(value));

/** Values of the parameters that ask for TLS, by name. A name that is there twice has both. */
function asked(resource: unknown): ReadonlyMap<string, readonly unknown[]> {
  const settings = at(resource, "settings", 0) ?? at(resource, "settings");
  const found = new Map<string, unknown[]>();
  for (const one of [...listAt(resource, "parameter"), ...listAt(settings, "database_flags")]) {
    const name = textAt(one, "name") ?? "";
    if (ASKS_FOR_TLS.test(name)) found.set(name, [...(found.get(name) ?? []), at(one, "value")]);
  }
  return found;
}

/** A server that lets somebody in without TLS, whom it turned away before, or of which only a plan tells. */
export function withoutTls(changed: Changed): Risk[] {
  const { kind, before, after } = changed.change;
  if (kind !== "create" && kind !== "update" && kind !== "replace") return [];
  const [was, is] = [asked(before), asked(after)];
  const risk = (name: string, becomes: string, may: boolean): Risk =>
    riskOf(changed, {
      class: "exposure",
      level: "high",
      what: `parameter ${name} ${becomes}`,
      says: may
        ? `parameter ${name} ${MAY_BE} takes connections without TLS (${becomes})`
        : "takes connections without TLS",
      because: [{ what: `parameter ${name} = ${becomes}`, from: "the plan" }],
    });
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [old, values] = [was.get(name) ?? [], is.get(name)];
    if (values === undefined) return old.some((one) => !isOff(one)) ? [risk(name, "not told any more", false)] : [];
    const off = values.filter(isOff);
    // One of two is the server's to choose.
    if (off.length > 0) return old.some(isOff) ? [] : [risk(name, off.map(String).join(", "), false)];
    // An expression that stays as it is is none that opens.
    const untold = values.find((one) => one instanceof Expression && !old.some((other) => equal(other, one)));
    return untold === undefined ? [] : [risk(name, valueText(untold) ?? "", true)];
  });
}
