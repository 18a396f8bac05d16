import { type Fields, isFields } from "../plan/object";
import { fieldsOf } from "../plan/stack-blocks";

/** Where a state is, and how people say it. */
export interface Backend {
  /** Is what Terraform has in the folder that is written. */
  readonly block: Fields;
  /** Says it to people, as the end of a sentence: `in the bucket x, under the key y`. */
  readonly says: string;
  /** File of the state, where it is one: it is to be moved into the folder. */
  readonly file?: string;
}

/** The backend whose state is a file, and the one that Terraform has where none is said. */
const FILE = "local";

const NAMES: Readonly<Record<string, readonly (readonly [argument: string, said: string])[]>> = {
  s3: [
    ["bucket", "in the S3 bucket"],
    ["key", "under the key"],
    ["region", "in the region"],
  ],
  gcs: [
    ["bucket", "in the bucket"],
    ["prefix", "under the prefix"],
  ],
  azurerm: [
    ["storage_account_name", "in the storage account"],
    ["container_name", "in the container"],
    ["key", "under the key"],
  ],
};

/**
 * The backend of a stack, as it is where nothing of a program is around it: a state that is a file beside the program is one
 * beside the stack.
 */
export function backendOf(written: Fields): Backend {
  const block = fieldsOf(fieldsOf(written.terraform).backend);
  const [[kind, value] = [FILE, {}]] = Object.entries(block);
  const settings = isFields(value) ? value : {};
  if (kind === FILE) return file(settings);
  const said = (NAMES[kind] ?? []).flatMap(([argument, words]) => {
    const text = settings[argument];
    return typeof text === "string" ? [`${words} \`${text}\``] : [];
  });
  return { block, says: said.length > 0 ? said.join(", ") : `where the backend \`${kind}\` has it` };
}

function file(settings: Fields): Backend {
  const path = typeof settings.path === "string" ? settings.path : "terraform.tfstate";
  // Somebody chose a place on this machine: it is the same from everywhere.
  if (path.startsWith("/")) return { block: { [FILE]: settings }, says: `in the file \`${path}\`` };
  const name = path.split("/").at(-1) ?? path;
  return { block: { [FILE]: { ...settings, path: name } }, says: `in the file \`${name}\` of its folder`, file: name };
}
