-- Delegations: a few verbs of one person that another does for them, for a time.

CREATE TABLE "delegation" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "giver_id" BIGINT NOT NULL,
  "delegate_id" BIGINT NOT NULL,
  "verbs" TEXT NOT NULL,
  "since" BIGINT NOT NULL,
  "until" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" BIGINT NOT NULL,
  "revoked" BIGINT,
  FOREIGN KEY ("giver_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("delegate_id") REFERENCES "person" ("id")
);
CREATE INDEX "delegation_giver_id" ON "delegation" ("giver_id");
CREATE INDEX "delegation_delegate_id" ON "delegation" ("delegate_id");
