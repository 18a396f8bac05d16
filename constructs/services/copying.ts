import type { ServiceKind } from "../model/service";

/** How the data of a service of each kind gets from one server to another: out of the old one, and into the new one. */
export const COPY: Readonly<Record<ServiceKind, (service: string) => { readonly out: string; readonly back: string }>> =
  {
    mysql: (name) => ({
      out:
        `dump ${name} to a place outside of it (mysqldump --single-transaction --routines --triggers --events) and ` +
        "restore the dump once elsewhere, to know that it is whole",
      back: "restore the dump, and compare the number of rows of each table",
    }),
    redis: (name) => ({
      out:
        `decide whether what ${name} holds may be lost: a cache warms up again, sessions and queues do not and are ` +
        "copied key by key (SCAN, DUMP with its PTTL)",
      back: "put the copied keys back (RESTORE)",
    }),
    rabbitmq: (name) => ({
      out:
        `let the consumers go on until every queue of ${name} is empty, or move what is left to another broker by a ` +
        "shovel; export the definitions of exchanges, queues and bindings that no program declares by itself",
      back: "import the definitions, and move messages back that were put aside",
    }),
    bucket: (name) => ({
      out: `copy every object of ${name} to a bucket outside of it (rclone sync, then rclone check); old versions stay behind`,
      back: "copy the objects back (rclone sync, then rclone check)",
    }),
  };
