import { LOGIN_FILES, serviceUser, USER_PREFIX, USERS_JOBS } from "../../../constructs/model/service-users";
import { release } from "../../../constructs/model/workload";
import { mysql } from "../../../constructs/services/mysql";
import { draft, problemsOf } from "../../support/input";

/** As long as a name in the input may be, and told apart by its end only. */
const LONG = ["one", "two", "six"].map((end) => `${"w".repeat(37)}${end}`);

describe("the user of a workload", () => {
  test("is named after it", () => {
    expect(serviceUser("backend")).toBe("app.backend");
    expect(serviceUser("w".repeat(28))).toBe(`app.${"w".repeat(28)}`);
  });

  test("has a name that MySQL takes, and none like another's", () => {
    const names = [...LONG, "w".repeat(29), "w".repeat(30)].map((name) => serviceUser(name));
    for (const name of names) expect(name).toMatch(/^app\.w+-[0-9a-f]{8}$/);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(32);
    expect(new Set(names).size).toBe(names.length);
    expect(serviceUser(LONG[0] ?? "")).toBe(names[0]);
  });

  test("is one that the program finds again when nothing needs it, and no user of the server's own", () => {
    for (const workload of ["backend", ...LONG]) expect(serviceUser(workload).startsWith(USER_PREFIX)).toBe(true);
    for (const own of ["admin", "root", "rdsadmin", "mysql.sys", "guest"]) {
      expect(own.startsWith(USER_PREFIX)).toBe(false);
    }
    // `LIKE` and `grep` take the prefix as it is.
    expect(USER_PREFIX).not.toMatch(/[%_\\*[\]^$]/);
  });

  test("has a file whose name is a key that a Secret takes", () => {
    for (const workload of ["backend", ...LONG]) {
      const file = LOGIN_FILES.user(serviceUser(workload));
      expect(file).toMatch(/^[-._a-zA-Z0-9]{1,253}$/);
      expect([LOGIN_FILES.adminName, LOGIN_FILES.adminPassword]).not.toContain(file);
    }
  });
});

describe("the names of the Jobs", () => {
  test("are the service's", () => {
    expect(USERS_JOBS.make("orders-db")).toBe("orders-db-users");
    expect(USERS_JOBS.retire("orders-db")).toBe("orders-db-retire");
  });

  test("may be as long as leaves a label room for a revision, and so may a release's", () => {
    const input = draft();
    input.app.name = "shopping-centre-of-the-region";
    const names = { service: "d".repeat(17), workload: "m".repeat(24) };
    Object.assign(input.services, { [names.service]: mysql() });
    input.app.defaultServices = ["db"];
    Object.assign(input.app.workloads, { [names.workload]: release({ image: "registry.example.com/api:v1" }) });
    expect(problemsOf(input.environment)).toEqual([]);
    for (const name of [USERS_JOBS.retire(names.service), names.workload]) {
      expect(`${input.app.name}-${name}-0123abcd`).toHaveLength(63);
    }
  });

  test("are free where a service has no users", () => {
    const input = draft();
    const names = ["cache", "files"].flatMap((service) => Object.values(USERS_JOBS).map((job) => job(service)));
    expect(names).toHaveLength(4);
    Object.assign(input.app.workloads, Object.fromEntries(names.map((name) => [name, input.workload("web")])));
    expect(problemsOf(input.environment)).toEqual([]);
  });
});
