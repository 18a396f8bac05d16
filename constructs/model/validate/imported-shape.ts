import { z } from "zod";
import type { Imported } from "../imported";
import { schemaOf } from "../schema-of";
import { once } from "./route-shape";

/** What a cloud calls something: its provisioner knows the form. */
const there = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9/][\w./:()-]*$/, "use it as the cloud has it: letters, digits and . _ : / ( ) -");

/** Form of a service that is there already. */
export const imported = schemaOf<Imported>()({
  id: there,
  with: once(z.string().max(64)).min(1).optional(),
  keeps: once(there).min(1).optional(),
});
