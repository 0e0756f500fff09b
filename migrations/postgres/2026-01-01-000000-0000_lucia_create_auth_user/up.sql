-- Written by lucia 0.1 from the struct `User`: the tables of its users, their sessions and their keys.
-- Once it has run anywhere, leave it as it is: a change of the struct is a migration of its own.
CREATE TABLE "auth_user" (
    "id" TEXT COLLATE "C" NOT NULL,
    "username" VARCHAR(32) COLLATE "C" NOT NULL,
    "email" TEXT,
    "logins" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMP NOT NULL DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC'),
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "auth_user_username_key" ON "auth_user" ("username");
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
