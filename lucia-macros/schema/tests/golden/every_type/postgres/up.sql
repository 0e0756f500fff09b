CREATE TABLE "auth_user" (
    "id" TEXT COLLATE "C" NOT NULL,
    "text" TEXT NOT NULL,
    "text_default" TEXT NOT NULL DEFAULT 'it''s "a" \ é',
    "text_limited" VARCHAR(20) NOT NULL DEFAULT 'member',
    "text_medium" VARCHAR(20000),
    "text_unique" VARCHAR(255) COLLATE "C",
    "text_index" VARCHAR(255) COLLATE "C" NOT NULL DEFAULT 'it''s \',
    "boolean" BOOLEAN NOT NULL DEFAULT TRUE,
    "boolean_null" BOOLEAN,
    "small" SMALLINT NOT NULL DEFAULT -32768,
    "small_null" SMALLINT,
    "int" INTEGER NOT NULL DEFAULT -2147483648,
    "int_null" INTEGER,
    "big" BIGINT NOT NULL DEFAULT -9223372036854775808,
    "big_null" BIGINT,
    "float" REAL NOT NULL DEFAULT -0.5,
    "float_null" REAL,
    "double" DOUBLE PRECISION NOT NULL DEFAULT 1e300,
    "double_null" DOUBLE PRECISION DEFAULT 0.0,
    "bytes" BYTEA NOT NULL,
    "bytes_null" BYTEA,
    "bytes_unique" BYTEA,
    "date" DATE NOT NULL,
    "date_null" DATE,
    "time" TIME NOT NULL,
    "time_null" TIME,
    "naive" TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    "naive_null" TIMESTAMP,
    "utc" TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    "utc_null" TIMESTAMP,
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "auth_user_text_unique_key" ON "auth_user" ("text_unique");
CREATE INDEX "auth_user_text_index_idx" ON "auth_user" ("text_index");
CREATE INDEX "auth_user_small_null_idx" ON "auth_user" ("small_null");
CREATE UNIQUE INDEX "auth_user_int_null_key" ON "auth_user" ("int_null");
CREATE UNIQUE INDEX "auth_user_bytes_unique_key" ON "auth_user" ("bytes_unique");
CREATE INDEX "auth_user_date_idx" ON "auth_user" ("date");
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
