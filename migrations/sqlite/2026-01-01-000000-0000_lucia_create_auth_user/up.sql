-- Written by lucia 0.1 from the struct `User`: the tables of its users, their sessions and their keys.
-- Once it has run anywhere, leave it as it is: a change of the struct is a migration of its own.
CREATE TABLE `auth_user` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `username` TEXT NOT NULL CHECK (typeof(`username`) = 'text'),
    `email` TEXT CHECK (`email` IS NULL OR typeof(`email`) = 'text'),
    `logins` INTEGER NOT NULL DEFAULT 0 CHECK (typeof(`logins`) = 'integer' AND `logins` BETWEEN -2147483648 AND 2147483647),
    `created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP CHECK (typeof(`created_at`) = 'text'),
    PRIMARY KEY (`id`)
);
CREATE UNIQUE INDEX `auth_user_username_key` ON `auth_user` (`username`);
CREATE TABLE `auth_session` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `user_id` TEXT NOT NULL CHECK (typeof(`user_id`) = 'text'),
    `active_expires` BIGINT NOT NULL CHECK (typeof(`active_expires`) = 'integer'),
    `idle_expires` BIGINT NOT NULL CHECK (typeof(`idle_expires`) = 'integer'),
    `created_at` BIGINT CHECK (`created_at` IS NULL OR typeof(`created_at`) = 'integer'),
    `absolute_expires` BIGINT CHECK (`absolute_expires` IS NULL OR typeof(`absolute_expires`) = 'integer'),
    `renewed_from` TEXT CHECK (`renewed_from` IS NULL OR typeof(`renewed_from`) = 'text'),
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_session_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`)
);
CREATE INDEX `auth_session_user_id_idx` ON `auth_session` (`user_id`);
CREATE INDEX `auth_session_idle_expires_idx` ON `auth_session` (`idle_expires`);
CREATE UNIQUE INDEX `auth_session_renewed_from_key` ON `auth_session` (`renewed_from`);
CREATE TABLE `auth_key` (
    `id` TEXT NOT NULL CHECK (typeof(`id`) = 'text'),
    `user_id` TEXT NOT NULL CHECK (typeof(`user_id`) = 'text'),
    `primary_key` BOOLEAN NOT NULL CHECK (typeof(`primary_key`) = 'integer' AND `primary_key` IN (0, 1)),
    `hashed_password` TEXT CHECK (`hashed_password` IS NULL OR typeof(`hashed_password`) = 'text'),
    `expires` BIGINT CHECK (`expires` IS NULL OR typeof(`expires`) = 'integer'),
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_key_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`)
);
CREATE INDEX `auth_key_user_id_idx` ON `auth_key` (`user_id`);
CREATE INDEX `auth_key_expires_idx` ON `auth_key` (`expires`);
