-- The first schema on SQLite, as it was released; later files change it.

CREATE TABLE "attachment" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" INTEGER NOT NULL,
  "sha256" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "person" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "note" TEXT NOT NULL
) STRICT;
CREATE INDEX "attachment_doc_doc_id" ON "attachment" ("doc", "doc_id");

CREATE TABLE "attempts" (
  "subject" TEXT NOT NULL PRIMARY KEY,
  "failures" INTEGER NOT NULL,
  "locked_until" INTEGER NOT NULL
) STRICT;

CREATE TABLE "person" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "number" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "badge" TEXT,
  "phone" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "skills" TEXT NOT NULL,
  "discount_limit" INTEGER NOT NULL,
  "joined" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "pin_hash" TEXT,
  "code_hash" TEXT,
  "code_until" INTEGER
) STRICT;
CREATE UNIQUE INDEX "person_number" ON "person" ("number");
CREATE UNIQUE INDEX "person_badge" ON "person" ("badge");

CREATE TABLE "attendance" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "person_id" INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER,
  "voided" INTEGER NOT NULL,
  "corrects" INTEGER,
  "reason" TEXT NOT NULL,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "attendance_person_id" ON "attendance" ("person_id");
CREATE INDEX attendance_in_time ON attendance (person_id, start, "end") WHERE voided = 0;

CREATE TABLE "part" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "compact" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "unit" TEXT NOT NULL,
  "pack_qty" INTEGER NOT NULL,
  "price_per" INTEGER NOT NULL,
  "weight_g" INTEGER,
  "core_deposit" INTEGER NOT NULL,
  "returnable" TEXT NOT NULL,
  "serial_tracked" INTEGER NOT NULL,
  "list_price" INTEGER,
  "cost" INTEGER,
  "abc" TEXT NOT NULL,
  "search" TEXT NOT NULL,
  "version" INTEGER NOT NULL
) STRICT;
CREATE INDEX "part_compact" ON "part" ("compact");
CREATE UNIQUE INDEX "part_maker_number" ON "part" ("maker", "number");

CREATE TABLE "bin" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "store" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "virtual" INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "bin_site_store_code" ON "bin" ("site", "store", "code");

CREATE TABLE "balance" (
  "part_id" INTEGER NOT NULL,
  "bin_id" INTEGER NOT NULL,
  "on_hand" INTEGER NOT NULL CHECK (on_hand >= 0),
  "reserved" INTEGER NOT NULL CHECK (reserved >= 0 AND reserved <= on_hand),
  "unit_cost" INTEGER NOT NULL,
  PRIMARY KEY ("part_id", "bin_id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id")
) STRICT;
CREATE INDEX "balance_part_id" ON "balance" ("part_id");
CREATE INDEX "balance_bin_id" ON "balance" ("bin_id");

CREATE TABLE "chain_head" (
  "site" INTEGER NOT NULL PRIMARY KEY,
  "seq" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "hash" TEXT NOT NULL
) STRICT;

CREATE TABLE "checklist" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "hash" TEXT NOT NULL,
  "body" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "checklist_hash" ON "checklist" ("hash");

CREATE TABLE "clock" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" INTEGER NOT NULL,
  "owner" INTEGER,
  "started" INTEGER NOT NULL,
  "due" INTEGER NOT NULL,
  "stopped" INTEGER
) STRICT;
CREATE INDEX "clock_doc_doc_id" ON "clock" ("doc", "doc_id");
CREATE INDEX "clock_site_stopped_due" ON "clock" ("site", "stopped", "due");

CREATE TABLE "customer" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "number" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "contact" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "tax_no" TEXT NOT NULL,
  "price_group" TEXT NOT NULL,
  "terms" TEXT NOT NULL,
  "credit_limit" INTEGER NOT NULL,
  "language" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "version" INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "customer_number" ON "customer" ("number");

CREATE TABLE "machine" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "serial" TEXT NOT NULL,
  "maker" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "tonnage" INTEGER,
  "year" INTEGER,
  "purchase_date" TEXT NOT NULL,
  "warranty_months" INTEGER,
  "warranty_hours" INTEGER,
  "hours" INTEGER,
  "hours_read_on" TEXT NOT NULL,
  "customer_id" INTEGER,
  "site_code" TEXT NOT NULL,
  "engine_no" TEXT NOT NULL,
  "sold_by_us" INTEGER NOT NULL,
  "demo" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
) STRICT;
CREATE INDEX "machine_serial" ON "machine" ("serial");
CREATE INDEX "machine_customer_id" ON "machine" ("customer_id");
CREATE UNIQUE INDEX "machine_maker_serial" ON "machine" ("maker", "serial");

CREATE TABLE "work_order" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "number" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "customer_id" INTEGER,
  "customer_name" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "machine_id" INTEGER NOT NULL,
  "hours" INTEGER,
  "received_at" INTEGER NOT NULL,
  "received_by_id" INTEGER NOT NULL,
  "purpose" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "fuel" TEXT NOT NULL,
  "valuables" TEXT NOT NULL,
  "promised" INTEGER,
  "bay" TEXT NOT NULL,
  "read_back_by" TEXT NOT NULL,
  "read_back_at" INTEGER,
  "engineer_called" INTEGER NOT NULL,
  "covers_at" INTEGER,
  "handed_at" INTEGER,
  "joint_at" INTEGER,
  "washed_at" INTEGER,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("customer_id") REFERENCES "customer" ("id"),
  FOREIGN KEY ("machine_id") REFERENCES "machine" ("id"),
  FOREIGN KEY ("received_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE UNIQUE INDEX "work_order_number" ON "work_order" ("number");
CREATE INDEX "work_order_customer_id" ON "work_order" ("customer_id");
CREATE INDEX "work_order_machine_id" ON "work_order" ("machine_id");
CREATE INDEX "work_order_received_by_id" ON "work_order" ("received_by_id");
CREATE INDEX "work_order_site_state" ON "work_order" ("site", "state");

CREATE TABLE "job" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "number" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "order_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "payer" TEXT NOT NULL,
  "assembly" INTEGER NOT NULL,
  "lead_id" INTEGER,
  "bay" TEXT NOT NULL,
  "qc_fails" INTEGER NOT NULL,
  "plan_people" TEXT NOT NULL,
  "plan_start" INTEGER,
  "plan_finish" INTEGER,
  "plan_instruction" TEXT NOT NULL,
  "plan_at" INTEGER,
  "waits_for" TEXT,
  "waits_note" TEXT NOT NULL,
  "waits_since" INTEGER,
  "advice" TEXT NOT NULL,
  "decision" TEXT NOT NULL,
  "approval_reference" TEXT NOT NULL,
  "approval_date" TEXT NOT NULL,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("lead_id") REFERENCES "person" ("id")
) STRICT;
CREATE UNIQUE INDEX "job_number" ON "job" ("number");
CREATE INDEX "job_order_id" ON "job" ("order_id");
CREATE INDEX "job_lead_id" ON "job" ("lead_id");
CREATE INDEX "job_site_state" ON "job" ("site", "state");
CREATE UNIQUE INDEX "job_order_id_line" ON "job" ("order_id", "line");

CREATE TABLE "quote" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "number" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "order_id" INTEGER NOT NULL,
  "edition" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "supplement" INTEGER NOT NULL,
  "replaces" INTEGER,
  "promised" INTEGER,
  "valid_until" INTEGER,
  "file_checked" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "net" INTEGER NOT NULL,
  "tax" INTEGER NOT NULL,
  "total" INTEGER NOT NULL,
  "customer_total" INTEGER NOT NULL,
  "answered_at" INTEGER,
  "confirmed_at" INTEGER,
  "confirmed_by_id" INTEGER,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("confirmed_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE UNIQUE INDEX "quote_number" ON "quote" ("number");
CREATE INDEX "quote_order_id" ON "quote" ("order_id");
CREATE INDEX "quote_confirmed_by_id" ON "quote" ("confirmed_by_id");
CREATE INDEX "quote_site_state" ON "quote" ("site", "state");

CREATE TABLE "material_sheet" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "number" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "order_id" INTEGER NOT NULL,
  "job_id" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "rev" INTEGER NOT NULL,
  "supplement" INTEGER NOT NULL,
  "none" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "finding" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "reported_by_id" INTEGER NOT NULL,
  "reported_at" INTEGER NOT NULL,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("reported_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE UNIQUE INDEX "material_sheet_number" ON "material_sheet" ("number");
CREATE INDEX "material_sheet_order_id" ON "material_sheet" ("order_id");
CREATE INDEX "material_sheet_job_id" ON "material_sheet" ("job_id");
CREATE INDEX "material_sheet_reported_by_id" ON "material_sheet" ("reported_by_id");
CREATE INDEX "material_sheet_site_state" ON "material_sheet" ("site", "state");

CREATE TABLE "material_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "sheet_id" INTEGER NOT NULL,
  "rev" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "part_id" INTEGER,
  "text" TEXT NOT NULL,
  "quantity" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "old_part" INTEGER NOT NULL,
  "entered_by_id" INTEGER NOT NULL,
  "return_reason" TEXT NOT NULL,
  "issued" INTEGER NOT NULL,
  "returned" INTEGER NOT NULL,
  "released" INTEGER NOT NULL,
  "release_reason" TEXT NOT NULL,
  FOREIGN KEY ("sheet_id") REFERENCES "material_sheet" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("entered_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "material_line_sheet_id" ON "material_line" ("sheet_id");
CREATE INDEX "material_line_part_id" ON "material_line" ("part_id");
CREATE INDEX "material_line_entered_by_id" ON "material_line" ("entered_by_id");
CREATE UNIQUE INDEX "material_line_sheet_id_rev_line" ON "material_line" ("sheet_id", "rev", "line");

CREATE TABLE "labour_sheet" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "number" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "order_id" INTEGER NOT NULL,
  "job_id" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "rev" INTEGER NOT NULL,
  "supplement" INTEGER NOT NULL,
  "none" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "finding" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "reported_by_id" INTEGER NOT NULL,
  "reported_at" INTEGER NOT NULL,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("reported_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE UNIQUE INDEX "labour_sheet_number" ON "labour_sheet" ("number");
CREATE INDEX "labour_sheet_order_id" ON "labour_sheet" ("order_id");
CREATE INDEX "labour_sheet_job_id" ON "labour_sheet" ("job_id");
CREATE INDEX "labour_sheet_reported_by_id" ON "labour_sheet" ("reported_by_id");
CREATE INDEX "labour_sheet_site_state" ON "labour_sheet" ("site", "state");

CREATE TABLE "labour_standard" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "tonnage_class" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "machine_kind" TEXT NOT NULL,
  "tons_from" INTEGER,
  "tons_to" INTEGER,
  "minutes" INTEGER NOT NULL,
  "people" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "skill" TEXT NOT NULL,
  "rate" INTEGER,
  "warranty_factor" INTEGER NOT NULL,
  "version" INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "labour_standard_code_tonnage_class" ON "labour_standard" ("code", "tonnage_class");

CREATE TABLE "labour_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "job_id" INTEGER NOT NULL,
  "sheet_id" INTEGER,
  "rev" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "standard_id" INTEGER,
  "text" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "minutes" INTEGER NOT NULL,
  "people" INTEGER NOT NULL,
  "rate" INTEGER NOT NULL,
  "amount" INTEGER NOT NULL,
  "entered_by_id" INTEGER NOT NULL,
  "return_reason" TEXT NOT NULL,
  "done_at" INTEGER,
  "done_by_id" INTEGER,
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("sheet_id") REFERENCES "labour_sheet" ("id"),
  FOREIGN KEY ("standard_id") REFERENCES "labour_standard" ("id"),
  FOREIGN KEY ("entered_by_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("done_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "labour_line_job_id" ON "labour_line" ("job_id");
CREATE INDEX "labour_line_sheet_id" ON "labour_line" ("sheet_id");
CREATE INDEX "labour_line_standard_id" ON "labour_line" ("standard_id");
CREATE INDEX "labour_line_entered_by_id" ON "labour_line" ("entered_by_id");
CREATE INDEX "labour_line_done_by_id" ON "labour_line" ("done_by_id");
CREATE INDEX "labour_line_sheet_id_rev_line" ON "labour_line" ("sheet_id", "rev", "line");
CREATE INDEX "labour_line_done_at" ON "labour_line" ("done_at");

CREATE TABLE "quote_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "quote_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "job_id" INTEGER NOT NULL,
  "material_line_id" INTEGER,
  "labour_line_id" INTEGER,
  "text" TEXT NOT NULL,
  "quantity" INTEGER NOT NULL,
  "price" INTEGER NOT NULL,
  "amount" INTEGER NOT NULL,
  "tax" INTEGER NOT NULL,
  "tax_rate" INTEGER NOT NULL,
  "payer" TEXT NOT NULL,
  FOREIGN KEY ("quote_id") REFERENCES "quote" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("labour_line_id") REFERENCES "labour_line" ("id")
) STRICT;
CREATE INDEX "quote_line_quote_id" ON "quote_line" ("quote_id");
CREATE INDEX "quote_line_job_id" ON "quote_line" ("job_id");
CREATE INDEX "quote_line_material_line_id" ON "quote_line" ("material_line_id");
CREATE INDEX "quote_line_labour_line_id" ON "quote_line" ("labour_line_id");
CREATE UNIQUE INDEX "quote_line_quote_id_line" ON "quote_line" ("quote_id", "line");

CREATE TABLE "consent" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "job_id" INTEGER NOT NULL,
  "quote_line_id" INTEGER,
  "material_line_id" INTEGER,
  "labour_line_id" INTEGER,
  "means" TEXT NOT NULL,
  "payer" TEXT NOT NULL,
  "amount" INTEGER NOT NULL,
  "content_hash" TEXT NOT NULL,
  "given_by" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "recording" TEXT NOT NULL,
  "attested_by_id" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("quote_line_id") REFERENCES "quote_line" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("labour_line_id") REFERENCES "labour_line" ("id"),
  FOREIGN KEY ("attested_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "consent_job_id" ON "consent" ("job_id");
CREATE UNIQUE INDEX "consent_quote_line_id" ON "consent" ("quote_line_id");
CREATE UNIQUE INDEX "consent_material_line_id" ON "consent" ("material_line_id");
CREATE UNIQUE INDEX "consent_labour_line_id" ON "consent" ("labour_line_id");
CREATE INDEX "consent_attested_by_id" ON "consent" ("attested_by_id");

CREATE TABLE "counter" (
  "site" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "value" INTEGER NOT NULL,
  PRIMARY KEY ("site", "kind", "period")
) STRICT;

CREATE TABLE "event" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "seq" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "actor" INTEGER,
  "role" TEXT NOT NULL,
  "terminal" TEXT NOT NULL,
  "operation" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" INTEGER NOT NULL,
  "doc_version" INTEGER NOT NULL,
  "body" TEXT NOT NULL,
  "payload" TEXT NOT NULL,
  "prev" TEXT NOT NULL,
  "hash" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "event_operation" ON "event" ("operation");
CREATE UNIQUE INDEX "event_site_seq" ON "event" ("site", "seq");
CREATE INDEX "event_doc_doc_id_action_actor" ON "event" ("doc", "doc_id", "action", "actor");

CREATE TABLE "held_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "file" TEXT NOT NULL,
  "line" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "field" TEXT NOT NULL,
  "row" TEXT NOT NULL,
  "doubts" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "answer" TEXT NOT NULL,
  "answered_by" INTEGER,
  "answered_at" INTEGER,
  "voided" INTEGER NOT NULL
) STRICT;

CREATE TABLE "inspection" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "order_id" INTEGER NOT NULL,
  "job_id" INTEGER,
  "kind" TEXT NOT NULL,
  "checklist_id" INTEGER,
  "person_id" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "passed" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("checklist_id") REFERENCES "checklist" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "inspection_order_id" ON "inspection" ("order_id");
CREATE INDEX "inspection_job_id" ON "inspection" ("job_id");
CREATE INDEX "inspection_checklist_id" ON "inspection" ("checklist_id");
CREATE INDEX "inspection_person_id" ON "inspection" ("person_id");

CREATE TABLE "inspection_item" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "inspection_id" INTEGER NOT NULL,
  "item" TEXT NOT NULL,
  "mark" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "measured" INTEGER,
  "note" TEXT NOT NULL,
  FOREIGN KEY ("inspection_id") REFERENCES "inspection" ("id")
) STRICT;
CREATE INDEX "inspection_item_inspection_id" ON "inspection_item" ("inspection_id");

CREATE TABLE "interchange" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "compact" TEXT NOT NULL,
  "other_maker" TEXT NOT NULL,
  "other_number" TEXT NOT NULL,
  "other_compact" TEXT NOT NULL,
  "fit" TEXT NOT NULL,
  "note" TEXT NOT NULL
) STRICT;
CREATE INDEX "interchange_compact" ON "interchange" ("compact");
CREATE INDEX "interchange_other_compact" ON "interchange" ("other_compact");

CREATE TABLE "job_helper" (
  "job_id" INTEGER NOT NULL,
  "person_id" INTEGER NOT NULL,
  PRIMARY KEY ("job_id", "person_id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "job_helper_job_id" ON "job_helper" ("job_id");
CREATE INDEX "job_helper_person_id" ON "job_helper" ("person_id");

CREATE TABLE "kit_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "kit_maker" TEXT NOT NULL,
  "kit_number" TEXT NOT NULL,
  "line" INTEGER NOT NULL,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "quantity" INTEGER NOT NULL
) STRICT;
CREATE INDEX "kit_line_kit_number" ON "kit_line" ("kit_number");

CREATE TABLE "labour_entry" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "person_id" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "job_id" INTEGER,
  "labour_line_id" INTEGER,
  "code" TEXT NOT NULL,
  "rework" INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER,
  "voided" INTEGER NOT NULL,
  "corrects" INTEGER,
  "reason" TEXT NOT NULL,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("labour_line_id") REFERENCES "labour_line" ("id")
) STRICT;
CREATE INDEX "labour_entry_person_id" ON "labour_entry" ("person_id");
CREATE INDEX "labour_entry_job_id" ON "labour_entry" ("job_id");
CREATE INDEX "labour_entry_labour_line_id" ON "labour_entry" ("labour_line_id");
CREATE INDEX labour_entry_in_time ON labour_entry (person_id, start, "end") WHERE voided = 0;
CREATE INDEX "labour_entry_job_id_end" ON "labour_entry" ("job_id", "end");

CREATE TABLE "line_price" (
  "line_id" INTEGER NOT NULL PRIMARY KEY,
  "part_id" INTEGER NOT NULL,
  "price" INTEGER NOT NULL,
  "price_per" INTEGER NOT NULL,
  "amount" INTEGER NOT NULL,
  "core_deposit" INTEGER NOT NULL,
  "source" TEXT NOT NULL,
  "lead_days" INTEGER NOT NULL,
  "available" INTEGER NOT NULL,
  "priced_by_id" INTEGER NOT NULL,
  "priced_at" INTEGER NOT NULL,
  FOREIGN KEY ("line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("priced_by_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "line_price_part_id" ON "line_price" ("part_id");
CREATE INDEX "line_price_priced_by_id" ON "line_price" ("priced_by_id");

CREATE TABLE "loan" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "number" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "borrower_id" INTEGER NOT NULL,
  "lent_by_id" INTEGER NOT NULL,
  "purpose" TEXT NOT NULL,
  "order_id" INTEGER,
  "due" INTEGER,
  "lent_at" INTEGER NOT NULL,
  "changed_at" INTEGER NOT NULL,
  FOREIGN KEY ("borrower_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("lent_by_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id")
) STRICT;
CREATE UNIQUE INDEX "loan_number" ON "loan" ("number");
CREATE INDEX "loan_borrower_id" ON "loan" ("borrower_id");
CREATE INDEX "loan_lent_by_id" ON "loan" ("lent_by_id");
CREATE INDEX "loan_order_id" ON "loan" ("order_id");
CREATE INDEX "loan_site_state" ON "loan" ("site", "state");

CREATE TABLE "loan_line" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "loan_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "part_id" INTEGER NOT NULL,
  "bin_id" INTEGER NOT NULL,
  "quantity" INTEGER NOT NULL,
  "returned" INTEGER NOT NULL,
  "issued" INTEGER NOT NULL,
  "written_off" INTEGER NOT NULL CHECK (returned + issued + written_off <= quantity),
  "serial" TEXT NOT NULL,
  "unit_cost" INTEGER NOT NULL,
  FOREIGN KEY ("loan_id") REFERENCES "loan" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id")
) STRICT;
CREATE INDEX "loan_line_loan_id" ON "loan_line" ("loan_id");
CREATE INDEX "loan_line_part_id" ON "loan_line" ("part_id");
CREATE INDEX "loan_line_bin_id" ON "loan_line" ("bin_id");

CREATE TABLE "machine_model" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "pins" TEXT NOT NULL,
  "note" TEXT NOT NULL
) STRICT;
CREATE INDEX "machine_model_maker_model" ON "machine_model" ("maker", "model");

CREATE TABLE "mark" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL
) STRICT;

CREATE TABLE "move" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  "part_id" INTEGER NOT NULL,
  "bin_id" INTEGER NOT NULL,
  "quantity" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "unit_cost" INTEGER NOT NULL,
  "material_line_id" INTEGER,
  "loan_line" INTEGER,
  "person_id" INTEGER NOT NULL,
  "serial" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "move_part_id" ON "move" ("part_id");
CREATE INDEX "move_bin_id" ON "move" ("bin_id");
CREATE INDEX "move_material_line_id" ON "move" ("material_line_id");
CREATE INDEX "move_person_id" ON "move" ("person_id");
CREATE INDEX "move_part_id_bin_id" ON "move" ("part_id", "bin_id");

CREATE TABLE "old_part" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "line_id" INTEGER NOT NULL,
  "tag" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "person_id" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE UNIQUE INDEX "old_part_line_id" ON "old_part" ("line_id");
CREATE UNIQUE INDEX "old_part_tag" ON "old_part" ("tag");
CREATE INDEX "old_part_person_id" ON "old_part" ("person_id");

CREATE TABLE "own_number" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "customer_id" INTEGER NOT NULL,
  "own_number" TEXT NOT NULL,
  "compact" TEXT NOT NULL,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
) STRICT;
CREATE INDEX "own_number_customer_id" ON "own_number" ("customer_id");
CREATE INDEX "own_number_compact" ON "own_number" ("compact");

CREATE TABLE "parameter" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "job_id" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "value" INTEGER NOT NULL,
  "unit" TEXT NOT NULL,
  "low" INTEGER,
  "high" INTEGER,
  "person_id" INTEGER NOT NULL,
  "at" INTEGER NOT NULL,
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "parameter_job_id" ON "parameter" ("job_id");
CREATE INDEX "parameter_person_id" ON "parameter" ("person_id");

CREATE TABLE "person_role" (
  "person_id" INTEGER NOT NULL,
  "site" INTEGER NOT NULL,
  "role" TEXT NOT NULL,
  PRIMARY KEY ("person_id", "site", "role"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
) STRICT;
CREATE INDEX "person_role_person_id" ON "person_role" ("person_id");

CREATE TABLE "question" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "order_id" INTEGER NOT NULL,
  "line" INTEGER NOT NULL,
  "question" TEXT NOT NULL,
  "answer" TEXT NOT NULL,
  "asked_at" INTEGER NOT NULL,
  "answered_at" INTEGER,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id")
) STRICT;
CREATE INDEX "question_order_id" ON "question" ("order_id");

CREATE TABLE "reservation" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "material_line_id" INTEGER NOT NULL,
  "part_id" INTEGER NOT NULL,
  "bin_id" INTEGER NOT NULL,
  "quantity" INTEGER NOT NULL,
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id")
) STRICT;
CREATE INDEX "reservation_material_line_id" ON "reservation" ("material_line_id");
CREATE INDEX "reservation_part_id" ON "reservation" ("part_id");
CREATE INDEX "reservation_bin_id" ON "reservation" ("bin_id");
CREATE UNIQUE INDEX "reservation_material_line_id_bin_id" ON "reservation" ("material_line_id", "bin_id");
CREATE INDEX "reservation_part_id_bin_id" ON "reservation" ("part_id", "bin_id");

CREATE TABLE "serial" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "part_id" INTEGER NOT NULL,
  "serial" TEXT NOT NULL,
  "bin_id" INTEGER,
  "material_line_id" INTEGER,
  "loan_line" INTEGER,
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id")
) STRICT;
CREATE INDEX "serial_part_id" ON "serial" ("part_id");
CREATE INDEX "serial_bin_id" ON "serial" ("bin_id");
CREATE INDEX "serial_material_line_id" ON "serial" ("material_line_id");
CREATE UNIQUE INDEX "serial_part_id_serial" ON "serial" ("part_id", "serial");

CREATE TABLE "signature" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "site" INTEGER NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" INTEGER NOT NULL,
  "rev" INTEGER NOT NULL,
  "action" TEXT NOT NULL,
  "person" INTEGER NOT NULL,
  "role" TEXT NOT NULL,
  "customer" TEXT NOT NULL,
  "content_hash" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "voided" INTEGER
) STRICT;
CREATE INDEX "signature_doc_doc_id_action" ON "signature" ("doc", "doc_id", "action");

CREATE TABLE "site" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "zone" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "site_code" ON "site" ("code");

CREATE TABLE "supersession" (
  "id" INTEGER NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "old_number" TEXT NOT NULL,
  "old_compact" TEXT NOT NULL,
  "new_number" TEXT NOT NULL,
  "new_compact" TEXT NOT NULL,
  "ratio" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "effective" TEXT NOT NULL,
  "note" TEXT NOT NULL
) STRICT;
CREATE INDEX "supersession_old_compact" ON "supersession" ("old_compact");
CREATE INDEX "supersession_new_compact" ON "supersession" ("new_compact");
CREATE UNIQUE INDEX attendance_open ON attendance (person_id) WHERE "end" IS NULL AND voided = 0;
CREATE UNIQUE INDEX labour_entry_open ON labour_entry (person_id) WHERE "end" IS NULL AND voided = 0;

CREATE VIRTUAL TABLE part_search USING fts5(search, content='part', content_rowid='id', detail='none', columnsize=0, prefix='1 2', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Cn'");
CREATE TRIGGER part_search_insert AFTER INSERT ON part BEGIN INSERT INTO part_search (rowid, search) VALUES (new.id, new.search); END;
CREATE TRIGGER part_search_delete AFTER DELETE ON part BEGIN INSERT INTO part_search (part_search, rowid, search) VALUES ('delete', old.id, old.search); END;
CREATE TRIGGER part_search_update AFTER UPDATE OF search ON part WHEN old.search <> new.search BEGIN INSERT INTO part_search (part_search, rowid, search) VALUES ('delete', old.id, old.search); INSERT INTO part_search (rowid, search) VALUES (new.id, new.search); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER move_no_update BEFORE UPDATE ON move BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER move_no_delete BEFORE DELETE ON move BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER signature_no_update BEFORE UPDATE OF id, site, doc, doc_id, rev, action, person, role, customer, content_hash, at ON signature BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'the record is insert-only'); END;
