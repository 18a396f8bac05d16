-- Imported by clients; `archived_at` says when it was written to object storage.
CREATE TABLE IF NOT EXISTS lifts (
  id CHAR(36) CHARACTER SET ascii PRIMARY KEY,
  client VARCHAR(32) NOT NULL,
  imported_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  archived_at DATETIME NULL,
  INDEX overdue (archived_at, imported_at)
)
