/** A container image reference in its parts. `registry.example.com/backend:v1.2.3@sha256:…`. */
export interface Image {
  /** Registry and repository, without tag and digest. */
  readonly repository: string;
  /** @default - none: a digest must be given */
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. @default - none: the tag is trusted */
  readonly digest?: string;
}

// The grammar of github.com/distribution/reference, reduced to its parts.
const REFERENCE =
  /^((?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$/;

/** `undefined` if the text is not an image reference, or has neither tag nor digest. */
export function parseImage(text: string): Image | undefined {
  const match = REFERENCE.exec(text);
  if (match?.[1] === undefined || (match[2] ?? match[3]) === undefined) return undefined;
  return { repository: match[1], tag: match[2], digest: match[3] };
}

/** The last part of an image's name, without tag and digest: `backend` of `registry.example.com/backend:v1.2.3`. */
export function imageName(text: string): string {
  return (parseImage(text)?.repository ?? text).split("/").at(-1) ?? text;
}

/** The value of the label `version`: the tag, or twelve digits of the digest. Fit for a label value. */
export function imageVersion(text: string): string {
  const image = parseImage(text);
  const version = image?.tag ?? image?.digest?.slice("sha256:".length, "sha256:".length + 12) ?? "unknown";
  return version.slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}
