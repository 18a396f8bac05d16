import { z } from "zod";

const text = z.string();

export const previews = z
  .strictObject({
    domain: text.describe("below which their hosts are"),
    lifetimeHours: z.number().describe("after the last deploy"),
    mostDays: z.number().describe("after it was made"),
    most: z.number().describe("at one time"),
    storage: text.describe("of each data service"),
    open: z.array(text).describe("externals that they reach, by application and name"),
    clusterIssuer: text.optional(),
  })
  .describe("of pull requests, in namespaces of its cluster; absent where it takes none")
  .optional();
