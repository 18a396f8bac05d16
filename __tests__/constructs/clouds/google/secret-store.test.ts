import { secretPlace, secretStoreProvider } from "../../../../constructs/clouds/google/secret-store";
import { onGoogle } from "../../../support/google-application";
import { draft, production } from "../../../support/input";

test("External Secrets finds the project's global secrets, and signs in as its own pod", () => {
  expect(secretStoreProvider({ project: "orders-prod" })).toEqual({ gcpsm: { projectID: "orders-prod" } });
});

test("names become a place that Secret Manager takes and no other names come to", () => {
  expect(secretPlace(["staging", "my-app", "stripe-key"])).toBe("staging_my-app_stripe-key");
  expect(secretPlace(["a", "b-c", "d"])).not.toBe(secretPlace(["a-b", "c", "d"]));
  expect(secretPlace(["a", "b", "c", "d"])).not.toBe(secretPlace(["a", "b", "c-d"]));
});

const inProduction = onGoogle(production());

/** What stands for a part that is a secret, and the version it is read at. */
function place(workload: string, service: string, part: string) {
  const resolved = inProduction.resolve(inProduction.provided.connection(workload, service).parts[part]) as {
    secret: { key: string; property: string; version: string };
  };
  return resolved.secret;
}

test.each([
  ["api", "db", "password", "Services_db_Users_api"],
  ["queue", "db", "password", "Services_db_Users_queue"],
  ["api", "cache", "password", "Services_cache_Login"],
  ["api", "files", "secretAccessKey", "Services_files_Keys_api_Login"],
  ["api", "files", "accessKeyId", "Services_files_Keys_api_Login"],
])(
  "%s reads of %s the %s by the short name and the number of the version that Terraform wrote",
  (workload, service, part, id) => {
    const { key, property, version } = place(workload, service, part);
    // The provider of External Secrets puts both into `projects/<project>/secrets/<key>/versions/<version>`.
    expect(key).toMatch(new RegExp(`^\\$\\{google_secret_manager_secret\\.${id}_Secret_\\w+\\.secret_id\\}$`));
    expect(version).toMatch(
      new RegExp(`^\\$\\{google_secret_manager_secret_version\\.${id}_Version_\\w+\\.version\\}$`),
    );
    expect(property).toBe(part);
  },
);

test("a user's new password is there before the old one goes; what hangs on a database or a cache goes first", () => {
  const lifecycle = (name: string) => inProduction.resource("google_secret_manager_secret_version", name)["lifecycle"];
  expect(lifecycle("Users_api")).toEqual({ create_before_destroy: true });
  // The engine would make what these depend on anew before it takes the old one away, and both have one name.
  expect(lifecycle("Administrator")).not.toHaveProperty("create_before_destroy");
  expect(lifecycle("Services_cache_Login") ?? {}).not.toHaveProperty("create_before_destroy");
});

test("a higher generation is another version of each user's secret, and of no other service's", () => {
  const { environment, overlay } = draft();
  overlay.services = { db: { passwords: 5 } };
  const stack = onGoogle(environment);
  const numbers = stack
    .resources("google_secret_manager_secret_version")
    .map((version) => version["secret_data_wo_version"])
    .filter((number) => typeof number === "number");
  expect(numbers).toEqual([5, 5, 5, 5]);
});
