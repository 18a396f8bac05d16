import { z } from "zod";
import { schemaOf } from "../../model/schema-of";

export interface TracesProps {
  /**
   * Days for which traces are kept. Fewer days delete what is older, within hours.
   * @default 14 in profile `production`, 3 in `small`
   */
  readonly retentionDays?: number;
  /**
   * Share of requests that are traced, from 0.0001 to 1. Who calls first decides, and everybody that is called goes by it.
   * @default 0.1 in profile `production`, 1 in `small`
   */
  readonly ratio?: number;
}

export const TRACES_SCHEMA = schemaOf<TracesProps>()({
  retentionDays: z.int().min(1).max(365).optional(),
  ratio: z.number().min(0.0001).max(1).optional(),
});
