CREATE TABLE `auth_user` (
    `id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `role` LONGTEXT NOT NULL DEFAULT ('member'),
    `email` VARCHAR(64) CHARACTER SET utf8mb4 COLLATE /*!80017 utf8mb4_0900_bin */ /*M!100200 utf8mb4_nopad_bin */ NOT NULL,
    `level` SMALLINT,
    `tag` BINARY(16) NOT NULL,
    `other_tag` BINARY(16),
    `anything` LONGTEXT NOT NULL,
    `settings` LONGTEXT,
    PRIMARY KEY (`id`),
    UNIQUE KEY `auth_user_email_key` (`email`),
    UNIQUE KEY `auth_user_tag_key` (`tag`)
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
