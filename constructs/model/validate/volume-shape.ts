import { z } from "zod";
import { schemaOf } from "../schema-of";
import type { AnyVolume } from "../volumes";
import { files, memory, mountPath, objectName } from "./forms";

/** Form of a volume of any kind; which of the fields go together is a rule. */
export const volume: z.ZodType = schemaOf<AnyVolume>()({
  mountPath,
  size: memory.optional(),
  access: z.enum(["ReadWriteMany", "ReadWriteOnce"]).optional(),
  ephemeral: z.enum(["disk", "memory"]).optional(),
  files: files.optional(),
  configMap: objectName.optional(),
  secret: objectName.optional(),
  secrets: z.array(z.string()).min(1).optional(),
});
