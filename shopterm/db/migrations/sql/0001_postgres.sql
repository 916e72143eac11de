-- The first schema on PostgreSQL, as it was released; later files change it.

CREATE TABLE "attachment" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" BIGINT NOT NULL,
  "sha256" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "size" BIGINT NOT NULL,
  "person" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  "note" TEXT NOT NULL
);
CREATE INDEX "attachment_doc_doc_id" ON "attachment" ("doc", "doc_id");

CREATE TABLE "attempts" (
  "subject" TEXT NOT NULL PRIMARY KEY,
  "failures" BIGINT NOT NULL,
  "locked_until" BIGINT NOT NULL
);

CREATE TABLE "person" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "number" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "badge" TEXT,
  "phone" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "skills" TEXT NOT NULL,
  "discount_limit" BIGINT NOT NULL,
  "joined" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "pin_hash" TEXT,
  "code_hash" TEXT,
  "code_until" BIGINT
);
CREATE UNIQUE INDEX "person_number" ON "person" ("number");
CREATE UNIQUE INDEX "person_badge" ON "person" ("badge");

CREATE TABLE "attendance" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "person_id" BIGINT NOT NULL,
  "start" BIGINT NOT NULL,
  "end" BIGINT,
  "voided" INTEGER NOT NULL,
  "corrects" BIGINT,
  "reason" TEXT NOT NULL,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE INDEX "attendance_person_id" ON "attendance" ("person_id");
CREATE INDEX attendance_in_time ON attendance (person_id, start, "end") WHERE voided = 0;

CREATE TABLE "part" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "compact" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "unit" TEXT NOT NULL,
  "pack_qty" BIGINT NOT NULL,
  "price_per" BIGINT NOT NULL,
  "weight_g" BIGINT,
  "core_deposit" BIGINT NOT NULL,
  "returnable" TEXT NOT NULL,
  "serial_tracked" INTEGER NOT NULL,
  "list_price" BIGINT,
  "cost" BIGINT,
  "abc" TEXT NOT NULL,
  "search" TEXT NOT NULL,
  "version" BIGINT NOT NULL
);
CREATE INDEX "part_compact" ON "part" ("compact");
CREATE UNIQUE INDEX "part_maker_number" ON "part" ("maker", "number");

CREATE TABLE "bin" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "store" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "virtual" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "bin_site_store_code" ON "bin" ("site", "store", "code");

CREATE TABLE "balance" (
  "part_id" BIGINT NOT NULL,
  "bin_id" BIGINT NOT NULL,
  "on_hand" BIGINT NOT NULL CHECK (on_hand >= 0),
  "reserved" BIGINT NOT NULL CHECK (reserved >= 0 AND reserved <= on_hand),
  "unit_cost" BIGINT NOT NULL,
  PRIMARY KEY ("part_id", "bin_id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id")
);
CREATE INDEX "balance_part_id" ON "balance" ("part_id");
CREATE INDEX "balance_bin_id" ON "balance" ("bin_id");

CREATE TABLE "chain_head" (
  "site" BIGINT NOT NULL PRIMARY KEY,
  "seq" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  "hash" TEXT NOT NULL
);

CREATE TABLE "checklist" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "number" BIGINT NOT NULL,
  "hash" TEXT NOT NULL,
  "body" TEXT NOT NULL
);
CREATE UNIQUE INDEX "checklist_hash" ON "checklist" ("hash");

CREATE TABLE "clock" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" BIGINT NOT NULL,
  "owner" BIGINT,
  "started" BIGINT NOT NULL,
  "due" BIGINT NOT NULL,
  "stopped" BIGINT
);
CREATE INDEX "clock_doc_doc_id" ON "clock" ("doc", "doc_id");
CREATE INDEX "clock_site_stopped_due" ON "clock" ("site", "stopped", "due");

CREATE TABLE "customer" (
  "id" BIGINT NOT NULL PRIMARY KEY,
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
  "credit_limit" BIGINT NOT NULL,
  "language" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "version" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "customer_number" ON "customer" ("number");

CREATE TABLE "machine" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "serial" TEXT NOT NULL,
  "maker" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "tonnage" BIGINT,
  "year" BIGINT,
  "purchase_date" TEXT NOT NULL,
  "warranty_months" BIGINT,
  "warranty_hours" BIGINT,
  "hours" BIGINT,
  "hours_read_on" TEXT NOT NULL,
  "customer_id" BIGINT,
  "site_code" TEXT NOT NULL,
  "engine_no" TEXT NOT NULL,
  "sold_by_us" INTEGER NOT NULL,
  "demo" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
);
CREATE INDEX "machine_serial" ON "machine" ("serial");
CREATE INDEX "machine_customer_id" ON "machine" ("customer_id");
CREATE UNIQUE INDEX "machine_maker_serial" ON "machine" ("maker", "serial");

CREATE TABLE "work_order" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "customer_id" BIGINT,
  "customer_name" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "machine_id" BIGINT NOT NULL,
  "hours" BIGINT,
  "received_at" BIGINT NOT NULL,
  "received_by_id" BIGINT NOT NULL,
  "purpose" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "fuel" TEXT NOT NULL,
  "valuables" TEXT NOT NULL,
  "promised" BIGINT,
  "bay" TEXT NOT NULL,
  "read_back_by" TEXT NOT NULL,
  "read_back_at" BIGINT,
  "engineer_called" INTEGER NOT NULL,
  "covers_at" BIGINT,
  "handed_at" BIGINT,
  "joint_at" BIGINT,
  "washed_at" BIGINT,
  "changed_at" BIGINT NOT NULL,
  FOREIGN KEY ("customer_id") REFERENCES "customer" ("id"),
  FOREIGN KEY ("machine_id") REFERENCES "machine" ("id"),
  FOREIGN KEY ("received_by_id") REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "work_order_number" ON "work_order" ("number");
CREATE INDEX "work_order_customer_id" ON "work_order" ("customer_id");
CREATE INDEX "work_order_machine_id" ON "work_order" ("machine_id");
CREATE INDEX "work_order_received_by_id" ON "work_order" ("received_by_id");
CREATE INDEX "work_order_site_state" ON "work_order" ("site", "state");

CREATE TABLE "job" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "payer" TEXT NOT NULL,
  "assembly" INTEGER NOT NULL,
  "lead_id" BIGINT,
  "bay" TEXT NOT NULL,
  "qc_fails" BIGINT NOT NULL,
  "plan_people" TEXT NOT NULL,
  "plan_start" BIGINT,
  "plan_finish" BIGINT,
  "plan_instruction" TEXT NOT NULL,
  "plan_at" BIGINT,
  "waits_for" TEXT,
  "waits_note" TEXT NOT NULL,
  "waits_since" BIGINT,
  "advice" TEXT NOT NULL,
  "decision" TEXT NOT NULL,
  "approval_reference" TEXT NOT NULL,
  "approval_date" TEXT NOT NULL,
  "changed_at" BIGINT NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("lead_id") REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "job_number" ON "job" ("number");
CREATE INDEX "job_order_id" ON "job" ("order_id");
CREATE INDEX "job_lead_id" ON "job" ("lead_id");
CREATE INDEX "job_site_state" ON "job" ("site", "state");
CREATE UNIQUE INDEX "job_order_id_line" ON "job" ("order_id", "line");

CREATE TABLE "quote" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "edition" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "supplement" INTEGER NOT NULL,
  "replaces" BIGINT,
  "promised" BIGINT,
  "valid_until" BIGINT,
  "file_checked" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "net" BIGINT NOT NULL,
  "tax" BIGINT NOT NULL,
  "total" BIGINT NOT NULL,
  "customer_total" BIGINT NOT NULL,
  "answered_at" BIGINT,
  "confirmed_at" BIGINT,
  "confirmed_by_id" BIGINT,
  "changed_at" BIGINT NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("confirmed_by_id") REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "quote_number" ON "quote" ("number");
CREATE INDEX "quote_order_id" ON "quote" ("order_id");
CREATE INDEX "quote_confirmed_by_id" ON "quote" ("confirmed_by_id");
CREATE INDEX "quote_site_state" ON "quote" ("site", "state");

CREATE TABLE "material_sheet" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "job_id" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "rev" BIGINT NOT NULL,
  "supplement" INTEGER NOT NULL,
  "none" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "finding" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "reported_by_id" BIGINT NOT NULL,
  "reported_at" BIGINT NOT NULL,
  "changed_at" BIGINT NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("reported_by_id") REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "material_sheet_number" ON "material_sheet" ("number");
CREATE INDEX "material_sheet_order_id" ON "material_sheet" ("order_id");
CREATE INDEX "material_sheet_job_id" ON "material_sheet" ("job_id");
CREATE INDEX "material_sheet_reported_by_id" ON "material_sheet" ("reported_by_id");
CREATE INDEX "material_sheet_site_state" ON "material_sheet" ("site", "state");

CREATE TABLE "material_line" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "sheet_id" BIGINT NOT NULL,
  "rev" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "part_id" BIGINT,
  "text" TEXT NOT NULL,
  "quantity" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "old_part" INTEGER NOT NULL,
  "entered_by_id" BIGINT NOT NULL,
  "return_reason" TEXT NOT NULL,
  "issued" BIGINT NOT NULL,
  "returned" BIGINT NOT NULL,
  "released" INTEGER NOT NULL,
  "release_reason" TEXT NOT NULL,
  FOREIGN KEY ("sheet_id") REFERENCES "material_sheet" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("entered_by_id") REFERENCES "person" ("id")
);
CREATE INDEX "material_line_sheet_id" ON "material_line" ("sheet_id");
CREATE INDEX "material_line_part_id" ON "material_line" ("part_id");
CREATE INDEX "material_line_entered_by_id" ON "material_line" ("entered_by_id");
CREATE UNIQUE INDEX "material_line_sheet_id_rev_line" ON "material_line" ("sheet_id", "rev", "line");

CREATE TABLE "labour_sheet" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "job_id" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "rev" BIGINT NOT NULL,
  "supplement" INTEGER NOT NULL,
  "none" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  "finding" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "reported_by_id" BIGINT NOT NULL,
  "reported_at" BIGINT NOT NULL,
  "changed_at" BIGINT NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("reported_by_id") REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "labour_sheet_number" ON "labour_sheet" ("number");
CREATE INDEX "labour_sheet_order_id" ON "labour_sheet" ("order_id");
CREATE INDEX "labour_sheet_job_id" ON "labour_sheet" ("job_id");
CREATE INDEX "labour_sheet_reported_by_id" ON "labour_sheet" ("reported_by_id");
CREATE INDEX "labour_sheet_site_state" ON "labour_sheet" ("site", "state");

CREATE TABLE "labour_standard" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "tonnage_class" TEXT NOT NULL,
  "name_zh" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "machine_kind" TEXT NOT NULL,
  "tons_from" BIGINT,
  "tons_to" BIGINT,
  "minutes" BIGINT NOT NULL,
  "people" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "skill" TEXT NOT NULL,
  "rate" BIGINT,
  "warranty_factor" BIGINT NOT NULL,
  "version" BIGINT NOT NULL
);
CREATE UNIQUE INDEX "labour_standard_code_tonnage_class" ON "labour_standard" ("code", "tonnage_class");

CREATE TABLE "labour_line" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "job_id" BIGINT NOT NULL,
  "sheet_id" BIGINT,
  "rev" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "standard_id" BIGINT,
  "text" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "minutes" BIGINT NOT NULL,
  "people" BIGINT NOT NULL,
  "rate" BIGINT NOT NULL,
  "amount" BIGINT NOT NULL,
  "entered_by_id" BIGINT NOT NULL,
  "return_reason" TEXT NOT NULL,
  "done_at" BIGINT,
  "done_by_id" BIGINT,
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("sheet_id") REFERENCES "labour_sheet" ("id"),
  FOREIGN KEY ("standard_id") REFERENCES "labour_standard" ("id"),
  FOREIGN KEY ("entered_by_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("done_by_id") REFERENCES "person" ("id")
);
CREATE INDEX "labour_line_job_id" ON "labour_line" ("job_id");
CREATE INDEX "labour_line_sheet_id" ON "labour_line" ("sheet_id");
CREATE INDEX "labour_line_standard_id" ON "labour_line" ("standard_id");
CREATE INDEX "labour_line_entered_by_id" ON "labour_line" ("entered_by_id");
CREATE INDEX "labour_line_done_by_id" ON "labour_line" ("done_by_id");
CREATE INDEX "labour_line_sheet_id_rev_line" ON "labour_line" ("sheet_id", "rev", "line");
CREATE INDEX "labour_line_done_at" ON "labour_line" ("done_at");

CREATE TABLE "quote_line" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "quote_id" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "job_id" BIGINT NOT NULL,
  "material_line_id" BIGINT,
  "labour_line_id" BIGINT,
  "text" TEXT NOT NULL,
  "quantity" BIGINT NOT NULL,
  "price" BIGINT NOT NULL,
  "amount" BIGINT NOT NULL,
  "tax" BIGINT NOT NULL,
  "tax_rate" BIGINT NOT NULL,
  "payer" TEXT NOT NULL,
  FOREIGN KEY ("quote_id") REFERENCES "quote" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("labour_line_id") REFERENCES "labour_line" ("id")
);
CREATE INDEX "quote_line_quote_id" ON "quote_line" ("quote_id");
CREATE INDEX "quote_line_job_id" ON "quote_line" ("job_id");
CREATE INDEX "quote_line_material_line_id" ON "quote_line" ("material_line_id");
CREATE INDEX "quote_line_labour_line_id" ON "quote_line" ("labour_line_id");
CREATE UNIQUE INDEX "quote_line_quote_id_line" ON "quote_line" ("quote_id", "line");

CREATE TABLE "consent" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "job_id" BIGINT NOT NULL,
  "quote_line_id" BIGINT,
  "material_line_id" BIGINT,
  "labour_line_id" BIGINT,
  "means" TEXT NOT NULL,
  "payer" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "content_hash" TEXT NOT NULL,
  "given_by" TEXT NOT NULL,
  "phone" TEXT NOT NULL,
  "recording" TEXT NOT NULL,
  "attested_by_id" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("quote_line_id") REFERENCES "quote_line" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("labour_line_id") REFERENCES "labour_line" ("id"),
  FOREIGN KEY ("attested_by_id") REFERENCES "person" ("id")
);
CREATE INDEX "consent_job_id" ON "consent" ("job_id");
CREATE UNIQUE INDEX "consent_quote_line_id" ON "consent" ("quote_line_id");
CREATE UNIQUE INDEX "consent_material_line_id" ON "consent" ("material_line_id");
CREATE UNIQUE INDEX "consent_labour_line_id" ON "consent" ("labour_line_id");
CREATE INDEX "consent_attested_by_id" ON "consent" ("attested_by_id");

CREATE TABLE "counter" (
  "site" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "value" BIGINT NOT NULL,
  PRIMARY KEY ("site", "kind", "period")
);

CREATE TABLE "event" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "seq" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  "actor" BIGINT,
  "role" TEXT NOT NULL,
  "terminal" TEXT NOT NULL,
  "operation" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" BIGINT NOT NULL,
  "doc_version" BIGINT NOT NULL,
  "body" TEXT NOT NULL,
  "payload" TEXT NOT NULL,
  "prev" TEXT NOT NULL,
  "hash" TEXT NOT NULL
);
CREATE UNIQUE INDEX "event_operation" ON "event" ("operation");
CREATE UNIQUE INDEX "event_site_seq" ON "event" ("site", "seq");
CREATE INDEX "event_doc_doc_id_action_actor" ON "event" ("doc", "doc_id", "action", "actor");

CREATE TABLE "held_line" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "file" TEXT NOT NULL,
  "line" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "field" TEXT NOT NULL,
  "row" TEXT NOT NULL,
  "doubts" TEXT NOT NULL,
  "at" BIGINT NOT NULL,
  "answer" TEXT NOT NULL,
  "answered_by" BIGINT,
  "answered_at" BIGINT,
  "voided" INTEGER NOT NULL
);

CREATE TABLE "inspection" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "order_id" BIGINT NOT NULL,
  "job_id" BIGINT,
  "kind" TEXT NOT NULL,
  "checklist_id" BIGINT,
  "person_id" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  "passed" INTEGER NOT NULL,
  "note" TEXT NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("checklist_id") REFERENCES "checklist" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE INDEX "inspection_order_id" ON "inspection" ("order_id");
CREATE INDEX "inspection_job_id" ON "inspection" ("job_id");
CREATE INDEX "inspection_checklist_id" ON "inspection" ("checklist_id");
CREATE INDEX "inspection_person_id" ON "inspection" ("person_id");

CREATE TABLE "inspection_item" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "inspection_id" BIGINT NOT NULL,
  "item" TEXT NOT NULL,
  "mark" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "measured" BIGINT,
  "note" TEXT NOT NULL,
  FOREIGN KEY ("inspection_id") REFERENCES "inspection" ("id")
);
CREATE INDEX "inspection_item_inspection_id" ON "inspection_item" ("inspection_id");

CREATE TABLE "interchange" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "compact" TEXT NOT NULL,
  "other_maker" TEXT NOT NULL,
  "other_number" TEXT NOT NULL,
  "other_compact" TEXT NOT NULL,
  "fit" TEXT NOT NULL,
  "note" TEXT NOT NULL
);
CREATE INDEX "interchange_compact" ON "interchange" ("compact");
CREATE INDEX "interchange_other_compact" ON "interchange" ("other_compact");

CREATE TABLE "job_helper" (
  "job_id" BIGINT NOT NULL,
  "person_id" BIGINT NOT NULL,
  PRIMARY KEY ("job_id", "person_id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE INDEX "job_helper_job_id" ON "job_helper" ("job_id");
CREATE INDEX "job_helper_person_id" ON "job_helper" ("person_id");

CREATE TABLE "kit_line" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "kit_maker" TEXT NOT NULL,
  "kit_number" TEXT NOT NULL,
  "line" BIGINT NOT NULL,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "quantity" BIGINT NOT NULL
);
CREATE INDEX "kit_line_kit_number" ON "kit_line" ("kit_number");

CREATE TABLE "labour_entry" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "person_id" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "job_id" BIGINT,
  "labour_line_id" BIGINT,
  "code" TEXT NOT NULL,
  "rework" INTEGER NOT NULL,
  "start" BIGINT NOT NULL,
  "end" BIGINT,
  "voided" INTEGER NOT NULL,
  "corrects" BIGINT,
  "reason" TEXT NOT NULL,
  FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("labour_line_id") REFERENCES "labour_line" ("id")
);
CREATE INDEX "labour_entry_person_id" ON "labour_entry" ("person_id");
CREATE INDEX "labour_entry_job_id" ON "labour_entry" ("job_id");
CREATE INDEX "labour_entry_labour_line_id" ON "labour_entry" ("labour_line_id");
CREATE INDEX labour_entry_in_time ON labour_entry (person_id, start, "end") WHERE voided = 0;
CREATE INDEX "labour_entry_job_id_end" ON "labour_entry" ("job_id", "end");

CREATE TABLE "line_price" (
  "line_id" BIGINT NOT NULL PRIMARY KEY,
  "part_id" BIGINT NOT NULL,
  "price" BIGINT NOT NULL,
  "price_per" BIGINT NOT NULL,
  "amount" BIGINT NOT NULL,
  "core_deposit" BIGINT NOT NULL,
  "source" TEXT NOT NULL,
  "lead_days" BIGINT NOT NULL,
  "available" BIGINT NOT NULL,
  "priced_by_id" BIGINT NOT NULL,
  "priced_at" BIGINT NOT NULL,
  FOREIGN KEY ("line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("priced_by_id") REFERENCES "person" ("id")
);
CREATE INDEX "line_price_part_id" ON "line_price" ("part_id");
CREATE INDEX "line_price_priced_by_id" ON "line_price" ("priced_by_id");

CREATE TABLE "loan" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "number" TEXT NOT NULL,
  "version" BIGINT NOT NULL,
  "state" TEXT NOT NULL,
  "borrower_id" BIGINT NOT NULL,
  "lent_by_id" BIGINT NOT NULL,
  "purpose" TEXT NOT NULL,
  "order_id" BIGINT,
  "due" BIGINT,
  "lent_at" BIGINT NOT NULL,
  "changed_at" BIGINT NOT NULL,
  FOREIGN KEY ("borrower_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("lent_by_id") REFERENCES "person" ("id"),
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id")
);
CREATE UNIQUE INDEX "loan_number" ON "loan" ("number");
CREATE INDEX "loan_borrower_id" ON "loan" ("borrower_id");
CREATE INDEX "loan_lent_by_id" ON "loan" ("lent_by_id");
CREATE INDEX "loan_order_id" ON "loan" ("order_id");
CREATE INDEX "loan_site_state" ON "loan" ("site", "state");

CREATE TABLE "loan_line" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "loan_id" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "part_id" BIGINT NOT NULL,
  "bin_id" BIGINT NOT NULL,
  "quantity" BIGINT NOT NULL,
  "returned" BIGINT NOT NULL,
  "issued" BIGINT NOT NULL,
  "written_off" BIGINT NOT NULL CHECK (returned + issued + written_off <= quantity),
  "serial" TEXT NOT NULL,
  "unit_cost" BIGINT NOT NULL,
  FOREIGN KEY ("loan_id") REFERENCES "loan" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id")
);
CREATE INDEX "loan_line_loan_id" ON "loan_line" ("loan_id");
CREATE INDEX "loan_line_part_id" ON "loan_line" ("part_id");
CREATE INDEX "loan_line_bin_id" ON "loan_line" ("bin_id");

CREATE TABLE "machine_model" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "pins" TEXT NOT NULL,
  "note" TEXT NOT NULL
);
CREATE INDEX "machine_model_maker_model" ON "machine_model" ("maker", "model");

CREATE TABLE "mark" (
  "key" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL
);

CREATE TABLE "move" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  "part_id" BIGINT NOT NULL,
  "bin_id" BIGINT NOT NULL,
  "quantity" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "unit_cost" BIGINT NOT NULL,
  "material_line_id" BIGINT,
  "loan_line" BIGINT,
  "person_id" BIGINT NOT NULL,
  "serial" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE INDEX "move_part_id" ON "move" ("part_id");
CREATE INDEX "move_bin_id" ON "move" ("bin_id");
CREATE INDEX "move_material_line_id" ON "move" ("material_line_id");
CREATE INDEX "move_person_id" ON "move" ("person_id");
CREATE INDEX "move_part_id_bin_id" ON "move" ("part_id", "bin_id");

CREATE TABLE "old_part" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "line_id" BIGINT NOT NULL,
  "tag" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "person_id" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  FOREIGN KEY ("line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "old_part_line_id" ON "old_part" ("line_id");
CREATE UNIQUE INDEX "old_part_tag" ON "old_part" ("tag");
CREATE INDEX "old_part_person_id" ON "old_part" ("person_id");

CREATE TABLE "own_number" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "customer_id" BIGINT NOT NULL,
  "own_number" TEXT NOT NULL,
  "compact" TEXT NOT NULL,
  "maker" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
);
CREATE INDEX "own_number_customer_id" ON "own_number" ("customer_id");
CREATE INDEX "own_number_compact" ON "own_number" ("compact");

CREATE TABLE "parameter" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "job_id" BIGINT NOT NULL,
  "name" TEXT NOT NULL,
  "value" BIGINT NOT NULL,
  "unit" TEXT NOT NULL,
  "low" BIGINT,
  "high" BIGINT,
  "person_id" BIGINT NOT NULL,
  "at" BIGINT NOT NULL,
  FOREIGN KEY ("job_id") REFERENCES "job" ("id"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE INDEX "parameter_job_id" ON "parameter" ("job_id");
CREATE INDEX "parameter_person_id" ON "parameter" ("person_id");

CREATE TABLE "person_role" (
  "person_id" BIGINT NOT NULL,
  "site" BIGINT NOT NULL,
  "role" TEXT NOT NULL,
  PRIMARY KEY ("person_id", "site", "role"),
  FOREIGN KEY ("person_id") REFERENCES "person" ("id")
);
CREATE INDEX "person_role_person_id" ON "person_role" ("person_id");

CREATE TABLE "question" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "order_id" BIGINT NOT NULL,
  "line" BIGINT NOT NULL,
  "question" TEXT NOT NULL,
  "answer" TEXT NOT NULL,
  "asked_at" BIGINT NOT NULL,
  "answered_at" BIGINT,
  FOREIGN KEY ("order_id") REFERENCES "work_order" ("id")
);
CREATE INDEX "question_order_id" ON "question" ("order_id");

CREATE TABLE "reservation" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "material_line_id" BIGINT NOT NULL,
  "part_id" BIGINT NOT NULL,
  "bin_id" BIGINT NOT NULL,
  "quantity" BIGINT NOT NULL,
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id"),
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id")
);
CREATE INDEX "reservation_material_line_id" ON "reservation" ("material_line_id");
CREATE INDEX "reservation_part_id" ON "reservation" ("part_id");
CREATE INDEX "reservation_bin_id" ON "reservation" ("bin_id");
CREATE UNIQUE INDEX "reservation_material_line_id_bin_id" ON "reservation" ("material_line_id", "bin_id");
CREATE INDEX "reservation_part_id_bin_id" ON "reservation" ("part_id", "bin_id");

CREATE TABLE "serial" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "part_id" BIGINT NOT NULL,
  "serial" TEXT NOT NULL,
  "bin_id" BIGINT,
  "material_line_id" BIGINT,
  "loan_line" BIGINT,
  FOREIGN KEY ("part_id") REFERENCES "part" ("id"),
  FOREIGN KEY ("bin_id") REFERENCES "bin" ("id"),
  FOREIGN KEY ("material_line_id") REFERENCES "material_line" ("id")
);
CREATE INDEX "serial_part_id" ON "serial" ("part_id");
CREATE INDEX "serial_bin_id" ON "serial" ("bin_id");
CREATE INDEX "serial_material_line_id" ON "serial" ("material_line_id");
CREATE UNIQUE INDEX "serial_part_id_serial" ON "serial" ("part_id", "serial");

CREATE TABLE "signature" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "site" BIGINT NOT NULL,
  "doc" TEXT NOT NULL,
  "doc_id" BIGINT NOT NULL,
  "rev" BIGINT NOT NULL,
  "action" TEXT NOT NULL,
  "person" BIGINT NOT NULL,
  "role" TEXT NOT NULL,
  "customer" TEXT NOT NULL,
  "content_hash" TEXT NOT NULL,
  "at" BIGINT NOT NULL,
  "voided" BIGINT
);
CREATE INDEX "signature_doc_doc_id_action" ON "signature" ("doc", "doc_id", "action");

CREATE TABLE "site" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "zone" TEXT NOT NULL
);
CREATE UNIQUE INDEX "site_code" ON "site" ("code");

CREATE TABLE "supersession" (
  "id" BIGINT NOT NULL PRIMARY KEY,
  "maker" TEXT NOT NULL,
  "old_number" TEXT NOT NULL,
  "old_compact" TEXT NOT NULL,
  "new_number" TEXT NOT NULL,
  "new_compact" TEXT NOT NULL,
  "ratio" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "effective" TEXT NOT NULL,
  "note" TEXT NOT NULL
);
CREATE INDEX "supersession_old_compact" ON "supersession" ("old_compact");
CREATE INDEX "supersession_new_compact" ON "supersession" ("new_compact");
CREATE UNIQUE INDEX attendance_open ON attendance (person_id) WHERE "end" IS NULL AND voided = 0;
CREATE UNIQUE INDEX labour_entry_open ON labour_entry (person_id) WHERE "end" IS NULL AND voided = 0;
CREATE INDEX part_search ON part USING gin (array_to_tsvector(string_to_array(search, ' ')));
CREATE INDEX part_compact_start ON part (compact COLLATE "C");

CREATE OR REPLACE FUNCTION shopterm_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'the record is insert-only' USING ERRCODE = 'restrict_violation'; END$$;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER move_no_update BEFORE UPDATE ON move FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER move_no_delete BEFORE DELETE ON move FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER move_no_truncate BEFORE TRUNCATE ON move FOR EACH STATEMENT EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER consent_no_truncate BEFORE TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER attachment_no_truncate BEFORE TRUNCATE ON attachment FOR EACH STATEMENT EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER signature_no_update BEFORE UPDATE OF id, site, doc, doc_id, rev, action, person, role, customer, content_hash, at ON signature FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature FOR EACH ROW EXECUTE FUNCTION shopterm_insert_only();

CREATE TRIGGER signature_no_truncate BEFORE TRUNCATE ON signature FOR EACH STATEMENT EXECUTE FUNCTION shopterm_insert_only();
