import { Construct } from "constructs";
import { keepsCopies, type ResolvedElsewhere } from "../../model/elsewhere";
import { EncryptionKey } from "./encryption-key";
import { type AwsRegion, isRegion } from "./regions";

/** A place in a second region, with a key there for everything that comes to it. */
export interface Copies {
  readonly region: AwsRegion;
  /** ARN of the key in that region. */
  readonly keyArn: string;
  /** The key itself, which what it encrypts has to be gone before. */
  readonly key: EncryptionKey["key"];
  /** Scope of what is made there. Another region is another address: what is protected is replaced by no plan. */
  readonly scope: Construct;
  /** Whether nothing may delete what is there, as far as it is protected at all. */
  readonly kept: boolean;
}

interface CopiesProps {
  readonly accountId: string;
  /** Alias of the key in parts. */
  readonly name: readonly string[];
  readonly description: string;
  /** Where the environment is protected: AWS waits 30 days before it deletes the key. */
  readonly protect: boolean;
  /** Whether nothing may delete the key, as long as the copies are kept. */
  readonly preventDestroy: boolean;
  readonly tags?: Record<string, string>;
}

/** The place of copies in the region that the environment says, below `scope`. */
export function createCopies(scope: Construct, backups: ResolvedElsewhere, props: CopiesProps): Copies {
  const { region } = backups;
  if (!isRegion(region)) throw new Error(`backups.region: got ${region}, no region of AWS`);
  const there = new Construct(scope, `Copies-${region}`);
  const kept = keepsCopies(backups);
  const key = new EncryptionKey(there, "Key", {
    ...props,
    region,
    preventDestroy: props.preventDestroy && kept,
  });
  return { region, keyArn: key.arn, key: key.key, scope: there, kept };
}
