/**
 * The connection contract: what a workload learns of a thing it needs, the same in every output.
 *
 * A service kind declares its *parts* once (host, port, username, password, …) and says which are secret.
 * A cloud fills them: a plain part with a value (a Terraform reference or a literal), a secret part with the
 * place in the cloud's secret store where the cluster finds it. The kind's *variables* are assembled from parts
 * inside the cluster, so a secret part never passes through Terraform.
 */
export interface ConnectionContract {
  /** Port that clients connect to unless the cloud says otherwise. */
  readonly defaultPort: number;
  readonly parts: Readonly<Record<string, PartSpec>>;
  /** Environment variables by their names without prefix, in the order they are rendered. */
  readonly variables: Readonly<Record<string, VariableSpec>>;
}

export interface PartSpec {
  /** A secret part is never rendered as a value: only by reference to the secret store. */
  readonly secret: boolean;
  /** A part that a cloud may leave out; a variable that uses it is then left out too. @default false */
  readonly optional?: boolean;
}

/** What a variable holds: text made of parts, or the path of a file. */
export type VariableSpec = TextVariable | CaBundleVariable;

/**
 * A variable's text in pieces: literals, and parts by name. A part is percent-encoded unless `raw`,
 * so `@:/%#` in a password cannot break the URL it stands in. Encoded are secrets when the cluster assembles them,
 * and values here: these must then be literal.
 */
export interface TextVariable {
  readonly template: readonly Piece[];
  /** The template where the connection is encrypted. @default - `template` */
  readonly tlsTemplate?: readonly Piece[];
  /** The template where nobody signs in, which is never under TLS. @default - `template` */
  readonly openTemplate?: readonly Piece[];
}

/**
 * Path of a PEM file with the certificates that the server's own chains to, mounted into the workload. The variable is
 * left out where the image's system bundle trusts the server already.
 */
export interface CaBundleVariable {
  readonly file: "caBundle";
}

export type Piece = string | { readonly part: string; readonly raw?: boolean } | CaBundlePiece;

/** Path of the PEM file of `CaBundleVariable` within a text. Nothing, and not what leads to it either, where there is no such file. */
export interface CaBundlePiece {
  readonly file: "caBundle";
  /** What leads to the path: `&sslrootcert=`. */
  readonly after: string;
}

/** One part as a cloud filled it. A part that its contract calls secret is refused as a value. */
export type PartSource = { readonly value: string } | { readonly secret: SecretPlace };

/** Where the secret store keeps a part. */
export interface SecretPlace {
  readonly key: string;
  /** A field of a JSON secret. @default - the whole secret */
  readonly property?: string;
  /**
   * The store's own name of one version, in the words of External Secrets. For what Terraform changes: a newer version
   * is not handed out before the service knows it. @default - whichever is current
   */
  readonly version?: string;
}

/** A service as one workload reaches it: the contract, filled. */
export interface Connection {
  readonly parts: Readonly<Record<string, PartSource>>;
  /** Secrets that are the whole text of a variable, by its name without prefix. @default - variables are made of parts */
  readonly whole?: Readonly<Record<string, SecretPlace>>;
  /** Whether clients must speak TLS. Picks `tlsTemplate`. */
  readonly tls: boolean;
  /**
   * Whether the server lets everybody in. Picks `openTemplate`. For a server that nobody else reaches, as in local
   * development. @default false
   */
  readonly open?: boolean;
  /**
   * PEM bundle the server's certificate chains to, the same for every workload. No secret.
   * @default - the image's system bundle already trusts it
   */
  readonly caBundle?: CaBundle;
  /**
   * Whether the server's certificate has no name to compare, and is of an authority that signs for no other server: clients
   * verify that one, `caBundle`, and nothing else.
   * @default false
   */
  readonly nameless?: boolean;
  /** Where the packets go, for the network policy. */
  readonly endpoints: readonly Endpoint[];
}

/** A text, or a key of a Secret in the application's namespace where the authority is one of the cluster. */
export type CaBundle = string | { readonly secret: string; readonly key: string };

/** One destination: address blocks in CIDR notation or pods, and a TCP port; for pods the one they listen on. */
export type Endpoint = AddressEndpoint | { readonly pods: PodPeer; readonly port: number };

export interface AddressEndpoint {
  readonly cidrs: readonly string[];
  readonly port: number;
  /**
   * Full names under which clients ask for it, without a wildcard. Where policies know names they open what these resolve
   * to, and the blocks stay closed. @default - the blocks are exact
   */
  readonly hosts?: readonly string[];
}

/** Pods by the namespace they are in and labels they bear. */
export interface PodPeer {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}
