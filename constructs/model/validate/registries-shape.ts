import { z } from "zod";
import { NAME } from "../names";
import { MIRRORED, type Registries, type RegistryLogin } from "../registries";
import { schemaOf } from "../schema-of";

const HOST = String.raw`(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?`;
const PATH = String.raw`(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*`;
const ADDRESS = new RegExp(`^(?=.{1,255}$)${HOST}${PATH}$`);

/** Text of Go templates, of JSON and of Terraform at once: nothing in it means anything there. */
const USERNAME = /^[\w.+@$-]{1,128}$/;

const name = z
  .string()
  .max(40)
  .regex(NAME, "use lower-case letters, digits and hyphens, a letter first and no hyphen last")
  .refine((text) => text !== "constructor", "use another name");

const address = (example: string): z.ZodType =>
  z.string().regex(ADDRESS, `use a host with its path, without a scheme and a slash at the end, e.g. "${example}"`);

/** The form of `registries`, field by field. What registries by identity are called, the cloud says. */
export const registries = schemaOf<Registries>()({
  byIdentity: z.array(z.string()).optional(),
  logins: z
    .record(
      name,
      schemaOf<RegistryLogin>()({
        registry: address("ghcr.io"),
        username: z.string().regex(USERNAME, "use letters, digits and . + @ $ _ -"),
      }),
    )
    .optional(),
  mirrors: z
    .partialRecord(z.enum(MIRRORED), address("111111111111.dkr.ecr.eu-central-1.amazonaws.com/docker-hub").optional())
    .optional(),
});
