import { z } from "zod";
import type { LatencyObjective, Objectives } from "../objectives";
import { schemaOf } from "../schema-of";

/** Bounds: below, the fastest alert would need more failures than there are requests; above, one of thousands of millions counts. */
const percent = z.number().min(95).max(99.999);

/** Form of what a workload promises. */
export const objectives = schemaOf<Objectives>()({
  availability: percent.optional(),
  latency: schemaOf<LatencyObjective>()({ percent, withinSeconds: z.number().positive().max(3600) }).optional(),
});
