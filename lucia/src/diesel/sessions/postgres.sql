-- Written by lucia 0.1: the tables of sessions, for a database that has no users.
CREATE TABLE "auth_session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "active_expires" BIGINT NOT NULL,
    "idle_expires" BIGINT NOT NULL,
    "created_at" BIGINT,
    "absolute_expires" BIGINT,
    "renewed_from" TEXT COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE INDEX "auth_session_user_id_idx" ON "auth_session" ("user_id");
CREATE INDEX "auth_session_idle_expires_idx" ON "auth_session" ("idle_expires");
CREATE UNIQUE INDEX "auth_session_renewed_from_key" ON "auth_session" ("renewed_from");
CREATE TABLE "auth_session_user" (
    "user_id" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("user_id")
);
