CREATE TABLE "auth_user" (
    "id" TEXT COLLATE "C" NOT NULL,
    "order" INTEGER NOT NULL,
    "group" VARCHAR(255) COLLATE "C" NOT NULL,
    "type" TEXT,
    "select" BOOLEAN NOT NULL,
    "Primary" BIGINT NOT NULL,
    "table" TEXT NOT NULL DEFAULT 'select',
    "a_name_that_is_quite_a_bit_longer_than_people_usually_make_them" VARCHAR(100) COLLATE "C" NOT NULL,
    "a_name_that_is_quite_a_bit_longer_than_people_usually_make_2" VARCHAR(255) COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE INDEX "auth_user_order_idx" ON "auth_user" ("order");
CREATE UNIQUE INDEX "auth_user_group_key" ON "auth_user" ("group");
CREATE UNIQUE INDEX "auth_user_a_name_that_is_quite_a_bit_longer_than_p_49e70c16_key" ON "auth_user" ("a_name_that_is_quite_a_bit_longer_than_people_usually_make_them");
CREATE INDEX "auth_user_a_name_that_is_quite_a_bit_longer_than_p_4e149008_idx" ON "auth_user" ("a_name_that_is_quite_a_bit_longer_than_people_usually_make_2");
CREATE TABLE "auth_session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "active_expires" BIGINT NOT NULL,
    "idle_expires" BIGINT NOT NULL,
    "created_at" BIGINT,
    "absolute_expires" BIGINT,
    "renewed_from" TEXT COLLATE "C",
    PRIMARY KEY ("id"),
    CONSTRAINT "auth_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user" ("id")
);
CREATE INDEX "auth_session_user_id_idx" ON "auth_session" ("user_id");
CREATE INDEX "auth_session_idle_expires_idx" ON "auth_session" ("idle_expires");
CREATE UNIQUE INDEX "auth_session_renewed_from_key" ON "auth_session" ("renewed_from");
CREATE TABLE "auth_key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "primary_key" BOOLEAN NOT NULL,
    "hashed_password" VARCHAR(255),
    "expires" BIGINT,
    PRIMARY KEY ("id"),
    CONSTRAINT "auth_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth_user" ("id")
);
CREATE INDEX "auth_key_user_id_idx" ON "auth_key" ("user_id");
CREATE INDEX "auth_key_expires_idx" ON "auth_key" ("expires");
