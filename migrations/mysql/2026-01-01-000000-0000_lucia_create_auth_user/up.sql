-- Written by lucia 0.1 from the struct `User`: the tables of its users, their sessions and their keys.
-- Once it has run anywhere, leave it as it is: a change of the struct is a migration of its own.
CREATE TABLE `auth_user` (
    `id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `username` VARCHAR(32) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ NOT NULL,
    `email` LONGTEXT,
    `logins` INTEGER NOT NULL DEFAULT 0,
    `created_at` DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6)),
    PRIMARY KEY (`id`),
    UNIQUE KEY `auth_user_username_key` (`username`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `auth_session` (
    `id` VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `active_expires` BIGINT NOT NULL,
    `idle_expires` BIGINT NOT NULL,
    `created_at` BIGINT,
    `absolute_expires` BIGINT,
    `renewed_from` VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin,
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_session_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`),
    KEY `auth_session_user_id_idx` (`user_id`),
    KEY `auth_session_idle_expires_idx` (`idle_expires`),
    UNIQUE KEY `auth_session_renewed_from_key` (`renewed_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `auth_key` (
    `id` VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `primary_key` TINYINT(1) NOT NULL,
    `hashed_password` TEXT,
    `expires` BIGINT,
    PRIMARY KEY (`id`),
    CONSTRAINT `auth_key_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `auth_user` (`id`),
    KEY `auth_key_user_id_idx` (`user_id`),
    KEY `auth_key_expires_idx` (`expires`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
