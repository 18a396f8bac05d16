/** Private addresses of every organisation: "the public internet" in a network policy leaves them out. */
export const RFC_1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;

/** Where a node-local DNS cache answers, if one is installed. */
export const NODE_LOCAL_DNS = "169.254.20.10";
