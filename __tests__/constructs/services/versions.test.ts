import { AWS_PROVISIONERS } from "../../../constructs/clouds/aws/services/provisioners";
import { AZURE_PROVISIONERS } from "../../../constructs/clouds/azure/services/provisioners";
import { GOOGLE_PROVISIONERS } from "../../../constructs/clouds/google/services/provisioners";
import { IN_CLUSTER } from "../../../constructs/in-cluster/provisioners";
import { COMPOSE } from "../../../constructs/outputs/compose/servers/provisioners";
import { SERVICES } from "../../../constructs/services/kinds";
import { MYSQL_VERSIONS } from "../../../constructs/services/mysql/versions";
import type { PinnedVersion } from "../../../constructs/services/pinned-version";
import { RABBITMQ_VERSIONS } from "../../../constructs/services/rabbitmq/versions";

/* What is known of the versions that a place runs, for a report of what ends next. */

const TABLES = {
  aws: AWS_PROVISIONERS,
  google: GOOGLE_PROVISIONERS,
  azure: AZURE_PROVISIONERS,
  "in-cluster": IN_CLUSTER,
  compose: COMPOSE,
};

const versions: readonly (readonly [string, PinnedVersion])[] = Object.entries(TABLES).flatMap(([place, table]) =>
  table.all().flatMap((one) => (one.versions ?? []).map((version) => [place, version] as const)),
);

test.each(versions.map(([place, version]) => [`${version.product} ${version.version} (${place})`, version] as const))(
  "%s ends on a day or in a month that there is, by a page",
  (_, { endOfSupport, source }) => {
    expect(source).toMatch(/^https:\/\/\S+$/);
    if (endOfSupport === undefined) return;
    expect(endOfSupport).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
    const day = endOfSupport.length === 7 ? `${endOfSupport}-01` : endOfSupport;
    expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
  },
);

test("every place says what it runs of each kind, but for buckets that have no version", () => {
  const silent = Object.entries(TABLES).flatMap(([place, table]) =>
    Object.values(SERVICES).flatMap((build) => {
      const found = table.find(build());
      return found === undefined || (found.versions ?? []).length > 0 ? [] : [`${place} ${build().kind}`];
    }),
  );
  expect(silent).toEqual(["aws bucket", "google bucket"]);
});

test("a developer may ask for the versions that are pinned, and for no other", () => {
  const accepted = (build: (version: string) => { problems(path: string[]): unknown[] }, known: readonly string[]) =>
    [...known, "1.0"].filter((version) => build(version).problems([]).length === 0);
  const mysql = Object.keys(MYSQL_VERSIONS);
  const rabbitmq = Object.keys(RABBITMQ_VERSIONS);
  expect(accepted((version) => SERVICES.mysql({ version: version as "8.4" }), mysql)).toEqual(mysql);
  expect(accepted((version) => SERVICES.rabbitmq({ version: version as "4.2" }), rabbitmq)).toEqual(rabbitmq);
});
