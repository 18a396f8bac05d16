import type { Option } from "../command";

/** Options that templates have, with what they are for. */
export const CHOSEN: Readonly<Record<"cloud" | "database" | "php", Option>> = {
  cloud: { description: "where staging and production are; aws if left out", value: "cloud" },
  database: { description: "of node-api: mysql, or none", value: "database" },
  php: { description: "of php-api: 8.3, 8.4 or 8.5", value: "version" },
};
