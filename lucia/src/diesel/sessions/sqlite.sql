-- Written by lucia 0.1: the tables of sessions, for a database that has no users.
CREATE TABLE `auth_session` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `user_id` TEXT NOT NULL CHECK (typeof(`user_id`) = 'text'),
    `active_expires` BIGINT NOT NULL CHECK (typeof(`active_expires`) = 'integer'),
    `idle_expires` BIGINT NOT NULL CHECK (typeof(`idle_expires`) = 'integer'),
    `created_at` BIGINT CHECK (`created_at` IS NULL OR typeof(`created_at`) = 'integer'),
    `absolute_expires` BIGINT CHECK (`absolute_expires` IS NULL OR typeof(`absolute_expires`) = 'integer'),
    `renewed_from` TEXT CHECK (`renewed_from` IS NULL OR typeof(`renewed_from`) = 'text'),
    PRIMARY KEY (`id`)
);
CREATE INDEX `auth_session_user_id_idx` ON `auth_session` (`user_id`);
CREATE INDEX `auth_session_idle_expires_idx` ON `auth_session` (`idle_expires`);
CREATE UNIQUE INDEX `auth_session_renewed_from_key` ON `auth_session` (`renewed_from`);
CREATE TABLE `auth_session_user` (
    `user_id` TEXT NOT NULL CHECK (typeof(`user_id`) = 'text'),
    PRIMARY KEY (`user_id`)
);
