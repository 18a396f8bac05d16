import { X509Certificate } from "node:crypto";
import { z } from "zod";
import type { ExternalServer } from "../external-server";
import { schemaOf } from "../schema-of";
import { name, outsideHost, port } from "./forms";

/** A bundle is in a ConfigMap beside others, of which Kubernetes takes 1 MiB for all. */
const MAX_BUNDLE = 262_144;

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;

/** Whether it is one certificate or several, and nothing else: a key beside them would be public. */
function isBundle(text: string): boolean {
  const blocks = [...text.matchAll(BLOCK)];
  return (
    blocks.length > 0 &&
    text.length <= MAX_BUNDLE &&
    text.replace(BLOCK, "").trim() === "" &&
    blocks.every(([block, kind]) => kind === "CERTIFICATE" && isCertificate(block))
  );
}

function isCertificate(block: string): boolean {
  try {
    new X509Certificate(block);
    return true;
  } catch {
    return false;
  }
}

/** Form of a server that somebody else runs. Which parts and secrets it has is its kind's matter. */
export const externalServer = schemaOf<ExternalServer>()({
  host: outsideHost,
  port: port.optional(),
  tls: z.boolean().optional(),
  parts: z.record(z.string(), z.string()).optional(),
  secrets: z.record(z.string(), name).optional(),
  caBundle: z
    .string()
    .refine(isBundle, "use certificates in PEM, up to 256 KiB, and nothing else, as readFileSync gives them")
    .optional(),
  cidrs: z.array(z.string()).min(1).optional(),
});
