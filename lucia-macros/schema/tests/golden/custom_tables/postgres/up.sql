CREATE TABLE "auth" (
    "id" TEXT COLLATE "C" NOT NULL,
    "key_user_id" BIGINT NOT NULL,
    "mail" VARCHAR(255) COLLATE "C" NOT NULL,
    PRIMARY KEY ("id")
);
CREATE INDEX "auth_key_user_id_37615af0_idx" ON "auth" ("key_user_id");
CREATE UNIQUE INDEX "auth_mail_key" ON "auth" ("mail");
CREATE TABLE "user_session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "active_expires" BIGINT NOT NULL,
    "idle_expires" BIGINT NOT NULL,
    "created_at" BIGINT,
    "absolute_expires" BIGINT,
    "renewed_from" TEXT COLLATE "C",
    PRIMARY KEY ("id"),
    CONSTRAINT "user_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth" ("id")
);
CREATE INDEX "user_session_user_id_idx" ON "user_session" ("user_id");
CREATE INDEX "user_session_idle_expires_idx" ON "user_session" ("idle_expires");
CREATE UNIQUE INDEX "user_session_renewed_from_key" ON "user_session" ("renewed_from");
CREATE TABLE "auth_key" (
    "id" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "primary_key" BOOLEAN NOT NULL,
    "hashed_password" VARCHAR(255),
    "expires" BIGINT,
    PRIMARY KEY ("id"),
    CONSTRAINT "auth_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "auth" ("id")
);
CREATE INDEX "auth_key_user_id_idx" ON "auth_key" ("user_id");
CREATE INDEX "auth_key_expires_idx" ON "auth_key" ("expires");
