import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { RootConstruct } from "constructs";

/** A name that every field takes which may be a reference. */
const PLACEHOLDER = "made-up";

class PlaceholderResolver extends DefaultTokenResolver {
  public constructor() {
    super(new StringConcat());
  }

  public override resolveToken(): string {
    return PLACEHOLDER;
  }
}

/** The same with a made-up text where there is a reference, whole or as part of a longer text. */
export const withoutReferences = <T>(value: T): T =>
  Tokenization.resolve(value, {
    scope: new RootConstruct(),
    resolver: new PlaceholderResolver(),
    preparing: false,
  }) as T;
