import { z } from "zod";
import { schemaOf } from "../../model/schema-of";

export interface LogsProps {
  /**
   * Days for which lines are kept. Fewer days delete what is older, within hours.
   * @default 30 in profile `production`, 7 in `small`
   */
  readonly retentionDays?: number;
}

export const LOGS_SCHEMA = schemaOf<LogsProps>()({
  retentionDays: z.int().min(1).max(730).optional(),
});
