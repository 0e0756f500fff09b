-- Written by lucia 0.1: the tables of sessions, for a database that has no users.
CREATE TABLE `auth_session` (
    `id` VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `active_expires` BIGINT NOT NULL,
    `idle_expires` BIGINT NOT NULL,
    `created_at` BIGINT,
    `absolute_expires` BIGINT,
    `renewed_from` VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin,
    PRIMARY KEY (`id`),
    KEY `auth_session_user_id_idx` (`user_id`),
    KEY `auth_session_idle_expires_idx` (`idle_expires`),
    UNIQUE KEY `auth_session_renewed_from_key` (`renewed_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE `auth_session_user` (
    `user_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
