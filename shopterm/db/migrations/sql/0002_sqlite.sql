-- Delegations: a few verbs of one person that another does for them, for a time.

CREATE TABLE "delegation" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "giver_id" INTEGER NOT NULL,
  "delegate_id" INTEGER NOT NULL,
  "verbs" TEXT NOT NULL,
  "since" INTEGER NOT NULL,
  "until" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "revoked" INTEGER,
  FOREIGN KEY ("giver_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("delegate_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "delegation_giver_id" ON "delegation" ("giver_id");
CREATE INDEX "delegation_delegate_id" ON "delegation" ("delegate_id");
