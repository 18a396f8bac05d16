import type { AzureLocation } from "../../../../constructs/clouds/azure";
import { bucket } from "../../../../constructs/services/bucket";
import { mysql } from "../../../../constructs/services/mysql";
import { azureOption } from "../../../support/azure-application";
import { draft, type Draft, problemsOf } from "../../../support/input";

/*
 * What Azure lacks of an application that is valid by itself, and what the model refuses on any cloud and Azure's limits
 * rely on. The report as people read it, path first.
 */

type Given = Draft & { readonly location: (name: AzureLocation) => void };

function problems(change: (given: Given) => void): string[] {
  const input = draft();
  let place: AzureLocation = "germanywestcentral";
  change({
    ...input,
    location: (name) => {
      place = name;
    },
  });
  return problemsOf({ ...input.environment, cloud: azureOption(place) });
}

const SERVICES = "environments.production.applications.shop.services";
const BURSTABLE = 'size "small" is B_Standard_B2s on Azure, of the burstable tier, which has no standby';
const CASES: readonly (readonly [what: string, change: (given: Given) => void, problems: readonly string[]])[] = [
  ["nothing wrong", () => undefined, []],
  ...(["10Gi", "19Gi", "19.0Gi"] as const).map(
    (storage) =>
      [
        `a disk of ${storage}`,
        ({ overlay }: Given) => {
          overlay.services = { db: { storage } };
        },
        [`${SERVICES}.db.storage: got "${storage}", not a size of a MySQL flexible server; use 20Gi to 16Ti`],
      ] as const,
  ),
  [
    "a disk over the largest",
    ({ overlay }) => {
      overlay.services = { db: { storage: "17Ti" } };
    },
    [`${SERVICES}.db.storage: got "17Ti", not a size of a MySQL flexible server; use 20Gi to 16Ti`],
  ],
  [
    "the largest disk there is",
    ({ overlay }) => {
      overlay.services = { db: { storage: "16Ti" } };
    },
    [],
  ],
  [
    "a standby of a burstable server",
    ({ overlay }) => {
      overlay.services = { db: { size: "small" } };
    },
    [
      `${SERVICES}.db.highAvailability: got true, ${BURSTABLE}; use size "medium" or larger, or highAvailability: false`,
    ],
  ],
  [
    "a burstable server without a standby",
    ({ overlay }) => {
      overlay.services = { db: { size: "small", highAvailability: false } };
    },
    [],
  ],
  [
    "two mistakes of one service",
    ({ overlay }) => {
      overlay.services = { db: { size: "small", storage: "5Gi" } };
    },
    [
      `${SERVICES}.db.storage: got "5Gi", not a size of a MySQL flexible server; use 20Gi to 16Ti`,
      `${SERVICES}.db.highAvailability: got true, ${BURSTABLE}; use size "medium" or larger, or highAvailability: false`,
    ],
  ],
  [
    "a database whose name has capitals",
    ({ services }) => {
      Object.assign(services, { db: mysql({ database: "Orders_DB" }) });
    },
    [
      `${SERVICES}.db: Azure keeps the names of databases in small letters, and this one is "Orders_DB"; ` +
        'use mysql({ database: "orders_db" })',
    ],
  ],
  ...(["austriaeast", "belgiumcentral"] as const).map(
    (location) =>
      [
        `MySQL in ${location}`,
        (given: Given) => {
          given.location(location);
        },
        [
          `${SERVICES}.db: Azure runs no MySQL flexible servers in ${location}; use another location, or placement: "in-cluster"`,
        ],
      ] as const,
  ),
  ...(["indonesiacentral", "japanwest", "spaincentral"] as const).map(
    (location) =>
      [
        `a standby of MySQL in ${location}`,
        (given: Given) => {
          given.location(location);
        },
        [
          `${SERVICES}.db: MySQL flexible servers have no standby in another zone in ${location}; ` +
            "use another location, or highAvailability: false",
        ],
      ] as const,
  ),
  [
    "MySQL without a standby where there is none",
    ({ location, overlay }) => {
      location("japanwest");
      overlay.services = { db: { highAvailability: false } };
    },
    [],
  ],
  ...[366, 3650].map(
    (keepVersionsDays) =>
      [
        `versions kept for ${keepVersionsDays} days`,
        ({ services }: Given) => {
          Object.assign(services, { files: bucket({ keepVersionsDays }) });
        },
        [
          `${SERVICES}.files: got ${keepVersionsDays}, keepVersionsDays is more than the 365 days for which Azure keeps ` +
            'deleted versions; use at most 365, or placement: "in-cluster"',
        ],
      ] as const,
  ),
  // Of a production environment, and of a small one: a number is no less said for being a profile's own.
  ...([3, 14, 35] as const).map(
    (backupDays) =>
      [
        `${backupDays} days of backups of what has none`,
        ({ overlay }: Given) => {
          overlay.services = { cache: { backupDays } };
        },
        [
          `${SERVICES}.cache.backupDays: got ${backupDays}, Azure Managed Redis keeps the last copy alone, to restart from; remove it`,
        ],
      ] as const,
  ),
  ...([0, 36] as const).map(
    (backupDays) =>
      [
        `backups of ${backupDays} days, more or fewer than Azure keeps`,
        ({ overlay }: Given) => {
          overlay.services = { db: { backupDays } };
        },
        [expect.stringContaining(`${SERVICES}.db.backupDays: got ${backupDays}`) as unknown as string],
      ] as const,
  ),
];

test.each(CASES)("%s", (_what, change, expected) => {
  expect(problems(change)).toEqual(expected);
});

test("there are enough of them", () => {
  expect(CASES.filter(([, , expected]) => expected.length > 0).length).toBeGreaterThanOrEqual(15);
});

test("what runs in the cluster has none of Azure's limits", () => {
  const input = draft();
  Object.assign(input.services, { files: bucket({ keepVersionsDays: 3650 }) });
  const { environment } = input;
  const inCluster = { ...azureOption("austriaeast"), placements: undefined };
  const everything = problemsOf({ ...environment, cloud: inCluster });
  expect(everything.length).toBeGreaterThan(0);
  input.overlay.services = Object.fromEntries(
    ["db", "cache", "events", "files"].map((name) => [name, { placement: "in-cluster" }]),
  );
  expect(
    problemsOf({ ...environment, cloud: azureOption("austriaeast") }).filter((line) => /MySQL|365/.test(line)),
  ).toEqual([]);
});
