import {
  answerAt,
  failed,
  jsonOf,
  judgedWith,
  listOf,
  maybeIn,
  numberIn,
  passed,
  textIn,
} from "../../../preflight/answers";
import type { Answer, Check, Finding } from "../../../preflight/check";
import { importedOf, type ImportedResource } from "../../../preflight/imports";
import { at, literalAt, madeOf, needOf, numberAt, type Resource, textAt } from "../../../preflight/stacks";
import { networkNames } from "../names";
import type { Place } from "../place";
import { ADMINISTRATOR_WORD, EDITION, SERVER_CA_MODE } from "../sql/imports";
import { AFTER_LOGIN, type Asked, gcloud, isNotFound, textsOf } from "./ask";
import { ownerOfBucket, ownerOfInstance } from "./labels";

/* What is there already and is to be imported: whether it is as a plan takes it for. */

const OWN = passed("this environment's own, by its labels");

/** The network that the environment's data services are in. */
const networkOf = ({ given, project }: Pick<Place, "given" | "project">, cluster: string): string =>
  given?.id ?? `projects/${project}/global/networks/${networkNames(cluster).network}`;

/** Names of what the stacks have of a type inside an instance, and which of them they take over. */
function inside({ stacks }: Asked, { stack, address }: ImportedResource, type: string) {
  const isInside = (one: Resource): boolean =>
    one.stack === stack && (textAt(one.block, "instance") ?? "").includes(`${address}.`);
  const nameOf = ({ block }: Resource): string => literalAt(block, "name") ?? "";
  return {
    all: madeOf(stacks, type).filter(isInside).map(nameOf),
    taken: importedOf(stacks, type).filter(isInside).map(nameOf),
  };
}

/** What an instance is not, and has to be: `what` as people say it. */
const unless = (is: unknown, wanted: number | string, what: string, fix: string): string[] =>
  is === wanted ? [] : [`its ${what} is ${String(is)}, and has to be ${wanted}: ${fix}`];

function wrongOf(instance: unknown, block: unknown, { place }: Asked, network: string): string[] {
  const version = textAt(block, "database_version") ?? "";
  const found = textIn(instance, "databaseVersion");
  const ip = (key: string): unknown => maybeIn(instance, "settings", "ipConfiguration", key);
  const address = ip("privateNetwork");
  // It may be a whole address.
  const there = typeof address === "string" ? address.replace(/^.*?(?=projects\/)/, "") : "none";
  const limit = numberAt(block, "settings", "disk_autoresize_limit") ?? 0;
  const size = numberIn(instance, "settings", "dataDiskSizeGb");
  return [
    ...(found === version || found.startsWith(`${version}_`)
      ? []
      : [
          `its version is ${found}, and the plan would make it ${version}: say the one that it has, or upgrade it first`,
        ]),
    ...unless(textIn(instance, "region"), place.region, "region", "import it in an environment of its region"),
    ...unless(maybeIn(instance, "instanceType"), "CLOUD_SQL_INSTANCE", "type", "promote the replica first"),
    ...unless(maybeIn(instance, "settings", "edition") ?? EDITION, EDITION, "edition", "change it first"),
    ...unless(ip("serverCaMode"), SERVER_CA_MODE, "server CA mode", "change it first, for which there is no way back"),
    ...unless(there, network, "network", "give it a private address there before the application is deployed"),
    ...(limit < size ? [`its disk has ${size} GiB, and may grow to ${limit}: say more in storage`] : []),
  ];
}

/** What becomes another, and others may use. */
function openOf(instance: unknown, block: unknown): string[] {
  const ip = (key: string): unknown => maybeIn(instance, "settings", "ipConfiguration", key);
  const said: unknown = at(block, "settings", "database_flags");
  const flags = textsOf(Array.isArray(said) ? said : [], "name");
  const listed = maybeIn(instance, "settings", "databaseFlags");
  const gone = textsOf(Array.isArray(listed) ? listed : [], "name").filter((one) => !flags.includes(one));
  return [
    ...(ip("ipv4Enabled") === true ? ["its public address is taken away, with the networks that may come by it"] : []),
    ...(ip("sslMode") === "ENCRYPTED_ONLY" ? [] : ["who comes without TLS is refused afterwards"]),
    ...(gone.length === 0 ? [] : [`flags go that parameters does not name: ${gone.sort().join(", ")}`]),
  ];
}

/** Private zones of the project that have the name of an instance's certificate already: a network takes one of a name. */
function zonesOf(instance: unknown, zones: unknown): string[] {
  const listed = maybeIn(instance, "dnsNames");
  const names = (Array.isArray(listed) ? (listed as readonly unknown[]) : [])
    .filter((one) => maybeIn(one, "connectionType") === "PRIVATE_SERVICES_ACCESS")
    .map((one) => textIn(one, "name").replace(/\.?$/, "."));
  return listOf(zones)
    .filter((zone) => maybeIn(zone, "visibility") === "private" && names.includes(textIn(zone, "dnsName")))
    .map(
      (zone) =>
        `the zone ${textIn(zone, "name")} leads to it by the name that this environment's would: delete it first`,
    );
}

function judgeInstance(asked: Asked, one: ImportedResource, network: string, answers: readonly Answer[]): Finding {
  const first = answerAt(answers, 0);
  if (first.code !== 0 && isNotFound(first.complaint))
    return failed("there is no instance of this name in the project");
  const instance = jsonOf(first);
  const owner = ownerOfInstance(maybeIn(instance, "settings", "userLabels"), one.block);
  if (owner.isOwn) return OWN;
  const databases = textsOf(listOf(jsonOf(answerAt(answers, 1))), "name");
  const users = textsOf(listOf(jsonOf(answerAt(answers, 2))), "name");
  const { all, taken } = inside(asked, one, "google_sql_user");
  return judgedWith(
    [
      ...owner.wrong,
      ...wrongOf(instance, one.block, asked, network),
      ...inside(asked, one, "google_sql_database")
        .taken.filter((name) => !databases.includes(name))
        .map((name) => `it has no database ${name}: say the one that it has, or make it`),
      ...all
        .filter((name) => users.includes(name) && !taken.includes(name))
        .map(
          (name) =>
            `it has a user ${name}, whose password would be another unseen: name "${ADMINISTRATOR_WORD}" in with`,
        ),
      ...taken
        .filter((name) => !users.includes(name))
        .map((name) => `it has no user ${name}: take "${ADMINISTRATOR_WORD}" out of with`),
      ...zonesOf(instance, jsonOf(answerAt(answers, 3))),
    ],
    [...owner.open, ...openOf(instance, one.block)],
    `${textIn(instance, "databaseVersion")}, in the environment's network`,
  );
}

/** The last part of what the provider knows it by. */
const nameIn = ({ id }: ImportedResource): string => id.split("/").at(-1) ?? id;

const instances = (asked: Asked, network: string): Check[] =>
  importedOf(asked.stacks, "google_sql_database_instance").map((one): Check => {
    const name = nameIn(one);
    return {
      ...AFTER_LOGIN,
      id: `imports/sql/${name}`,
      kind: "imports",
      holds: `the instance ${name} is there, and as the plan takes it for`,
      needs: [needOf(one, `instance ${name}`)],
      ask: [
        gcloud(asked, "sql", "instances", "describe", name),
        gcloud(asked, "sql", "databases", "list", "--instance", name),
        gcloud(asked, "sql", "users", "list", "--instance", name),
        gcloud(asked, "dns", "managed-zones", "list"),
      ],
      passes: `databaseVersion and region are those of the plan, instanceType is CLOUD_SQL_INSTANCE, edition ${EDITION}, serverCaMode ${SERVER_CA_MODE}, privateNetwork ${network}, the database is on the second list, and the administrator on the third where with names it, and nowhere else, and no private zone of the fourth has a name of dnsNames; or its labels are this service's`,
      otherwise: {
        say: "correct the service, or its imported, as it says above; what is changed on the instance, change before the deploy",
        run: [],
      },
      source: "https://docs.cloud.google.com/sql/docs/mysql/admin-api/rest/v1/instances",
      judge: (answers) => judgeInstance(asked, one, network, answers),
    };
  });

function judgeBucket(asked: Asked, one: ImportedResource, answers: readonly Answer[]): Finding {
  const first = answerAt(answers, 0);
  if (first.code !== 0 && isNotFound(first.complaint)) return failed("there is no bucket of this name");
  const bucket = jsonOf(first);
  const owner = ownerOfBucket(maybeIn(bucket, "labels"), one.block, asked);
  if (owner.isOwn) return OWN;
  const number = numberIn(jsonOf(answerAt(answers, 1)), "projectNumber");
  const location = textIn(bucket, "location").toLowerCase();
  const isSet = (...path: readonly string[]): boolean => maybeIn(bucket, ...path) !== undefined;
  return judgedWith(
    [
      ...owner.wrong,
      ...unless(numberIn(bucket, "projectNumber"), number, "project", "import it in an environment of its project"),
      ...unless(
        location,
        asked.place.region,
        "location",
        "import it in an environment of its region, or copy what is in it",
      ),
      ...(maybeIn(bucket, "hierarchicalNamespace", "enabled") === true
        ? ["it has a hierarchical namespace, and so no old versions: copy what is in it"]
        : []),
      ...(maybeIn(bucket, "ipFilter", "mode") === "Enabled"
        ? ["its IP filter may refuse pods: switch it off first"]
        : []),
    ],
    [
      ...owner.open,
      ...(maybeIn(bucket, "iamConfiguration", "uniformBucketLevelAccess", "enabled") === true
        ? []
        : ["permissions of its single objects, and what is public in it, end"]),
      ...(isSet("lifecycle", "rule") ? ["its lifecycle rules are replaced by the model's"] : []),
      ...(isSet("cors") && at(one.block, "cors") !== undefined ? ["its CORS rules are replaced by the model's"] : []),
      ...(maybeIn(bucket, "billing", "requesterPays") === true ? ["who asks for objects pays no more for it"] : []),
    ],
    `in ${location}, with nothing that others would miss`,
  );
}

const buckets = (asked: Asked): Check[] =>
  importedOf(asked.stacks, "google_storage_bucket").map((one): Check => {
    const name = nameIn(one);
    const { project, region } = asked.place;
    return {
      ...AFTER_LOGIN,
      id: `imports/storage/${name}`,
      kind: "imports",
      holds: `the bucket ${name} is the project's, and as the plan takes it for`,
      needs: [needOf(one, `bucket ${name}`)],
      ask: [
        gcloud(asked, "storage", "buckets", "describe", `gs://${name}`, "--raw"),
        ["gcloud", "projects", "describe", project, "--format", "json"],
      ],
      passes: `location is ${region}, projectNumber the project's, hierarchicalNamespace and ipFilter are not on, uniformBucketLevelAccess is, and there are no lifecycle rules; or its labels are this service's`,
      otherwise: {
        say: "correct imported of the service, or the bucket before the deploy, as it says above",
        run: [],
      },
      source: "https://docs.cloud.google.com/storage/docs/json_api/v1/buckets",
      judge: (answers) => judgeBucket(asked, one, answers),
    };
  });

/** @param place of the environment, whose cluster has this name */
export const importChecks = (asked: Asked, place: Pick<Place, "given" | "project">, cluster: string): Check[] => [
  ...instances(asked, networkOf(place, cluster)),
  ...buckets(asked),
];
