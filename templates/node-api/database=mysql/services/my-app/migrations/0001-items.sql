-- What people keep here, by an id that they choose.
CREATE TABLE IF NOT EXISTS items (
  id CHAR(36) CHARACTER SET ascii PRIMARY KEY,
  title VARCHAR(200) NOT NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
)
