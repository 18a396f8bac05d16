import type { Changed, ChangedField } from "../changed";
import { partWords } from "../places";
import { listAt, textAt } from "../read";
import type { Level, Risk, RiskClass } from "../report";
import { valueText } from "../values";
import { digestOf, type Judged, riskOf } from "./risk";

/** Something of what was there before that others may go by, and that becomes another with an import. */
interface Taken {
  /** Type and path of the argument. */
  readonly of: RegExp;
  readonly class: RiskClass;
  readonly level: Level;
  readonly what: string;
  /** What it means for them. `undefined`: nothing, with these values. */
  says(values: { readonly before: string; readonly after: string; readonly changed: Changed }): string | undefined;
}

const CLOSED = "is reached from its network alone from then on: who comes by its public address is cut off";

const closes = (before: string, open: string): string | undefined => (before === open ? CLOSED : undefined);

const offOf = (before: string, after: string, by: string): string | undefined =>
  before === "true" && after !== "true" ? `lets nobody sign in any more by ${by} from then on` : undefined;

const isSaid = (text: string): boolean => text !== "" && text !== "null";

/** The directory of an instance: Amazon's, or one of the customer's own. */
const domainOf = (instance: unknown): string | undefined =>
  ["domain", "domain_fqdn"].map((key) => textAt(instance, key)).find((text) => text !== undefined && text !== "");

const inSettings = (instance: unknown, ...path: readonly (number | string)[]): readonly unknown[] =>
  listAt(instance, "settings", 0, ...path);

const networksOf = (instance: unknown): string[] =>
  inSettings(instance, "ip_configuration", 0, "authorized_networks").map((one) => textAt(one, "value") ?? "");

const flagsOf = (instance: unknown): string[] =>
  inSettings(instance, "database_flags").map((one) => `${textAt(one, "name") ?? ""}=${textAt(one, "value") ?? ""}`);

/** What is in a list before, and after the change no more. */
function goneOf({ before, after }: Changed["change"], read: (instance: unknown) => readonly string[]): string[] {
  const left = read(after);
  return read(before).filter((one) => one !== "" && !left.includes(one));
}

const TAKEN: readonly Taken[] = [
  {
    of: /^(?:aws_db_instance\.engine_version|google_sql_database_instance\.database_version|azurerm_(?:my|postgre)sql_flexible_server\.version)$/,
    class: "versions",
    level: "high",
    what: "version",
    says: ({ before, after }) => `becomes ${after} with the import, from ${before}, and goes back to it never again`,
  },
  {
    of: /^aws_db_instance\.vpc_security_group_ids/,
    class: "downtime",
    level: "high",
    what: "security groups",
    says: ({ changed: { change } }) => {
      const after = listAt(change.after, "vpc_security_group_ids");
      const left = listAt(change.before, "vpc_security_group_ids").filter((one) => !after.includes(one));
      return left.length === 0
        ? undefined
        : `has no security group of before any more, but those that keeps names: who comes by ${left.map(String).join(", ")} is cut off without it`;
    },
  },
  {
    of: /^(?:aws_db_instance\.manage_master_user_password|azurerm_(?:my|postgre)sql_flexible_server\.administrator_password_wo_version)$/,
    class: "secrets",
    level: "high",
    what: "administrator",
    says: () => "gets another password for its administrator: who signs in as it today is refused from then on",
  },
  {
    of: /^aws_db_instance\.publicly_accessible$|_flexible_server\.public_network_access_enabled$|^azurerm_storage_account\.public_network_access_enabled$|\.ip_configuration\[0\]\.ipv4_enabled$/,
    class: "downtime",
    level: "high",
    what: "public address",
    says: ({ before }) => closes(before, "true"),
  },
  {
    of: /^azurerm_mysql_flexible_server\.public_network_access$/,
    class: "downtime",
    level: "high",
    what: "public address",
    says: ({ before }) => closes(before, "Enabled"),
  },
  {
    of: /^aws_db_instance\.iam_database_authentication_enabled$/,
    class: "downtime",
    level: "high",
    what: "sign-in",
    says: ({ before, after }) => offOf(before, after, "a token of IAM"),
  },
  {
    of: /_flexible_server\.authentication\[0\]\.active_directory_auth_enabled$/,
    class: "downtime",
    level: "high",
    what: "sign-in",
    says: ({ before, after }) => offOf(before, after, "Entra"),
  },
  {
    of: /^azurerm_storage_account\.shared_access_key_enabled$/,
    class: "downtime",
    level: "high",
    what: "sign-in",
    says: ({ before, after }) => offOf(before, after, "a key of the account, or a signature made with one,"),
  },
  {
    of: /^aws_db_instance\.domain(?:_|$)/,
    class: "downtime",
    level: "high",
    what: "domain",
    says: ({ changed: { change } }) => {
      const [before, after] = [domainOf(change.before), domainOf(change.after)];
      return before === undefined || before === after
        ? undefined
        : `is no more in the directory ${before}: who signs in by it is refused from then on`;
    },
  },
  {
    of: /^aws_db_instance\.parameter_group_name$/,
    class: "downtime",
    level: "medium",
    what: "parameters",
    says: ({ before }) =>
      isSaid(before) && !before.startsWith("default.")
        ? `has other parameters from then on: what ${before} says beside them counts no more`
        : undefined,
  },
  {
    of: /^google_sql_database_instance\.settings\[0\]\.ip_configuration\[0\]\.authorized_networks/,
    class: "downtime",
    level: "high",
    what: "networks",
    says: ({ changed: { change } }) => {
      const gone = goneOf(change, networksOf);
      return gone.length === 0 ? undefined : `lets no one in any more from ${gone.join(", ")}`;
    },
  },
  {
    of: /^google_sql_database_instance\.settings\[0\]\.database_flags/,
    class: "downtime",
    level: "medium",
    what: "parameters",
    says: ({ changed: { change } }) => {
      const gone = goneOf(change, flagsOf);
      return gone.length === 0 ? undefined : `has flags no more that it had, or as it had them: ${gone.join(", ")}`;
    },
  },
  {
    of: /^aws_db_instance\.port$/,
    class: "downtime",
    level: "high",
    what: "port",
    says: ({ before, after }) => `answers at port ${after}, and no more at ${before}`,
  },
  {
    of: /^aws_s3_bucket_policy\.policy/,
    class: "downtime",
    level: "high",
    what: "policy",
    says: () => "has another policy from then on: who has rights by the one of before loses them",
  },
  {
    of: /^aws_s3_bucket_cors_configuration\.cors_rule|^google_storage_bucket\.cors\b/,
    class: "downtime",
    level: "medium",
    what: "pages",
    says: () => "is open to other pages from then on: those of before may be refused",
  },
];

/** What an import takes from whoever has used the service until then: they are in no model, and the plan calls it a change in place. */
export function imports({ changes }: Judged): Risk[] {
  return changes.flatMap((changed) => {
    if (changed.change.importing === undefined) return [];
    const found = changed.fields.flatMap((field) => risksOf(changed, field));
    // A list has a difference for each of its members.
    return found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
  });
}

function risksOf(changed: Changed, { at, before: was, after: is }: ChangedField): Risk[] {
  const [before = "", after = "something that the plan does not know"] = [was, is].map(valueText);
  return TAKEN.filter(({ of }) => of.test(`${changed.change.type}.${at}`)).flatMap((taken) => {
    const says = taken.says({ before, after, changed });
    if (says === undefined) return [];
    return [
      riskOf(changed, {
        class: taken.class,
        level: taken.level,
        what: `import ${taken.what} ${digestOf(says)}`,
        says: `${partWords(changed.place)}${says}`,
      }),
    ];
  });
}
