import type { DataMove } from "../../model/service";

/** How the data of a bucket gets from one server to another. */
export const BUCKET_MOVE = (name: string): DataMove => ({
  out: `copy every object of ${name} to a bucket outside of it (rclone sync, then rclone check); old versions stay behind`,
  back: "copy the objects back (rclone sync, then rclone check)",
});
