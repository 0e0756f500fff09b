CREATE TABLE "auth_user" (
    "id" TEXT COLLATE "C" NOT NULL,
    "tenant" BIGINT NOT NULL,
    "name" VARCHAR(32) COLLATE "C" NOT NULL,
    "tenant_region" VARCHAR(32) COLLATE "C",
    "region_Name" VARCHAR(32) COLLATE "C" NOT NULL,
    "username" VARCHAR(32) COLLATE "C" NOT NULL,
    "email" VARCHAR(255) COLLATE "C",
    PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "auth_user_username_key" ON "auth_user" (lower("username"));
CREATE UNIQUE INDEX "auth_user_email_key" ON "auth_user" (lower("email"));
CREATE UNIQUE INDEX "auth_user_tenant_name_key" ON "auth_user" ("tenant", "name");
CREATE UNIQUE INDEX "auth_user_tenant_region_name_key" ON "auth_user" ("tenant_region", "name");
CREATE UNIQUE INDEX "auth_user_tenant_region_Name_330715ee_key" ON "auth_user" ("tenant", "region_Name");
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
