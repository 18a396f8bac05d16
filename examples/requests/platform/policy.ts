import {
  approval,
  kinds,
  lifetimes,
  ofData,
  placesOfData,
  policy,
  quota,
  recoveryOfData,
  sizes,
} from "goldenpath/requests";

/** What teams may ask for, how large, and who has to agree. */
export const requestPolicy = policy({
  data: ["public", "internal", "personal", "payment"],
  sizes: {
    small: {
      database: { size: "small", storage: "20Gi" },
      cache: { size: "small" },
      queue: { size: "small" },
    },
    medium: {
      database: { size: "medium", storage: "100Gi", highAvailability: true, backupDays: 14 },
      cache: { size: "medium", highAvailability: true },
      queue: { size: "medium", highAvailability: true },
    },
  },
  clauses: [
    kinds({
      id: "kinds",
      text: "Databases, buckets, caches, queues and domains can be asked for.",
      kinds: ["bucket", "cache", "database", "domain", "queue"],
    }),
    sizes({
      id: "sizes",
      text: "Staging is small; production takes medium, which has a standby.",
      most: { small: ["small"], production: ["medium"] },
    }),
    placesOfData({
      id: "data-in-europe",
      text: "Personal and payment data stay in Frankfurt.",
      data: ["personal", "payment"],
      places: ["eu-central-1"],
    }),
    recoveryOfData({
      id: "data-comes-back",
      text: "Of personal and payment data at most an hour is lost in production, and they are back in four.",
      data: ["personal", "payment"],
      profiles: ["production"],
      rpo: "1h",
      rto: "4h",
    }),
    quota({
      id: "quota",
      text: "A team has at most six databases and four caches in all environments.",
      most: { databases: 6, caches: 4, storageGib: 1000 },
    }),
    lifetimes({
      id: "lifetimes",
      text: "What has a last day lives in staging alone, ninety days at most.",
      environments: ["staging"],
      mostDays: 90,
    }),
    approval({ id: "owner", text: "The team of the application agrees.", of: "owner" }),
    approval({
      id: "payment-data",
      text: "Security looks at what holds payment data.",
      of: "security",
      when: ofData("payment"),
    }),
  ],
});
